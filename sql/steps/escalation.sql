-- 超出本级权限的上报、移送：一行是一个写明超权限的问题
-- 粒度：problem_id
-- 依据：四（二）如本级权限不能解决，立即向上级网格报告，按规定移交移送
with beyond as (
    select
        problem.problem_id,
        problem.discovered_at,
        problem.row_id,
        case when problem.is_handler_stated then problem.handler_grid_id else problem.finder_grid_id end as grid_id,
        problem.discovered_precision,
        problem.escalated_at,
        problem.escalated_precision,
        problem.referred_at,
        problem.referred_precision,
        problem.beyond_authority_until,
        coalesce(problem.referred_at < problem.escalated_at, problem.referred_at is not null) as is_referred_first
    from core.problem_handling as problem
    where problem.beyond_authority or problem.beyond_authority_until is not null
)

select
    'escalation' as metric_id,
    problem_id,
    '' as part,
    grid_id,
    discovered_at as started_at,
    'discovered_at' as start_field,
    discovered_precision as started_precision,
    '' as limit_class,
    false as is_undated,
    cast(null as timestamp) as stated_due_at,
    case when is_referred_first then referred_at else escalated_at end as met_at,
    case when is_referred_first then 'referred_at' else 'escalated_at' end as met_field,
    case when is_referred_first then referred_precision else escalated_precision end as met_precision,
    row_id as duty_row_id,
    case when is_referred_first then '；以移送时间计' else '' end as remark,
    beyond_authority_until as withdrawn_at
from beyond
