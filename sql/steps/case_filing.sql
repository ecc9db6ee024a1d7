-- 立案审查：需立案的违法问题在限内立案；一行是一个写明（或曾经写明）需立案的问题
-- 粒度：problem_id
-- 依据：四（二）需立案查处的根据权责进行调查立案。由有执法权的一、二级网格承担
select
    'case_filing' as metric_id,
    problem.problem_id,
    '' as part,
    problem.enforcer_grid_id as grid_id,
    problem.discovered_at as started_at,
    'discovered_at' as start_field,
    problem.discovered_precision as started_precision,
    '' as limit_class,
    false as is_undated,
    cast(null as timestamp) as stated_due_at,
    problem.filed_at as met_at,
    'filed_at' as met_field,
    problem.filed_precision as met_precision,
    problem.row_id as duty_row_id,
    '' as remark,
    problem.needs_filing_until as withdrawn_at
from core.problem_handling as problem
where problem.needs_filing or problem.needs_filing_until is not null
