-- 重新整改时限的历次所报：一行是复查记录或问题台账复查列的一版，为不合格复查另起的那一轮所写
-- 粒度：problem_id, round, version_no
-- 依据：四（一）明确整改时限；后来的改写不抹去先前所报
with visit as (
    select follow_up_id, problem_id, done_at, origin
    from core.follow_up
    where result in ('fail', 'partial')
),

written as (
    select
        failed.problem_id,
        failed.visit_no + 1 as round,
        failed.done_at as visited_at,
        version.month,
        version.file_received_at,
        version.row_id,
        version.new_due,
        version.new_due_precision
    from core.failed_visit as failed
    join visit
        on
            failed.problem_id = visit.problem_id
            and cast(failed.done_at as date) = cast(visit.done_at as date)
            and visit.origin = 'follow_up'
    join staging.follow_up_version as version on visit.follow_up_id = version.row_key
    where version.disposition = 'accepted' and version.new_due is not null
    union all
    select
        failed.problem_id,
        failed.visit_no + 1 as round,
        failed.done_at as visited_at,
        version.month,
        version.file_received_at,
        version.row_id,
        version.new_due,
        version.new_due_precision
    from core.failed_visit as failed
    join staging.problem_version as version
        on
            failed.problem_id = version.row_key
            and cast(failed.done_at as date) = cast(version.reinspected_at as date)
    where
        version.disposition = 'accepted'
        and version.new_due is not null
        -- 写在收到之前的复查才是复查，其后的是打算
        and version.reinspected_at <= end_of_day(version.file_received_at)
)

select
    problem_id,
    round,
    row_number() over (partition by problem_id, round order by month, file_received_at, row_id) as version_no,
    month,
    file_received_at,
    visited_at,
    case when new_due_precision = 'minute' then new_due else end_of_day(new_due) end as new_due_at,
    cast(new_due as date) >= cast(visited_at as date) as is_possible
from written
