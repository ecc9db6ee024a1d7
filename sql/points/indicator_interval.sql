-- 数值的区间：目录写明区间的占比（Wilson）与每百次件数（Byar），95%
-- 粒度：indicator_id, grid_id, period_kind, period
-- 依据：sql/metrics.toml 的 interval；不分好坏的合计、存量、最大者没有区间
select
    summed.indicator_id,
    summed.grid_id,
    summed.period_kind,
    summed.period,
    metric.interval_kind,
    summed.numerator,
    cast(summed.denominator * summed.divisor as double) / summed.multiplier as exposure
from points.indicator_sum as summed
join seed.metric as metric on summed.indicator_id = metric.metric_id
where metric.interval_kind <> '' and summed.denominator > 0
