-- 整改完成时间的历次所报：一行是一个问题的一版；没有该列的县区以办结时间代替，空格与计算时点之后的时间即“未完成”
-- 粒度：problem_id, version_no
-- 依据：四（一）确保问题整改到位；后来的改写不抹去先前所报
with told as (
    select
        version.row_key as problem_id,
        version.version_no,
        version.disposition,
        version.file_received_at,
        version.row_id,
        case when problem.has_rectified_at then version.rectified_at else version.closed_at end as told_at,
        case
            when problem.has_rectified_at then version.rectified_at_precision else version.closed_at_precision
        end as told_precision
    from staging.problem_version as version
    join core.problem as problem on version.row_key = problem.problem_id
    where
        version.disposition <> 'rejected'
        and list_contains(version.fields, case when problem.has_rectified_at then 'rectified_at' else 'closed_at' end)
),

-- 同一版可以原样重报：最后一次见到它的时候，它仍这样写
version as (
    select
        problem_id,
        version_no,
        max(told_at) filter (where disposition = 'accepted') as told_at,
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
