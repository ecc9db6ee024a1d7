-- 问责件数：一行是一个网格一年一种问责方式的决定件数
-- 粒度：grid_id, year, measure
-- 依据：方案五（三）问责追责；只是计数，不分好坏，不排名
select
    coalesce(grid_id, 'unknown') as grid_id,
    cast(year(decided_on) as bigint) as year,
    coalesce(measure, 'unknown') as measure,
    count(*) as acts,
    count(problem_id) as of_problems
from core.accountability
group by coalesce(grid_id, 'unknown'), cast(year(decided_on) as bigint), coalesce(measure, 'unknown')
