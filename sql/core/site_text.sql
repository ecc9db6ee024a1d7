-- 点位名称怎样算同一处：一行是台账里写过的一个名称；空白、全半角不同的是同一处
-- 粒度：site
-- 依据：二（二）2、二（三）1 排查点位
with written as (
    select site from core.patrol_site
    union
    select site from core.problem where site is not null
)

select site, grid_text(site) as site_text
from written
