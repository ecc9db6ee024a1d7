-- 网格的上级链（含自身）
-- 粒度：leaf_id, ancestor_id
-- 依据：方案二 网格划分
select
    leaf_id,
    leaf_level,
    ancestor_id,
    ancestor_level
from core.grid_path
