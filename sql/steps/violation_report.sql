-- 违法问题上报：三级网格发现的违法问题向上一级报告；一行是一个问题
-- 粒度：problem_id
-- 依据：二（三）2 对环境违法问题及时制止、及时向负责该网格的上一级监管工作组报告
-- 来源写“下级网格报告”的，上一级收到之时也是报告之时
with found as (
    select
        problem.problem_id,
        problem.discovered_at,
        problem.row_id,
        problem.finder_grid_id,
        problem.discovered_precision,
        case when problem.source = 'report' then problem.received_at end as report_received_at,
        problem.received_precision,
        problem.escalated_at,
        problem.escalated_precision,
        problem.violation_until
    from core.problem_handling as problem
    join staging.grid_home as finder on problem.finder_grid_id = finder.grid_id
    where (problem.nature = 'violation' or problem.violation_until is not null) and finder.level = 3
),

told as (
    select
        found.*,
        coalesce(found.report_received_at < found.escalated_at, found.report_received_at is not null) as is_by_receipt
    from found
)

select
    'violation_report' as metric_id,
    problem_id,
    '' as part,
    finder_grid_id as grid_id,
    discovered_at as started_at,
    'discovered_at' as start_field,
    discovered_precision as started_precision,
    '' as limit_class,
    false as is_undated,
    cast(null as timestamp) as stated_due_at,
    case when is_by_receipt then report_received_at else escalated_at end as met_at,
    case when is_by_receipt then 'received_at' else 'escalated_at' end as met_field,
    case when is_by_receipt then received_precision else escalated_precision end as met_precision,
    row_id as duty_row_id,
    case when is_by_receipt then '；以上一级收到时间计' else '' end as remark,
    violation_until as withdrawn_at
from told
