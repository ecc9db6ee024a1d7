-- 点位清单报过没有：一行是一个县区
-- 粒度：county_id
-- 依据：二（二）2、二（三）1 排查点位。没有清单就看不出哪些点位该巡查；清单不说哪些是重点的，看不出重点点位
select
    county.grid_id as county_id,
    delivered.county_id is not null or place.owner_county_id is not null as is_told,
    coalesce(place.says_key, false) as says_key
from seed.grid as county
left join (select distinct county_id from core.delivered where table_name = 'site') as delivered
    on county.grid_id = delivered.county_id
left join
    (
        select owner_county_id, bool_or(is_key is not null) as says_key from core.site_place group by owner_county_id
    ) as place
    on county.grid_id = place.owner_county_id
where county.level = 2
