-- 登记备案：发现之后登记；一行是一个问题
-- 粒度：problem_id
-- 依据：四（一）将巡查发现问题登记备案；五（三）发现问题要登记备案。由发现的网格登记
select
    'problem_registration' as metric_id,
    problem.problem_id,
    '' as part,
    problem.finder_grid_id as grid_id,
    problem.discovered_at as started_at,
    'discovered_at' as start_field,
    problem.discovered_precision as started_precision,
    '' as limit_class,
    false as is_undated,
    cast(null as timestamp) as stated_due_at,
    problem.registered_at as met_at,
    'registered_at' as met_field,
    problem.registered_precision as met_precision,
    problem.row_id as duty_row_id,
    '' as remark
from core.problem_handling as problem
