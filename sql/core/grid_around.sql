-- 地点与网格相干：网格之内的地点，或只写到上级、不知在哪个下级的地点；一行是一个地点与一个网格的一段时间
-- 粒度：where_grid_id, grid_id, valid_from
-- 依据：方案二 三级网格逐级隶属
select leaf_id as where_grid_id, ancestor_id as grid_id, valid_from, valid_to from core.grid_path
union
select ancestor_id as where_grid_id, leaf_id as grid_id, valid_from, valid_to from core.grid_path
