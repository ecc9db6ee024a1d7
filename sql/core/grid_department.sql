-- 负责科室：一行是一个网格一个时期的一个科室；登记表没有写的，从内置名录
-- 粒度：grid_id, department, valid_from
-- 依据：方案二（一）带领科室、大队负责，附件任务分工表
with stated as (
    select
        grid.grid_id,
        grid.valid_from,
        grid.valid_to,
        grid.row_id,
        coalesce(
            case when len(latest.departments) > 0 then latest.departments end,
            case when len(version.departments) > 0 then version.departments end,
            string_split(seed_grid.departments, ';')
        ) as departments
    from core.grid as grid
    left join seed.grid as seed_grid on grid.grid_id = seed_grid.grid_id
    left join staging.grid_now as latest on grid.row_id = latest.row_id
    left join staging.grid_version as version on grid.row_id = version.row_id
)

select distinct grid_id, unnest(departments) as department, valid_from, valid_to, row_id
from stated
