-- 数值的件数：整数逐级、逐期相加，尚未相除；没有一件事实的不列
-- 粒度：indicator_id, grid_id, period_kind, period
-- 依据：指标目录；不是义务，没有目标，不排名
-- 隶属变过的网格，逐日计入事实之日的上级；没有变过的不必逐日分开
with moved as (select distinct leaf_id from core.grid_path where valid_from > date '1900-01-01'),

counted as (
    select
        part.indicator_id, part.grid_id, part.month,
        case when moved.leaf_id is not null then part.on_day end as counted_on, metric.combine, metric.multiplier, metric.divisor,
        case when metric.combine = 'max' then max(part.numerator) else sum(part.numerator) end as numerator,
        sum(part.denominator) as denominator,
        count(*) as n
    from published.indicator_row as part
    join seed.metric as metric on part.indicator_id = metric.metric_id
    left join moved on part.grid_id = moved.leaf_id
    group by part.indicator_id, part.grid_id, part.month, counted_on, metric.combine, metric.multiplier, metric.divisor
),

monthly as (
    select
        counted.indicator_id, path.ancestor_id as grid_id, counted.month, counted.combine, counted.multiplier,
        counted.divisor,
        case when counted.combine = 'max' then max(counted.numerator) else sum(counted.numerator) end as numerator,
        sum(counted.denominator) as denominator,
        sum(counted.n) as n
    from counted
    join core.grid_path as path
        on
            counted.grid_id = path.leaf_id
            and coalesce(counted.counted_on, path.valid_to) between path.valid_from and path.valid_to
    group by
        counted.indicator_id, path.ancestor_id, counted.month, counted.combine, counted.multiplier, counted.divisor
)

select
    monthly.indicator_id, monthly.grid_id, span.period_kind, span.period, monthly.combine, monthly.multiplier,
    monthly.divisor,
    cast(
        case when monthly.combine = 'max' then max(monthly.numerator) else sum(monthly.numerator) end as bigint
    ) as numerator,
    cast(sum(monthly.denominator) as bigint) as denominator,
    cast(sum(monthly.n) as bigint) as n
from monthly
join points.period_span as span on monthly.month = span.month and (span.is_last or monthly.combine <> 'stock')
group by
    monthly.indicator_id, monthly.grid_id, span.period_kind, span.period, monthly.combine, monthly.multiplier,
    monthly.divisor
