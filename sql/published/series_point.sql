-- 逐月序列的点：指标或数值 × 网格 × 承担级别 × 月，附中线、界限与判读
-- 粒度：metric_id, grid_id, owner_level, period
-- 依据：页面只画，不计算；每月按截至当月的数据判读，后来的月份不改以前的判读
select
    metric_id, grid_id, owner_level, period, chart, phase, numerator, denominator, value, centre, low, high, mark,
    variation, assurance
from points.series_point
