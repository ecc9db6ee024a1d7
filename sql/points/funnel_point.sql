-- 漏斗：同级各网格在一个期间的按期件数与应办件数；月、累计、全年，另有件数少的网格用的近 12 个月（rolling）
-- 粒度：metric_id, level, period_kind, period, grid_id
-- 依据：Spiegelhalter 2005；没有结束的期间不比。取页面所示的承担级别：乡镇及巡查类指标为三级，其余为合计
-- 乡镇件数少，名次只凭满 12 个月或全年
with twelve as (
    select upto.month as period, part.month
    from core.month as upto
    join core.month as part on months_apart(part.month, upto.month) between 0 and 11
    where upto.is_over and months_apart((select min(first.month) from core.month as first), upto.month) >= 11
),

-- 数值里只有占比可比
counted as (
    select
        metric_id, grid_id, owner_level, period_kind, period, on_time as numerator,
        on_time + late + overdue as denominator
    from points.metric_sum
    union all
    select
        summed.indicator_id as metric_id, summed.grid_id, 'all' as owner_level, summed.period_kind, summed.period,
        summed.numerator, summed.denominator
    from points.indicator_sum as summed
    join seed.metric as metric on summed.indicator_id = metric.metric_id
    where metric.interval_kind = 'wilson'
),

compared as (
    select
        counted.metric_id, own.leaf_level as level, counted.owner_level, counted.period_kind, counted.period,
        counted.grid_id, counted.numerator, counted.denominator, metric.direction, metric.min_n
    from counted
    join seed.metric as metric on counted.metric_id = metric.metric_id
    join core.grid_path as own on counted.grid_id = own.leaf_id and own.leaf_id = own.ancestor_id
    where
        own.leaf_level > 0
        and counted.denominator > 0
        and counted.owner_level = case
            when metric.kind <> 'obligation' then 'all'
            when own.leaf_level = 3 or (metric.concept = 'coverage' and metric.level like '%3%') then '3'
            else 'all'
        end
),

-- 满 12 个月才有；其间没有应办的月份是 0
rolling as (
    select
        part.metric_id, part.level, part.owner_level, 'rolling' as period_kind, twelve.period, part.grid_id,
        cast(sum(part.numerator) as bigint) as numerator, cast(sum(part.denominator) as bigint) as denominator,
        part.direction, part.min_n
    from twelve
    join compared as part on part.period_kind = 'month' and twelve.month = part.period
    group by
        part.metric_id, part.level, part.owner_level, twelve.period, part.grid_id, part.direction, part.min_n
)

select
    metric_id, level, owner_level, period_kind, period,
    case when period_kind = 'month' then cast(substr(period, 1, 4) as bigint) * 12 + cast(substr(period, 6, 2) as bigint)
    end as month_no,
    grid_id, numerator, denominator, direction, min_n, level < 3 or period_kind = 'year' as is_ranked
from compared
cross join seed.moment as moment
where substr(month_of(moment.as_of), 1, length(period)) > period
union all
select
    metric_id, level, owner_level, period_kind, period, cast(null as bigint) as month_no, grid_id, numerator, denominator,
    direction, min_n, true as is_ranked
from rolling
order by metric_id, level, period_kind, period, grid_id
