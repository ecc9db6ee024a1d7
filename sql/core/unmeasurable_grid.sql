-- 不可测的网格：一行是一个指标在一个网格一个月判断不了，附缘由
-- 粒度：metric_id, grid_id, month
-- 依据：缺少依据不等于没有履行
with named as (
    select grid_id, max_by(name, valid_from) as name from core.grid group by grid_id
)

select
    'patrol_coverage' as metric_id,
    grid_id,
    name,
    county_id,
    month,
    case blind_because
        when 'place' then '当月有本网格的人巡查，地点只写到上级，看不出是否在本网格之内'
        else '当月有巡查而说不出是谁的人：当日没有在册的网格员，台账也未写实施网格'
    end as reason_zh
from core.coverage_month
where not is_measurable
union all
select distinct
    'patrol_frequency' as metric_id,
    grid_id,
    name,
    county_id,
    month,
    case blind_because
        when 'place' then '次数不够，而当月另有本网格的人巡查，地点只写到上级，看不出是否在本网格之内'
        else '次数不够，而当月另有巡查说不出是谁的人：当日没有在册的网格员，台账也未写实施网格'
    end as reason_zh
from core.patrol_turn
where blind_because is not null
union all
-- 清单不说哪些是重点的，该县全部判断不了
select
    'key_site_visit' as metric_id,
    list.county_id as grid_id,
    named.name,
    list.county_id,
    span.period as month,
    '重点点位清单没有写是否重点，看不出哪些是重点点位' as reason_zh
from core.site_list as list
join named on list.county_id = named.grid_id
join core.patrol_window as span on list.county_id = span.county_id and span.cycle = 'month'
where list.is_told and not list.says_key and span.is_over and span.is_delivered
union all
-- 个别点位判断不了的，其余照算
select
    'key_site_visit' as metric_id,
    turn.owner_grid_id as grid_id,
    named.name,
    turn.owner_county_id as county_id,
    turn.period as month,
    concat(
        cast(count(distinct turn.site_id) as varchar),
        ' 个重点点位的次数不够，而另有巡查说不出是谁的人、或地点只写到上级，这几次不计'
    ) as reason_zh
from core.site_turn as turn
join named on turn.owner_grid_id = named.grid_id
where turn.is_blind
group by turn.owner_grid_id, named.name, turn.owner_county_id, turn.period
union all
select
    'surprise_inspection' as metric_id,
    grid_id,
    name,
    county_id,
    month,
    '当月有突击检查而说不出是谁的人、或地点只写到上级' as reason_zh
from core.surprise_month
where is_blind
union all
-- 个别下级网格判断不了的，其余照算
select
    'upper_guidance' as metric_id,
    owed.grid_id,
    named.name,
    owed.county_id,
    owed.period as month,
    concat(
        '本季有人到 ', string_agg(owed.subject_name, '、' order by owed.subject_grid_id),
        ' 抽查、督查或指导而说不出是谁的人，这些下级网格不计'
    ) as reason_zh
from core.guidance_quarter as owed
join named on owed.grid_id = named.grid_id
where owed.is_blind
group by owed.grid_id, named.name, owed.county_id, owed.period
