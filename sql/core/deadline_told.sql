-- 台账所写整改时限的历次所报：一行是一个问题写了可计时限的一版，时限已换算为末秒
-- 粒度：problem_id, version_no
-- 依据：四（一）下达现场监察文书，明确整改时限；后来的改写不抹去先前所报
with version as (
    select
        row_key as problem_id,
        version_no,
        month,
        file_received_at,
        discovered_at,
        rectify_due_kind as kind,
        rectify_due_number as number,
        rectify_due_at as stated_at,
        rectify_due_precision as stated_precision,
        -- 发现之前、收到之后的送达不是这件事的送达
        case when served_at between start_of_day(discovered_at) and end_of_day(file_received_at) then served_at end
            as served_at,
        case
            when document_issued_at between start_of_day(discovered_at) and end_of_day(file_received_at)
                then document_issued_at
        end as issued_at,
        case when assigned_at between start_of_day(discovered_at) and end_of_day(file_received_at) then assigned_at end
            as assigned_at
    from staging.problem_version
    where disposition = 'accepted'
),

-- 多数问题只报过一版，没有可比的；以下只看报过多版的
repeated as (select problem_id from version where version_no > 1),

revised as (select version.* from version semi join repeated on version.problem_id = repeated.problem_id),

-- 报过的送达、下达、交办，后来留空的仍算报过
carried as (
    select
        revised.* replace (
            last_value(served_at ignore nulls) over so_far as served_at,
            last_value(issued_at ignore nulls) over so_far as issued_at,
            last_value(assigned_at ignore nulls) over so_far as assigned_at
        )
    from revised
    window
        so_far as (
            partition by problem_id order by version_no rows between unbounded preceding and current row
        )
    union all
    select version.* from version
    anti join revised on version.problem_id = revised.problem_id
),

told as (
    select
        carried.* exclude (served_at, issued_at, assigned_at),
        coalesce(served_at, issued_at, assigned_at, discovered_at) as counted_from,
        case
            when served_at is not null then 4
            when issued_at is not null then 3
            when assigned_at is not null then 2
            else 1
        end as strength
    from carried
    where kind in ('same_day', 'days', 'working_days', 'months', 'date', 'month_end', 'year_end')
),

-- 送达强于下达，下达强于交办；各取首次所报，改写的不算
first_start as (
    select problem_id, 4 as strength, arg_min(served_at, version_no) as at from revised
    where served_at is not null
    group by problem_id
    union all
    select problem_id, 3 as strength, arg_min(issued_at, version_no) as at from revised
    where issued_at is not null
    group by problem_id
    union all
    select problem_id, 2 as strength, arg_min(assigned_at, version_no) as at from revised
    where assigned_at is not null
    group by problem_id
),

candidate as (
    select told.*, true as is_own from told
    union all
    select told.* replace (stronger.at as counted_from, stronger.strength as strength), false as is_own
    from told
    join first_start as stronger on told.problem_id = stronger.problem_id and told.strength < stronger.strength
    where told.kind in ('days', 'working_days', 'months') and stronger.at >= start_of_day(told.discovered_at)
),

ended as (
    select
        candidate.*,
        case candidate.kind
            when 'same_day' then end_of_day(candidate.discovered_at)
            when 'days' then end_of_day(plus_days(candidate.counted_from, candidate.number))
            when 'working_days' then end_of_day(nth.day)
            when 'months' then end_of_day(plus_months(candidate.counted_from, candidate.number))
            when 'date' then
                case
                    when candidate.stated_precision = 'minute' then candidate.stated_at
                    else end_of_day(candidate.stated_at)
                end
            when 'month_end' then end_of_day(candidate.stated_at)
            else coalesce(
                end_of_day(candidate.stated_at), end_of_day(make_date(year(candidate.discovered_at), 12, 31))
            )
        end as due_at,
        concat(
            case candidate.strength when 4 then '送达' when 3 then '文书下达' when 2 then '交办' else '发现' end, '次日起算'
        ) as start_zh
    from candidate
    left join core.calendar as start_day on cast(candidate.counted_from as date) = start_day.day
    left join core.calendar as nth
        on nth.is_workday and nth.workday_no = start_day.workday_no + candidate.number
        and candidate.kind = 'working_days'
),

-- 后来才报的送达等，在按较弱起点算出的时限之内发生的才另起算：时限已过，补送达不能重来
restarted as (
    select later.*
    from ended as later
    join ended as own on later.problem_id = own.problem_id and later.version_no = own.version_no and own.is_own
    where not later.is_own and coalesce(later.counted_from <= own.due_at, true)
    qualify row_number() over (partition by later.problem_id, later.version_no order by later.strength desc) = 1
),

counted as (
    select * from restarted
    union all
    select ended.* from ended
    anti join restarted on ended.problem_id = restarted.problem_id and ended.version_no = restarted.version_no
    where ended.is_own
)

select
    problem_id,
    version_no,
    month,
    file_received_at,
    discovered_at,
    kind,
    due_at,
    case kind
        when 'same_day' then '立行立改：发现当日'
        when 'days' then concat(number, '日内，自', start_zh)
        when 'working_days' then concat(number, '个工作日内，自', start_zh)
        when 'months' then concat(number, '个月内，自', start_zh)
        when 'date' then '台账所写整改时限'
        when 'month_end' then '台账所写月份之末'
        else '年底前'
    end as basis,
    -- 日历之外的工作日算不出末日，但已是写明的时限
    coalesce(cast(due_at as date) >= cast(discovered_at as date), true) as is_possible
from counted
where due_at is not null or kind = 'working_days'
