-- 巡查点位：一行是一次巡查的一个点位
-- 粒度：patrol_id, site
-- 依据：二（二）2 排查
select
    patrol_id,
    site
from core.patrol_site
