-- 巡查点位：一行是一次巡查的一个点位
-- 粒度：patrol_id, site
-- 依据：二（二）2、二（三）1 排查点位
select distinct patrol.patrol_id, unnest(current.sites) as site
from staging.patrol_now as current
join core.patrol as patrol on current.row_key = patrol.patrol_id
