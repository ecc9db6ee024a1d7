-- 改写过的时间：一行是一个问题的一个时间，先前所写与最后一次改写收到的时刻
-- 粒度：problem_id, field
-- 依据：后来的改写不抹去先前所报；空着后来补填的不算改写，报来七日之内就改正的是笔误
with changed as (
    select
        revision.key as problem_id,
        revision.field,
        try_cast(revision.old as timestamp) as old_at,
        revision.received_at,
        concat(cast(revision.received_at as varchar), revision.to_row_id) as in_order,
        told.row_key as told_key,
        lag(revision.received_at) over (
            partition by revision.key, revision.field order by told.version_no, revision.to_row_id
        ) as told_at
    from staging.problem_revision as revision
    join staging.problem_verdict as told on revision.from_row_id = told.row_id
    where revision.field like '%\_at' escape '\' and not revision.is_relabel
),

first_told as (
    select verdict.row_key as told_key, file.received_at as told_at
    from staging.problem_verdict as verdict
    join staging.source_file as file on verdict.file_id = file.file_id
    where verdict.version_no = 1 and verdict.disposition = 'accepted'
)

select changed.problem_id, changed.field, min_by(changed.old_at, changed.in_order) as first_at,
    max(changed.received_at) as rewritten_at
from changed
join first_told on changed.told_key = first_told.told_key
where
    changed.old_at is not null
    and days_between(coalesce(changed.told_at, first_told.told_at), changed.received_at) > correction_days()
group by changed.problem_id, changed.field
