-- 巡查投入：一行是一个网格的一个巡查日、一次有起止时刻的巡查、一人一月，或一处点位一月
-- 粒度：indicator_id, grid_id, month, subject_id
-- 依据：四（一）巡查；不分好坏，不排名。计入巡查所计的网格：上级之和是各网格之和，同一人、同一处在两个网格各计一次
with credit as (
    select patrol_id, grid_id, basis, started_at, month_of(started_at) as month, row_id
    from core.patrol_credit
    where basis <> 'none'
),

-- 台账写明实施网格的，去的人都是它的；否则各人只算自己任职的网格
person as (
    select credit.grid_id, credit.month, coalesce(inspector.person_id, inspector.name) as person, credit.row_id
    from credit
    join core.patrol_inspector as inspector
        on
            credit.patrol_id = inspector.patrol_id
            and (credit.basis = 'stated' or credit.grid_id = inspector.grid_id)
),

-- 超过一日的是起止写错了
timed as (
    select patrol.row_key as patrol_id, seconds_between(patrol.started_at, patrol.ended_at) as seconds
    from staging.patrol_now as patrol
    cross join seed.moment as moment
    where
        patrol.started_at_precision = 'minute'
        and patrol.ended_at_precision = 'minute'
        and patrol.started_at < patrol.ended_at
        and patrol.ended_at <= moment.as_of
        and seconds_between(patrol.started_at, patrol.ended_at) <= 86400
),

counted as (
    select
        'effort_patrol_days' as indicator_id, grid_id, month, 'day' as subject_kind,
        cast(cast(started_at as date) as varchar) as subject_id, cast(1 as bigint) as numerator, min(row_id) as row_id
    from credit
    group by grid_id, month, cast(started_at as date)
    union all
    select
        'effort_hours' as indicator_id, credit.grid_id, credit.month, 'patrol' as subject_kind,
        credit.patrol_id as subject_id, timed.seconds as numerator, credit.row_id
    from credit
    join timed on credit.patrol_id = timed.patrol_id
    union all
    select
        'effort_inspectors' as indicator_id, grid_id, month, 'person' as subject_kind,
        person as subject_id, cast(1 as bigint) as numerator, min(row_id) as row_id
    from person
    group by grid_id, month, person
    union all
    select
        'effort_sites' as indicator_id, credit.grid_id, credit.month, 'site' as subject_kind,
        named.site_text as subject_id, cast(1 as bigint) as numerator, min(credit.row_id) as row_id
    from credit
    join core.patrol_site as site on credit.patrol_id = site.patrol_id
    join core.site_text as named on site.site = named.site
    group by credit.grid_id, credit.month, named.site_text
)

select indicator_id, grid_id, month, subject_kind, subject_id, numerator, cast(null as bigint) as denominator, row_id
from counted
