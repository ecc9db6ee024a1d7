-- 数值：整数逐级、逐期相加，只除一次，中位数取自曲线；没有一件事实的不列
-- 粒度：indicator_id, grid_id, period_kind, period
-- 依据：指标目录；不是义务，没有目标，不排名
with divided as (
    select
        summed.*,
        concat_ws('', cast(cast(substr(summed.period, 1, 4) as integer) - 1 as varchar), substr(summed.period, 5))
            as last_year,
        case
            when summed.combine = 'median' then curve.median
            when summed.combine in ('share', 'mean')
                then
                    cast(summed.numerator * summed.multiplier as double)
                    / nullif(summed.denominator * summed.divisor, 0)
            else cast(summed.numerator * summed.multiplier as double) / summed.divisor
        end as value,
        curve.median_low as low,
        curve.median_high as high
    from points.indicator_sum as summed
    left join points.survival_summary as curve
        on
            summed.combine = 'median'
            and summed.grid_id = curve.grid_id
            and summed.period_kind = curve.period_kind
            and summed.period = curve.period
)

select
    now.indicator_id,
    now.grid_id,
    now.period_kind,
    now.period,
    now.numerator,
    now.denominator,
    now.value,
    coalesce(now.low, spread.low) as low,
    coalesce(now.high, spread.high) as high,
    now.n,
    before.value as previous_year_value
from divided as now
left join points.indicator_interval as spread
    on
        now.indicator_id = spread.indicator_id
        and now.grid_id = spread.grid_id
        and now.period_kind = spread.period_kind
        and now.period = spread.period
left join divided as before
    on
        now.indicator_id = before.indicator_id
        and now.grid_id = before.grid_id
        and now.period_kind = before.period_kind
        and now.last_year = before.period
