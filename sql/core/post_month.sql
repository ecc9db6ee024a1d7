-- 责任人在岗：一个网格一个月里哪些天没有责任人；一行是一个网格一个月
-- 粒度：grid_id, month
-- 依据：方案一 责任到人、定人定岗。请假的仍是在任责任人，有无代理都算在岗；抽调的由别处用人，无人代理的那些天算缺
-- 名册写明代理本岗的（代理另起的行，或请假、抽调所写的代理人），任职的一行虽已截止，代理期间也算有人
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
day_of as (
    select
        owed.grid_id,
        owed.month,
        cast(
            unnest(generate_series(owed.first_day, least(owed.last_day, cast(moment.as_of as date)), interval 1 day)) as date
        ) as day
    from owed
    cross join seed.moment as moment
),

held as (
    select
        day_of.grid_id,
        day_of.day,
        holder.row_id,
        holder.valid_from,
        coalesce(bool_or(away.kind = 'leave'), false) as is_on_leave,
        coalesce(bool_or(away.kind = 'seconded'), false) as is_seconded,
        coalesce(bool_or(away.deputy is not null), false) as has_deputy
    from day_of
    join core.duty_holder as holder
        on
            day_of.grid_id = holder.grid_id
            and day_of.day >= holder.valid_from
            and (holder.valid_to is null or day_of.day <= holder.valid_to)
    left join core.absence as away
        on
            holder.grid_id = away.grid_id
            and holder.name = away.name
            and away.kind in ('leave', 'seconded')
            and day_of.day >= away.valid_from
            and (away.valid_to is null or day_of.day <= away.valid_to)
    group by day_of.grid_id, day_of.day, holder.person_id, holder.row_id, holder.valid_from
),

-- 同日有两人的，有一人在就算
holding as (
    select
        grid_id,
        day,
        max_by(row_id, concat(cast(valid_from as varchar), row_id)) as row_id,
        bool_or(not is_seconded or has_deputy) as is_present,
        bool_and(is_on_leave and not is_seconded and not has_deputy) as is_left_alone,
        bool_and((is_on_leave or is_seconded) and has_deputy) as is_deputised
    from held
    group by grid_id, day
),

standing_in as (
    select day_of.grid_id, day_of.day, max(absence.row_id) as row_id
    from day_of
    join core.absence as absence
        on
            day_of.grid_id = absence.grid_id
            and (absence.kind = 'acting' or absence.deputy is not null)
            and day_of.day >= absence.valid_from
            and (absence.valid_to is null or day_of.day <= absence.valid_to)
    join staging.grid_home as grid
        on
            absence.grid_id = grid.grid_id
            and absence.post = case when grid.level = 3 then 'body_head' else 'grid_chief' end
    group by day_of.grid_id, day_of.day
),

told as (
    select
        day_of.grid_id,
        day_of.month,
        day_of.day,
        coalesce(holding.is_present, false) or standing_in.day is not null as is_filled,
        holding.day is not null as is_listed,
        coalesce(holding.is_left_alone, false) and standing_in.day is null as is_left_alone,
        coalesce(holding.is_deputised, false) or standing_in.day is not null as is_deputised,
        coalesce(holding.row_id, standing_in.row_id) as row_id
    from day_of
    left join holding on day_of.grid_id = holding.grid_id and day_of.day = holding.day
    left join standing_in on day_of.grid_id = standing_in.grid_id and day_of.day = standing_in.day
),

counted as (
    select
        grid_id,
        month,
        count(*) filter (where not is_filled) as days_missing,
        count(*) filter (where not is_filled and is_listed) as days_seconded,
        min(day) filter (where not is_filled) as first_missing,
        count(*) filter (where is_left_alone) as days_left_alone,
        count(*) filter (where is_deputised) as days_deputised,
        max_by(row_id, day) as row_id
    from told
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
