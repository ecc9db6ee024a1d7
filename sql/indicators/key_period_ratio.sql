-- 重点时段巡查强度比：一行是一个网格一个月（其间既有有通知的特殊时段，也有平时）；时段内每日巡查天数 ÷ 平时每日巡查天数
-- 粒度：grid_id, month
-- 依据：五（三）重点时段（core.special_day，与巡查频次同一口径）；分子 = 时段内巡查日 × 平时天数，分母 = 平时巡查日 × 时段天数
-- 乘积可以逐月、逐网格相加：每个网格每个月只与自己比，月份长短、网格勤惰不掺进来；未报送、判断不了的网格月不计
with touched as (
    select grid_id, month_of(day) as month, min(row_id) as row_id
    from core.special_day
    group by grid_id, month_of(day)
),

went as (
    select distinct grid_id, cast(started_at as date) as day
    from core.patrol_credit
    where basis <> 'none' and grid_id in (select touched.grid_id from touched)
),

counted as (
    select
        touched.grid_id,
        touched.month,
        touched.row_id,
        count(inside.day) as inside_length,
        count(*) - count(inside.day) as outside_length,
        count(case when inside.day is not null then went.day end) as inside_days,
        count(case when inside.day is null then went.day end) as outside_days
    from touched
    join core.coverage_month as owed
        on touched.grid_id = owed.grid_id and touched.month = owed.month and owed.is_delivered and owed.is_measurable
    cross join seed.moment as moment
    join core.calendar as calendar
        on touched.month = month_of(calendar.day) and calendar.day <= cast(moment.as_of as date)
    left join core.special_day as inside on touched.grid_id = inside.grid_id and calendar.day = inside.day
    left join went on touched.grid_id = went.grid_id and calendar.day = went.day
    group by touched.grid_id, touched.month, touched.row_id
)

select
    'key_period_ratio' as indicator_id,
    grid_id,
    month,
    last_day_of_month(month) as on_day,
    'grid' as subject_kind,
    grid_id as subject_id,
    cast(inside_days * outside_length as bigint) as numerator,
    cast(outside_days * inside_length as bigint) as denominator,
    row_id
from counted
where inside_length > 0 and outside_length > 0
