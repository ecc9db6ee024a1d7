-- 巡查投入：一行是一个网格的一个巡查日、一人一月，或一个网格一月的时长、点位数
-- 粒度：indicator_id, grid_id, month, subject_id
-- 依据：四（一）巡查；不分好坏，不排名。计入巡查所计的网格：上级之和是各网格之和，同一人、同一处在两个网格各计一次
-- 时长、点位数的明细（subject_kind 为 patrols）是该网格当月计入的各次巡查，在 published.patrol_credit，不再抄一遍
with credit as (
    select patrol_id, grid_id, basis, cast(started_at as date) as on_day, month_of(started_at) as month, row_id
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
        'effort_patrol_days' as indicator_id, grid_id, month, on_day, 'day' as subject_kind,
        cast(on_day as varchar) as subject_id, cast(1 as bigint) as numerator, min(row_id) as row_id
    from credit
    group by grid_id, month, on_day
    union all
    select
        'effort_hours' as indicator_id, credit.grid_id, credit.month, last_day_of_month(credit.month) as on_day,
        'patrols' as subject_kind,
        credit.grid_id as subject_id, sum(timed.seconds) as numerator, cast(null as varchar) as row_id
    from credit
    join timed on credit.patrol_id = timed.patrol_id
    group by credit.grid_id, credit.month
    union all
    select
        'effort_inspectors' as indicator_id, grid_id, month, last_day_of_month(month) as on_day, 'person' as subject_kind,
        person as subject_id, cast(1 as bigint) as numerator, min(row_id) as row_id
    from person
    group by grid_id, month, person
    union all
    select
        'effort_sites' as indicator_id, credit.grid_id, credit.month, last_day_of_month(credit.month) as on_day,
        'patrols' as subject_kind,
        credit.grid_id as subject_id, count(distinct named.site_text) as numerator, cast(null as varchar) as row_id
    from credit
    join core.patrol_site as site on credit.patrol_id = site.patrol_id
    join core.site_text as named on site.site = named.site
    group by credit.grid_id, credit.month
)

select
    indicator_id,
    grid_id,
    month,
    on_day,
    subject_kind,
    subject_id,
    cast(numerator as bigint) as numerator,
    cast(null as bigint) as denominator,
    row_id
from counted
