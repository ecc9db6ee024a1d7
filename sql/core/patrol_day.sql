-- 巡查日：某网格的人在本网格内巡查过的一天；一行是一个网格一天
-- 粒度：grid_id, day
-- 依据：四（一）巡查；同一天去几次算一天，以最早的一次为凭
select
    grid_id,
    cast(started_at as date) as day,
    month_of(started_at) as month,
    min(started_at) as met_at,
    min_by(row_id, concat_ws('', cast(started_at as varchar), row_id)) as met_row_id
from core.patrol_credit
where basis <> 'none'
group by grid_id, cast(started_at as date), month_of(started_at)
