-- 网格归属：每个网格（含登记表新设者）属于哪个县区
-- 粒度：grid_id
-- 依据：编码前六位为所属县区
select grid_id, county_id, level from seed.grid
union all
select distinct concat('g', register.code) as grid_id, county.county_id, cast(3 as bigint) as level
from staging.grid_now as register
join seed.grid as county on county.level = 2 and substr(register.code, 1, 6) = county.code
where register.code not in (select code from seed.grid)
