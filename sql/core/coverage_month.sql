-- 巡查覆盖的网格月：谁应当巡查、巡查了没有、能不能判断是谁的人巡查；一行是一个网格一个月
-- 粒度：grid_id, month
-- 依据：一 全面覆盖、定人定岗；四（一）巡查。有巡查而判断不了是谁的人，不能说没有巡查；报来的台账里没有巡查，就是没有
with owed as (
    -- 月中更名、换上级的网格，前后两期相连，仍是整月都在的一个网格；月末是谁就算谁
    select
        grid.grid_id,
        max_by(grid.name, grid.valid_from) as name,
        max_by(grid.level, grid.valid_from) as owner_level,
        max_by(grid.county_id, grid.valid_from) as county_id,
        month.month,
        month.starts_at,
        month.ends_at,
        month.is_over
    from core.month as month
    join core.grid as grid
        on
            grid.level in (1, 2, 3)
            and grid.valid_from <= month.last_day
            and (grid.valid_to is null or grid.valid_to >= month.first_day)
    group by grid.grid_id, month.month, month.first_day, month.last_day, month.starts_at, month.ends_at, month.is_over
    having
        max_by(grid.is_patrol_grid, grid.valid_from)
        and sum(
            days_between(
                greatest(grid.valid_from, month.first_day), least(coalesce(grid.valid_to, month.last_day), month.last_day)
            ) + 1
        ) = days_between(month.first_day, month.last_day) + 1
),

met as (
    select
        grid_id,
        month_of(started_at) as month,
        min(started_at) as met_at,
        min_by(row_id, concat(cast(started_at as varchar), row_id)) as met_row_id
    from core.patrol_credit
    where basis <> 'none'
    group by grid_id, month_of(started_at)
),

-- 本网格的人确曾出去的，先说地点
blind as (
    select grid_id, month, max(because) as because from core.blind_row group by grid_id, month
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
from owed
join core.sender_month as sender
    on owed.county_id = sender.county_id and owed.month = sender.month and sender.table_name = 'patrol'
left join met on owed.grid_id = met.grid_id and owed.month = met.month
left join blind on owed.grid_id = blind.grid_id and owed.month = blind.month
