-- 巡查计入哪个网格
-- 粒度：patrol_id, grid_id
-- 依据：四（一）各级网格责任人员对所负责的网格开展巡查
select
    patrol_id,
    grid_id,
    basis,
    reason_zh,
    where_grid_id,
    started_at,
    row_id
from core.patrol_credit
