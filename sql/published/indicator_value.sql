-- 数值：整数逐级、逐期相加，只除一次；没有一件事实的不列
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
),

known as (
    select month from core.month
    union
    select month from monthly
),

-- 每个期间包括哪些月份；存量只取期末的一个月，那个月没有的就是没有
span as (
    select 'month' as period_kind, month as period, month, true as is_last from known
    union all
    select
        'year' as period_kind, substr(month, 1, 4) as period, month,
        month = max(month) over (partition by substr(month, 1, 4)) as is_last
    from known
    union all
    select 'to_date' as period_kind, upto.month as period, part.month, part.month = upto.month as is_last
    from core.month as upto
    join known as part on substr(upto.month, 1, 4) = substr(part.month, 1, 4) and part.month <= upto.month
),

summed as (
    select
        monthly.indicator_id, monthly.grid_id, span.period_kind, span.period, monthly.combine, monthly.multiplier,
        monthly.divisor,
        cast(
            case when monthly.combine = 'max' then max(monthly.numerator) else sum(monthly.numerator) end as bigint
        ) as numerator,
        cast(sum(monthly.denominator) as bigint) as denominator,
        cast(sum(monthly.n) as bigint) as n
    from monthly
    join span on monthly.month = span.month and (span.is_last or monthly.combine <> 'stock')
    group by
        monthly.indicator_id, monthly.grid_id, span.period_kind, span.period, monthly.combine, monthly.multiplier,
        monthly.divisor
),

divided as (
    select
        summed.*,
        concat_ws('', cast(cast(substr(summed.period, 1, 4) as integer) - 1 as varchar), substr(summed.period, 5))
            as last_year,
        case
            when summed.combine in ('share', 'mean')
                then
                    cast(summed.numerator * summed.multiplier as double)
                    / nullif(summed.denominator * summed.divisor, 0)
            else cast(summed.numerator * summed.multiplier as double) / summed.divisor
        end as value
    from summed
)

select
    now.indicator_id,
    now.grid_id,
    now.period_kind,
    now.period,
    now.numerator,
    now.denominator,
    now.value,
    cast(null as double) as low,
    cast(null as double) as high,
    now.n,
    before.value as previous_year_value
from divided as now
left join divided as before
    on
        now.indicator_id = before.indicator_id
        and now.grid_id = before.grid_id
        and now.period_kind = before.period_kind
        and now.last_year = before.period
