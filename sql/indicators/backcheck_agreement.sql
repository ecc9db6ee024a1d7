-- 复核一致：一行是一次随机抽取、查得清的复核；分子为查实，部分查实、查否的不是，无法查证的不计
-- 粒度：backcheck_id
-- 依据：五（三）履职监督；定向核查本就挑有疑点的，说明不了总体
-- 计入所复核的问题、巡查所在网格；对不上的，计入复核所写的网格，再则报送单位
select
    'backcheck_agreement' as indicator_id,
    coalesce(problem.grid_id, patrol.grid_id, visit.grid_id, visit.county_id) as grid_id,
    month_of(visit.checked_at) as month,
    cast(visit.checked_at as date) as on_day,
    'backcheck' as subject_kind,
    visit.backcheck_id as subject_id,
    cast(case when visit.result = 'confirmed' then 1 else 0 end as bigint) as numerator,
    cast(1 as bigint) as denominator,
    visit.row_id
from core.backcheck as visit
left join core.problem as problem on visit.problem_id = problem.problem_id
left join core.patrol as patrol on visit.patrol_id = patrol.patrol_id
where visit.sampled_by = 'random' and visit.result <> 'unverifiable'
