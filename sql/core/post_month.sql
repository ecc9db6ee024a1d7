-- 责任人在岗：一个网格一个月里哪些天没有责任人；一行是一个网格一个月
-- 粒度：grid_id, month
-- 依据：方案一 责任到人、定人定岗。哪天有没有人见 core.in_charge
with owed as (
    select grid_month.*
    from core.grid_month as grid_month
    join core.sender_month as sender
        on
            grid_month.county_id = sender.county_id
            and grid_month.month = sender.month
            and sender.table_name = 'patrol'
            and sender.is_owed
),

-- 当月未完的，只看到计算时点那一天
part as (
    select
        owed.grid_id,
        owed.month,
        charge.name is not null as is_listed,
        charge.deputy is not null as is_deputised,
        charge.is_filled,
        charge.is_left_alone,
        charge.row_id,
        greatest(charge.valid_from, owed.first_day) as first_day,
        least(charge.valid_to, owed.last_day, cast(moment.as_of as date)) as last_day
    from owed
    cross join seed.moment as moment
    join core.in_charge as charge
        on
            owed.grid_id = charge.grid_id
            and charge.valid_from <= least(owed.last_day, cast(moment.as_of as date))
            and charge.valid_to >= owed.first_day
),

lasting as (select part.*, days_between(first_day, last_day) + 1 as days from part),

counted as (
    select
        grid_id,
        month,
        cast(coalesce(sum(days) filter (where not is_filled), 0) as bigint) as days_missing,
        cast(coalesce(sum(days) filter (where not is_filled and is_listed), 0) as bigint) as days_seconded,
        min(first_day) filter (where not is_filled) as first_missing,
        cast(coalesce(sum(days) filter (where is_left_alone), 0) as bigint) as days_left_alone,
        cast(coalesce(sum(days) filter (where is_deputised), 0) as bigint) as days_deputised,
        max_by(row_id, first_day) as row_id
    from lasting
    group by grid_id, month
)

select
    owed.grid_id,
    owed.owner_level,
    owed.county_id,
    owed.month,
    owed.starts_at,
    owed.ends_at,
    owed.is_over,
    counted.days_missing,
    counted.days_seconded,
    counted.first_missing,
    counted.days_left_alone,
    counted.days_deputised,
    counted.row_id,
    roster.county_id is not null as is_roster_sent
from owed
join counted on owed.grid_id = counted.grid_id and owed.month = counted.month
left join (select distinct county_id from staging.person_now) as roster on owed.county_id = roster.county_id
