-- 指标值的区间：每个比率的 95% 区间，按期件数与应办件数来自 metric_sum
-- 粒度：metric_id, grid_id, owner_level, period_kind, period
-- 依据：Wilson 1927；没有应办的没有区间
select
    metric_id,
    grid_id,
    owner_level,
    period_kind,
    period,
    on_time,
    on_time + late + overdue as due
from points.metric_sum
where on_time + late + overdue > 0
