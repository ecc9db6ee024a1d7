-- 改写过的反馈时限：一行是一个问题；到期之后才改写、清空的，仍以到期之前所写为准
-- 粒度：problem_id
-- 依据：四（三）及时反馈；与整改时限同一规矩：首报七日内的更正算数，到期之后的改写不算
with revised as (
    select distinct key as problem_id
    from staging.problem_revision
    where field = 'feedback_due' and old is not null and not is_relabel
),

told as (
    select
        row_key as problem_id,
        version_no,
        file_received_at,
        case when feedback_due_precision = 'minute' then feedback_due else end_of_day(feedback_due) end as due_at
    from staging.problem_version as version
    join revised on version.row_key = revised.problem_id
    where
        disposition = 'accepted'
        and has_column(fields, 'feedback_due')
        and not says_no_date(faults, 'feedback_due')
    qualify
        lag(version_no) over (partition by row_key order by version_no) is null
        or lag(feedback_due) over (partition by row_key order by version_no) is distinct from feedback_due
),

followed as (
    select
        told.*,
        lead(file_received_at) over (partition by problem_id order by version_no) as replaced_at
    from told
)

select
    problem_id,
    coalesce(
        min_by(due_at, version_no) filter (
            where due_at < replaced_at and days_between(file_received_at, replaced_at) > correction_days()
        ),
        max(case when replaced_at is null then due_at end)
    ) as due_at
from followed
group by problem_id
