-- 点位清单的一版：一行是一个县区（及市支队所列在其境内）的清单自哪天到哪天是这个样子；结束于其间的各期照它办
-- 粒度：county_id, known_on
-- 依据：二（二）2、二（三）1 排查点位；一期结束时报来的约束那一期
with edition as (
    select distinct place.owner_county_id as county_id, told.known_on
    from core.site_told as told
    -- 点位的所属网格改到别的县区的，两边的清单都变了
    join (select distinct site_id, owner_county_id from core.site_told) as place on told.site_id = place.site_id
)

select
    county_id,
    known_on,
    coalesce(
        plus_days(lead(known_on) over (partition by county_id order by known_on), -1), date '9999-12-31'
    ) as known_to
from edition
