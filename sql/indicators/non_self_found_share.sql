-- 非自查发现：一行是一个问题；分子为群众、热线、上级、督察、媒体、部门发现的，巡查、下级报告、上级抽查发现的不是
-- 粒度：problem_id
-- 依据：四（一）巡查发现问题；问题所在网格的数，计入发现的月份
select
    'non_self_found_share' as indicator_id,
    problem.grid_id,
    month_of(problem.discovered_at) as month,
    cast(problem.discovered_at as date) as on_day,
    'problem' as subject_kind,
    problem.problem_id as subject_id,
    cast(case when problem.source in ('patrol', 'report', 'spot_check') then 0 else 1 end as bigint) as numerator,
    cast(1 as bigint) as denominator,
    problem.row_id
from core.problem as problem
where
    -- 来源认不出的，不知是谁发现的，不计
    problem.source is not null
    and not exists (select 1 from core.problem_struck as struck where struck.problem_id = problem.problem_id)
