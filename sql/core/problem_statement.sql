-- 整改完成时间的历次所报：一行是一个问题的一版；没有该列的以办结时间代替；空格、收到之后与计算时点之后的时间即“未完成”
-- 粒度：problem_id, version_no
-- 依据：四（一）确保问题整改到位；后来的改写不抹去先前所报
with seen as (
    select
        version.row_key as problem_id,
        version.version_no,
        version.disposition,
        version.file_received_at,
        version.row_id,
        list_contains(version.fields, 'rectified_at') as has_own,
        version.rectified_at,
        version.rectified_at_precision,
        -- 缓办的办结不是完成；作废、并案的也不是，除非照常办结时已报过同一时间
        case
            when version.closure = 'suspended' then null
            when
                version.closure in ('void', 'merged')
                and not coalesce(
                    version.closed_at = max(
                        case when coalesce(version.closure in ('void', 'merged'), false) then null else version.closed_at end
                    ) over (partition by version.row_key),
                    false
                )
                then null
            else version.closed_at
        end as closed_at,
        version.closed_at_precision
    from staging.problem_version as version
    where
        version.disposition <> 'rejected'
        and (list_contains(version.fields, 'rectified_at') or list_contains(version.fields, 'closed_at'))
        -- 读不出的日期不是空格：这一版没有说什么
        and not says_no_date(version.faults, 'rectified_at')
),

-- 后来的台账添了“整改完成时间”列而未填，办结时间照旧的，先前以办结时间所作的证明不变
substituted as (
    select
        seen.*,
        not seen.has_own
        or (
            seen.rectified_at is null
            and seen.closed_at = max(seen.closed_at) filter (where not seen.has_own) over (partition by seen.problem_id)
        ) as is_by_closing
    from seen
),

told as (
    select
        substituted.problem_id,
        substituted.version_no,
        substituted.disposition,
        substituted.file_received_at,
        substituted.row_id,
        case
            when coalesce(substituted.is_by_closing, false) then substituted.closed_at
            else substituted.rectified_at
        end as told_at,
        case
            when coalesce(substituted.is_by_closing, false) then substituted.closed_at_precision
            else substituted.rectified_at_precision
        end as told_precision
    from substituted
    join core.problem as problem on substituted.problem_id = problem.problem_id
),

-- 同一版可以原样重报：最后一次见到它的时候，它仍这样写
version as (
    select
        problem_id,
        version_no,
        -- 写在发生之前的完成时间，还不是完成；那一天之后的台账照样又报，才是
        max(case when told_at <= end_of_day(file_received_at) then told_at end) as told_at,
        max(told_precision) filter (where disposition = 'accepted') as told_precision,
        min(row_id) filter (where disposition = 'accepted') as row_id,
        min(file_received_at) as first_received_at,
        max(file_received_at) as last_received_at
    from told
    group by problem_id, version_no
)

select
    version.problem_id,
    version.version_no,
    case when version.told_at <= moment.as_of then version.told_at end as stated_at,
    version.told_precision as stated_precision,
    min_by(version.row_id, version.version_no) over (partition by version.problem_id, version.told_at) as row_id,
    version.first_received_at,
    version.last_received_at,
    version.version_no = max(version.version_no) over (partition by version.problem_id) as is_current
from version
cross join seed.moment as moment
