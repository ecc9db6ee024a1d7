-- 挂牌的问题：一行是一个问题连续挂牌、限期治理或列入重大问题台账的一段，自哪月起、到哪月不再是
-- 粒度：problem_id, first_month
-- 依据：二（一）2 督促被列入挂牌督办或限期治理名单和重大环境问题台账的问题的整改
-- 台账没有列入的日期，按期报来的以台账所属月份为准；月份结束七日之后才报来的，自收到的那一月起算，列入、取消都不及于此前各月
-- 首次写明挂牌之后七日内的更正，仍以所属月份为准
with told as (
    select
        row_key as problem_id,
        version_no,
        month,
        listing,
        file_received_at,
        min(file_received_at) filter (where listing is not null) over (partition by row_key) as first_listed_at
    from staging.problem_version
    where disposition = 'accepted' and has_column(fields, 'listing')
),

dated as (
    select
        told.*,
        case
            when
                file_received_at <= greatest(
                    end_of_day(plus_days(last_day_of_month(month), correction_days())),
                    case when listing is null then end_of_day(plus_days(first_listed_at, correction_days())) end
                )
                then month
            else greatest(month, month_of(file_received_at))
        end as from_month
    from told
    where first_listed_at is not null
),

followed as (
    select
        dated.*,
        lead(month) over in_turn as said_month,
        lead(from_month) over in_turn as next_month
    from dated
    window in_turn as (partition by problem_id order by from_month, version_no)
)

-- said_month：再报不挂牌的那份台账所属的月份
select problem_id, from_month as first_month, next_month as unlisted_month, said_month
from followed
where listing is not null and (next_month is null or next_month > from_month)
