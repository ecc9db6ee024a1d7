-- 写在全市的一行：问题、巡查的所在网格写的是全市，说不出在哪个网格；一行是一个现行的问题或一次巡查
-- 粒度：row_id
-- 依据：方案二 三级网格；义务由一、二、三级网格承担，市本身不是承担者。说不出归谁的，不能算在谁头上，也不能无声无息
select told.row_id, told.file_id, told.grid_id, 'problem' as table_name, raw_row.grid as value
from staging.problem_now as told
join staging.grid_home as home on told.grid_id = home.grid_id and home.level = 0
join raw.problem as raw_row on told.row_id = raw_row.row_id
union all
select told.row_id, told.file_id, told.grid_id, 'patrol' as table_name, raw_row.grid as value
from staging.patrol_now as told
join staging.grid_home as home on told.grid_id = home.grid_id and home.level = 0
join raw.patrol as raw_row on told.row_id = raw_row.row_id
