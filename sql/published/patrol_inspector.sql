-- 巡查人员与其当日岗位
-- 粒度：patrol_id, name, grid_id
-- 依据：方案一 定人定岗
select
    patrol_id,
    name,
    person_id,
    grid_id,
    post
from core.patrol_inspector
