-- 不合格的复查、验收：一行是一个问题的一次不合格（含部分合格）复查，按日去重、依次编号
-- 粒度：problem_id, visit_no
-- 依据：四（一）做好后续督察，确保问题整改到位
with failed as (
    select
        problem_id,
        follow_up_id,
        done_at,
        done_at_precision as done_precision,
        new_due_at,
        is_result_rewritten,
        row_id
    from core.follow_up
    where problem_id is not null and kind in ('reinspect', 'look_back', 'accept') and result in ('fail', 'partial')
    qualify row_number() over (partition by problem_id, cast(done_at as date) order by done_at, follow_up_id) = 1
)

select
    failed.*,
    row_number() over (partition by problem_id order by done_at, follow_up_id) as visit_no
from failed
