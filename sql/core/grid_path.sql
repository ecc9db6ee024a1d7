-- 网格的上级链（含自身）：叶 → 祖先，按计算时点各网格所在时期的上级；已撤销的按其最后一个时期
-- 粒度：leaf_id, ancestor_id
-- 依据：方案二 三级网格逐级隶属
-- core.grid 只有已开始的时期，最后一个就是时点所在、或最后有效的时期
with latest as (
    select grid_id, parent_id, level
    from core.grid
    qualify row_number() over (partition by grid_id order by valid_from desc) = 1
),

step as (
    select grid_id as leaf_id, level as leaf_level, grid_id as ancestor_id from latest
    union all
    select grid_id as leaf_id, level as leaf_level, parent_id as ancestor_id from latest where parent_id is not null
    union all
    select leaf.grid_id as leaf_id, leaf.level as leaf_level, one.parent_id as ancestor_id
    from latest as leaf
    join latest as one on leaf.parent_id = one.grid_id
    where one.parent_id is not null
    union all
    select leaf.grid_id as leaf_id, leaf.level as leaf_level, two.parent_id as ancestor_id
    from latest as leaf
    join latest as one on leaf.parent_id = one.grid_id
    join latest as two on one.parent_id = two.grid_id
    where two.parent_id is not null
)

select step.leaf_id, step.leaf_level, step.ancestor_id, ancestor.level as ancestor_level
from step
join latest as ancestor on step.ancestor_id = ancestor.grid_id
