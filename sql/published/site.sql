-- 重点点位：一行是一个点位的一个时期，现行版本
-- 粒度：site_id, valid_from
-- 依据：方案二（二）2、二（三）1 排查点位
select
    site_id,
    site_no,
    county_id,
    name,
    kind,
    grid_id,
    is_key,
    risk,
    visits_per,
    cycle,
    listing,
    lon,
    lat,
    valid_from,
    valid_to,
    version_no,
    absent_in_latest,
    row_id
from core.site
