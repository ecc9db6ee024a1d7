-- 案件办理：立案之后作出处罚决定；一行是一个已立案的问题
-- 粒度：problem_id
-- 依据：四（二）查处。没有写处罚决定而已办结的，以办结时间计
select
    'case_decision' as metric_id,
    problem.problem_id,
    '' as part,
    role.enforcer_grid_id as grid_id,
    handling.filed_at as started_at,
    'filed_at' as start_field,
    handling.filed_precision as started_precision,
    '' as limit_class,
    false as is_undated,
    cast(null as timestamp) as stated_due_at,
    coalesce(handling.decided_at, problem.closed_at) as met_at,
    case when handling.decided_at is not null then 'decided_at' else 'closed_at' end as met_field,
    case when handling.decided_at is not null then handling.decided_precision else handling.closed_precision end
        as met_precision,
    problem.row_id as duty_row_id,
    case
        when handling.decided_at is null and problem.closed_at is not null then '；未写处罚决定时间，以办结时间计'
        else ''
    end as remark,
    true as is_suspendable
from core.problem as problem
join core.problem_handling as handling on problem.problem_id = handling.problem_id
join core.problem_role as role on problem.problem_id = role.problem_id
where handling.filed_at is not null
