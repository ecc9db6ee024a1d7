-- 不可测的网格：一行是一个指标在一个网格一个月判断不了，附缘由
-- 粒度：metric_id, grid_id, month
-- 依据：缺少依据不等于没有履行
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
