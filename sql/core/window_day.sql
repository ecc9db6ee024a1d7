-- 周期日：每一天在各种周期（日、周、半月、两周、月、双月、季、半年、年）的哪一期；一行是一种周期的一天
-- 粒度：cycle, day
-- 依据：点位清单“巡查频次”；周自星期一起（ISO），跨年的一周仍是一期，期名里的年是它多数日子所在的年
with span as (
    select
        cast(date_trunc('year', min(month.first_day)) as date) as first_day,
        plus_days(plus_months(cast(date_trunc('year', max(month.first_day)) as date), 12), 6) as last_day
    from core.month as month
),

each_day as (
    select cast(unnest(generate_series(span.first_day, span.last_day, interval 1 day)) as date) as day from span
),

part as (
    select
        day,
        strftime(day, '%Y') as year,
        month_of(day) as month,
        month(day) as month_no,
        cast(date_trunc('month', day) as date) as month_from,
        cast(date_trunc('week', day) as date) as week_from,
        -- 两周一期自 2021 年第一个星期一起数
        plus_days(date '2021-01-04', cast(floor(days_between(date '2021-01-04', day) / 14e0) as bigint) * 14) as fortnight_from,
        cast(date_trunc('quarter', day) as date) as quarter_from
    from each_day
)

select day, 'day' as cycle, cast(day as varchar) as window_id, day as first_day, day as last_day from part
union all
select day, 'week' as cycle, strftime(week_from, '%G-W%V') as window_id, week_from, plus_days(week_from, 6) as last_day
from part
union all
select
    day,
    'half_month' as cycle,
    concat(month, case when day(day) <= 15 then '-上半月' else '-下半月' end) as window_id,
    case when day(day) <= 15 then month_from else plus_days(month_from, 15) end as first_day,
    case when day(day) <= 15 then plus_days(month_from, 14) else last_day(day) end as last_day
from part
union all
select
    day, 'two_weeks' as cycle, strftime(fortnight_from, '%G-W%V-两周') as window_id, fortnight_from,
    plus_days(fortnight_from, 13) as last_day
from part
union all
select day, 'month' as cycle, month as window_id, month_from, last_day(day) as last_day from part
union all
select
    day,
    'two_months' as cycle,
    concat(month_of(plus_months(month_from, (month_no % 2) - 1)), '-双月') as window_id,
    plus_months(month_from, (month_no % 2) - 1) as first_day,
    last_day(plus_months(month_from, month_no % 2)) as last_day
from part
union all
select
    day, 'quarter' as cycle, concat(year, '-Q', cast(quarter(day) as varchar)) as window_id, quarter_from,
    last_day(plus_months(quarter_from, 2)) as last_day
from part
union all
select
    day,
    'half_year' as cycle,
    concat(year, case when month_no <= 6 then '-H1' else '-H2' end) as window_id,
    first_of_month(concat(year, case when month_no <= 6 then '-01' else '-07' end)) as first_day,
    last_day_of_month(concat(year, case when month_no <= 6 then '-06' else '-12' end)) as last_day
from part
union all
select
    day, 'year' as cycle, year as window_id, first_of_month(concat(year, '-01')) as first_day,
    last_day_of_month(concat(year, '-12')) as last_day
from part
