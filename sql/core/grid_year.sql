-- 网格年：年末在的网格（本年为计算时点在的），一行是一个网格一年；是否承担巡查都在内
-- 粒度：grid_id, year
-- 依据：方案四（四）每年自评，五（二）五定；自所属报送单位应报的第一年起，年中设立的自设立之日起
with year_of as (
    select
        year(first_day) as year,
        make_date(year(first_day), 1, 1) as first_day,
        make_date(year(first_day), 12, 31) as last_day
    from core.month
    group by year(first_day)
),

reckoned as (
    select
        year_of.*,
        least(year_of.last_day, cast(moment.as_of as date)) as on_day,
        moment.as_of > end_of_day(year_of.last_day) as is_over
    from year_of
    cross join seed.moment as moment
),

owing as (
    select distinct county_id, year(first_of_month(month)) as year
    from core.sender_month
    where table_name = 'patrol' and is_owed
)

select
    grid.grid_id,
    grid.level as owner_level,
    grid.county_id,
    reckoned.year,
    start_of_day(greatest(reckoned.first_day, span.valid_from)) as starts_at,
    end_of_day(reckoned.last_day) as ends_at,
    reckoned.is_over,
    span.valid_to as stands_until
from reckoned
join core.grid as grid
    on
        grid.level in (1, 2, 3)
        and grid.valid_from <= reckoned.on_day
        and (grid.owes_until is null or grid.owes_until >= reckoned.on_day)
join core.grid_span as span
    on
        grid.grid_id = span.grid_id
        and span.valid_from <= reckoned.on_day
        and (span.valid_to is null or span.valid_to >= reckoned.on_day)
join owing on grid.county_id = owing.county_id and reckoned.year = owing.year
