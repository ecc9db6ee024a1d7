-- 网格的上级链（含自身）：一行是一个网格在一段时间里的一个上级
-- 粒度：leaf_id, ancestor_id, valid_from
-- 依据：方案二 网格划分
select
    leaf_id,
    leaf_level,
    ancestor_id,
    ancestor_level,
    valid_from,
    valid_to
from core.grid_path
