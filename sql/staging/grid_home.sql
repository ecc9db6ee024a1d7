-- 网格归属：每个存在的网格（内置名录，加登记表已设立的新网格）属于哪个县区、哪一级
-- 粒度：grid_id
-- 依据：编码前六位为所属县区
select grid_id, county_id, level from seed.grid
union all
select distinct registered.grid_id, registered.county_id, registered.level
from staging.grid_registered as registered
where registered.grid_id not in (select seed_grid.grid_id from seed.grid as seed_grid)
