-- 巡查覆盖的网格月：谁应当巡查、巡查了没有、能不能判断是谁的人巡查；一行是一个网格一个月
-- 粒度：grid_id, month
-- 依据：一 全面覆盖、定人定岗；四（一）巡查。有巡查而判断不了是谁的人，不能说没有巡查；报来的台账里没有巡查，就是没有
with met as (
    select grid_id, month, min(met_at) as met_at, min_by(met_row_id, day) as met_row_id
    from core.patrol_day
    group by grid_id, month
),

blind as (
    select grid_id, month, max(because) as because from core.patrol_unsure group by grid_id, month
)

select
    owed.grid_id,
    owed.name,
    owed.owner_level,
    owed.county_id,
    owed.month,
    owed.starts_at,
    owed.ends_at,
    owed.is_over,
    sender.is_delivered,
    met.met_at,
    met.met_row_id,
    met.met_at is not null
    or not owed.is_over
    or not sender.is_delivered
    or blind.grid_id is null as is_measurable,
    blind.because as blind_because
from core.grid_month as owed
join core.sender_month as sender
    on owed.county_id = sender.county_id and owed.month = sender.month and sender.table_name = 'patrol'
left join met on owed.grid_id = met.grid_id and owed.month = met.month
left join blind on owed.grid_id = blind.grid_id and owed.month = blind.month
where owed.is_patrol_grid
