-- 逐月序列：每个比率（p 图）、每个件数（XmR 图）已结束的各月；没有应办、看不到的月份是空档
-- 粒度：metric_id, grid_id, owner_level, period
-- 依据：NHS Making Data Count；月均不足 5 件、不满 12 个月的不判读；时限改了的，另起一段
with moment_month as (select month_of(as_of) as month from seed.moment),

-- 各级各网格的数由哪些单位的台账看得出：县区的、支队的
sender_of as (
    select ancestor_id as grid_id, leaf_id as county_id, valid_from, valid_to from core.grid_path where leaf_level = 2
    union
    select leaf_id as grid_id, ancestor_id as county_id, valid_from, valid_to
    from core.grid_path
    where leaf_level = 3 and ancestor_level = 2
    union
    select leaf_id as grid_id, 'city' as county_id, date '1900-01-01' as valid_from, date '9999-12-31' as valid_to
    from core.grid_path
    where leaf_level <= 1
),

counted as (
    select summed.*, metric.direction, metric.interval_kind
    from points.indicator_sum as summed
    join seed.metric as metric on summed.indicator_id = metric.metric_id
    cross join moment_month
    where
        summed.period_kind = 'month'
        and summed.period < moment_month.month
        and (metric.interval_kind <> '' or metric.combine in ('sum', 'stock'))
),

-- 金额、时长的件数是明细行数，其余就是它自己；总共不足 60 件的，月均到不了 5 件
numbers as (
    select
        indicator_id, grid_id, direction, interval_kind, multiplier, divisor,
        min(period) as first_month
    from counted
    group by indicator_id, grid_id, direction, interval_kind, multiplier, divisor
    having count(*) >= 12 and sum(case when divisor > 1 then n else numerator end) >= 60
),

seen as (
    select numbers.indicator_id, numbers.grid_id, month.month, count(*) as senders
    from numbers
    join core.measurable as judged on numbers.indicator_id = judged.metric_id
    join core.month as month on judged.month = month.month
    join sender_of
        on
            numbers.grid_id = sender_of.grid_id
            and judged.county_id = sender_of.county_id
            and month.last_day between sender_of.valid_from and sender_of.valid_to
    where numbers.interval_kind = '' and judged.measurable <> 'no' and judged.is_delivered and month.is_over
    group by numbers.indicator_id, numbers.grid_id, month.month
),

-- 看得出的单位比前 12 个月里任何一个月少，件数就会无缘无故地少：那是空档
whole as (
    select
        seen.indicator_id,
        seen.grid_id,
        seen.month,
        seen.senders >= max(seen.senders) over (
            partition by seen.indicator_id, seen.grid_id order by seen.month rows between 12 preceding and current row
        ) as is_whole
    from seen
),

-- 看得出而没有一件的月份是 0
number_month as (
    select
        numbers.indicator_id, numbers.grid_id, numbers.direction, whole.month as period, numbers.multiplier,
        numbers.divisor, coalesce(counted.numerator, 0) as numerator, cast(null as bigint) as denominator,
        coalesce(counted.n, 0) as n
    from numbers
    join whole on numbers.indicator_id = whole.indicator_id and numbers.grid_id = whole.grid_id
    left join counted
        on
            whole.indicator_id = counted.indicator_id
            and whole.grid_id = counted.grid_id
            and whole.month = counted.period
    where whole.is_whole and whole.month >= numbers.first_month
    union all
    select
        counted.indicator_id, counted.grid_id, counted.direction, counted.period, counted.multiplier,
        counted.divisor, counted.numerator, counted.denominator, counted.n
    from counted
    join numbers on counted.indicator_id = numbers.indicator_id and counted.grid_id = numbers.grid_id
    where counted.interval_kind <> ''
),

duty_month as (
    select
        summed.metric_id, summed.grid_id, summed.owner_level, summed.period, summed.on_time,
        summed.on_time + summed.late + summed.overdue as due
    from points.metric_sum as summed
    cross join moment_month
    where summed.period_kind = 'month' and summed.period < moment_month.month
),

duties as (
    select metric_id, grid_id, owner_level
    from duty_month
    where due > 0
    group by metric_id, grid_id, owner_level
    having count(*) >= 12 and sum(due) >= 60
),

changed as (
    select metric_id, month_of(valid_from) as month, count(*) as changes
    from seed.duty_limit
    group by metric_id, month_of(valid_from)
),

series as (
    select
        owed.metric_id, owed.grid_id, owed.owner_level, owed.period, 'p' as chart, owed.on_time as numerator,
        owed.due as denominator, cast(null as double) as value, owed.due as events
    from duty_month as owed
    join duties
        on
            owed.metric_id = duties.metric_id
            and owed.grid_id = duties.grid_id
            and owed.owner_level = duties.owner_level
    where owed.due > 0
    union all
    select
        number_month.indicator_id as metric_id, number_month.grid_id, 'all' as owner_level, number_month.period,
        case when metric.interval_kind = 'wilson' then 'p' else 'xmr' end as chart,
        number_month.numerator, number_month.denominator,
        cast(number_month.numerator * number_month.multiplier as double)
        / (coalesce(number_month.denominator, 1) * number_month.divisor) as value,
        case
            when metric.interval_kind = 'wilson' then number_month.denominator
            when number_month.divisor > 1 then number_month.n
            else number_month.numerator
        end as events
    from number_month
    join seed.metric as metric on number_month.indicator_id = metric.metric_id
    where coalesce(number_month.denominator, 1) > 0
)

select
    series.metric_id, series.grid_id, series.owner_level,
    coalesce(sum(changed.changes), 0) as limit_no,
    series.period,
    cast(substr(series.period, 1, 4) as bigint) * 12 + cast(substr(series.period, 6, 2) as bigint) as month_no,
    series.chart, series.numerator, series.denominator, series.value, series.events, metric.direction,
    target.value as target
from series
join seed.metric as metric on series.metric_id = metric.metric_id
left join changed on series.metric_id = changed.metric_id and changed.month <= series.period
left join seed.metric_target as target
    on
        series.metric_id = target.metric_id
        and first_of_month(series.period) >= target.valid_from
        and (target.valid_to is null or first_of_month(series.period) <= target.valid_to)
group by
    series.metric_id, series.grid_id, series.owner_level, series.period, series.chart, series.numerator,
    series.denominator, series.value, series.events, metric.direction, target.value
order by series.metric_id, series.grid_id, series.owner_level, series.period
