-- 网格：一行是一个网格的一个时期
-- 粒度：grid_id, valid_from
-- 依据：方案二 网格划分
select
    grid_id,
    code,
    name,
    level,
    parent_id,
    county_id,
    unit_id,
    is_patrol_grid,
    is_key_area,
    valid_from,
    valid_to,
    tile_x,
    tile_y,
    row_id
from core.grid
