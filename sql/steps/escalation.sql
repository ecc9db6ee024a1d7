-- 超出本级权限的上报、移送：一行是一个写明超权限的问题
-- 粒度：problem_id
-- 依据：四（二）如本级权限不能解决，立即向上级网格报告，按规定移交移送
with beyond as (
    select
        problem.problem_id,
        problem.discovered_at,
        problem.row_id,
        case when role.is_handler_stated then role.handler_grid_id else role.finder_grid_id end as grid_id,
        handling.discovered_precision,
        handling.escalated_at,
        handling.escalated_precision,
        handling.referred_at,
        handling.referred_precision,
        coalesce(handling.referred_at < handling.escalated_at, handling.referred_at is not null) as is_referred_first
    from core.problem as problem
    join core.problem_handling as handling on problem.problem_id = handling.problem_id
    join core.problem_role as role on problem.problem_id = role.problem_id
    where handling.beyond_authority
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
    case when is_referred_first then '；以移送时间计' else '' end as remark
from beyond
