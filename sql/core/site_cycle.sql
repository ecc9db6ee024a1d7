-- 重点点位的频次：一行是一个重点点位在一段时间里按什么周期巡查几次；这段时间里开始的各期照此办
-- 粒度：site_id, known_on, valid_from
-- 依据：点位清单“巡查频次”；没有写的、认不出的照 sql/limits.toml（key_site_visit）；是否重点没有写的，是不知道，没有义务
select
    place.site_id, place.owner_grid_id, place.owner_level, place.owner_county_id, place.cycle,
    place.visits_per as visits, place.valid_from, place.valid_to, place.key_to, place.known_on,
    place.known_to, place.last_on, place.row_id,
    cast(null as varchar) as limit_zh
from core.site_place as place
where place.is_key and place.cycle is not null
union all
select
    place.site_id, place.owner_grid_id, place.owner_level, place.owner_county_id, duty_limit.day_kind as cycle,
    duty_limit.value as visits, greatest(place.valid_from, duty_limit.valid_from) as valid_from,
    least(place.valid_to, coalesce(duty_limit.valid_to, place.valid_to)) as valid_to, place.key_to, place.known_on,
    place.known_to, place.last_on, place.row_id,
    duty_limit.text_zh as limit_zh
from core.site_place as place
join seed.duty_limit as duty_limit
    on
        duty_limit.metric_id = 'key_site_visit'
        and duty_limit.valid_from <= place.valid_to
        and (duty_limit.valid_to is null or duty_limit.valid_to >= place.valid_from)
where place.is_key and place.cycle is null
