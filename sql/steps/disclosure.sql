-- 公开：写明应公开的，处罚决定、处理结果按要求公开；一行是一个问题的一类
-- 粒度：problem_id, part
-- 依据：四（三）按要求公开。作出处罚决定的，公开的是决定；其余公开的是办结结果
with due as (
    select
        problem.problem_id,
        problem.row_id,
        problem.enforcer_grid_id,
        case when problem.decided_at is not null then 'penalty' else 'result' end as part,
        coalesce(problem.decided_at, problem.closed_at) as started_at,
        case when problem.decided_at is not null then problem.decided_precision else problem.closed_precision end
            as started_precision,
        problem.disclosed_at,
        problem.disclosed_precision
    from core.problem_handling as problem
    where problem.must_disclose and coalesce(problem.decided_at, problem.closed_at) is not null
)

select
    'disclosure' as metric_id,
    problem_id,
    part,
    enforcer_grid_id as grid_id,
    started_at,
    case part when 'penalty' then 'decided_at' else 'closed_at' end as start_field,
    started_precision,
    case part when 'penalty' then 'penalty' else '' end as limit_class,
    false as is_undated,
    cast(null as timestamp) as stated_due_at,
    disclosed_at as met_at,
    'disclosed_at' as met_field,
    disclosed_precision as met_precision,
    row_id as duty_row_id,
    '' as remark
from due
