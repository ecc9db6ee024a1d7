-- 义务的承担者都是已知网格；一行是一项无主的义务
-- 粒度：obligation_id
-- 依据：方案二 网格划分
select obligation.obligation_id, obligation.grid_id
from published.obligation as obligation
left join published.grid_path as path
    on obligation.grid_id = path.leaf_id and path.ancestor_id = 'city'
where path.leaf_id is null
