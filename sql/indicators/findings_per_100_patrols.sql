-- 每百次巡查发现问题数：一行是一次巡查；计入巡查地点所在网格
-- 粒度：patrol_id
-- 依据：四（一）巡查；不分好坏，不排名
select
    'findings_per_100_patrols' as indicator_id,
    patrol.grid_id,
    month_of(patrol.started_at) as month,
    cast(patrol.started_at as date) as on_day,
    'patrol' as subject_kind,
    patrol.patrol_id as subject_id,
    patrol.findings as numerator,
    cast(1 as bigint) as denominator,
    patrol.row_id
from core.patrol as patrol
where patrol.findings is not null
