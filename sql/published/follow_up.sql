-- 督办复查：一行一次上门
-- 粒度：follow_up_id
-- 依据：四（一）做好后续督察
select
    follow_up_id,
    problem_id,
    by_grid_id,
    done_at,
    kind,
    result,
    new_due_at,
    checker,
    origin,
    row_id
from core.follow_up
