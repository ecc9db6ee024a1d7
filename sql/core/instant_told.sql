-- 改写过的时间：一行是一个问题的一个时间，先前所写与最后一次改写收到的时刻
-- 粒度：problem_id, field
-- 依据：后来的改写不抹去先前所报；空着后来补填的不算改写
with told as (
    select
        key as problem_id,
        field,
        try_cast(old as timestamp) as old_at,
        received_at,
        concat(cast(received_at as varchar), to_row_id) as in_order
    from staging.problem_revision
    where field like '%\_at' escape '\' and old is not null and not is_relabel
)

select problem_id, field, min_by(old_at, in_order) as first_at, max(received_at) as rewritten_at
from told
where old_at is not null
group by problem_id, field
