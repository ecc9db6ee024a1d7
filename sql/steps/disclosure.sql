-- 公开：写明应公开的，处罚决定、处理结果按要求公开；一行是一个问题的一类
-- 粒度：problem_id, part
-- 依据：四（三）按要求公开。作出处罚决定的，公开的是决定；其余公开的是办结结果
with due as (
    select
        problem.problem_id,
        problem.row_id,
        problem.enforcer_grid_id,
        coalesce(problem.decided_at, problem.former_decided_at) is not null as is_decided,
        coalesce(problem.decided_at, problem.former_decided_at) as decided_at,
        coalesce(problem.decided_precision, problem.former_decided_precision) as decided_precision,
        coalesce(problem.closed_at, problem.former_closed_at) as closed_at,
        coalesce(problem.closed_precision, problem.former_closed_precision) as closed_precision,
        problem.must_disclose_until,
        problem.decided_until,
        problem.closed_until,
        problem.disclosed_at,
        problem.disclosed_precision
    from core.problem_handling as problem
    where
        (problem.must_disclose or problem.must_disclose_until is not null)
        and coalesce(
            problem.decided_at, problem.former_decided_at, problem.closed_at, problem.former_closed_at
        ) is not null
)

select
    'disclosure' as metric_id,
    problem_id,
    case when is_decided then 'penalty' else 'result' end as part,
    enforcer_grid_id as grid_id,
    case when is_decided then decided_at else closed_at end as started_at,
    case when is_decided then 'decided_at' else 'closed_at' end as start_field,
    case when is_decided then decided_precision else closed_precision end as started_precision,
    case when is_decided then 'penalty' else '' end as limit_class,
    false as is_undated,
    cast(null as timestamp) as stated_due_at,
    disclosed_at as met_at,
    'disclosed_at' as met_field,
    disclosed_precision as met_precision,
    row_id as duty_row_id,
    '' as remark,
    least(must_disclose_until, case when is_decided then decided_until else closed_until end) as withdrawn_at
from due
