-- 点位清单报过没有：一行是一个县区的一段时间；结束于其间的各期，当时报过清单没有、清单说不说哪些是重点
-- 粒度：county_id, known_on
-- 依据：二（二）2、二（三）1 排查点位。没有清单就看不出哪些点位该巡查；清单不说哪些是重点的，看不出重点点位
-- 事后才报来的清单不及于此前各期，首报七日之内刚结束的除外
with sent as (
    select county_id, plus_days(min(first_received_at), -correction_days()) as known_on
    from core.delivered
    where table_name = 'site'
    group by county_id
),

since as (
    select county.grid_id as county_id, date '1900-01-01' as known_on, false as is_told
    from seed.grid as county
    where county.level = 2
    union all
    select county_id, min(known_on) as known_on, true as is_told from sent group by county_id
    union all
    select county_id, known_on, true as is_told from core.site_edition
),

span as (
    select
        county_id,
        known_on,
        bool_or(is_told) as is_told,
        coalesce(
            plus_days(lead(known_on) over (partition by county_id order by known_on), -1), date '9999-12-31'
        ) as known_to
    from since
    group by county_id, known_on
)

select
    span.county_id,
    span.known_on,
    span.known_to,
    span.is_told,
    coalesce(bool_or(place.is_key is not null), false) as says_key
from span
join seed.grid as county on span.county_id = county.grid_id and county.level = 2
left join core.site_place as place
    on span.county_id = place.owner_county_id and span.known_on between place.known_on and place.known_to
group by span.county_id, span.known_on, span.known_to, span.is_told
