-- 漏斗的点：指标 × 网格级别 × 期间 × 网格，附全市比率、界限、收缩后的比率与名次区间
-- 粒度：metric_id, level, period_kind, period, grid_id
-- 依据：页面只画，不计算；件数少于 min_n 的照画，不排名，也不算离群
select
    metric_id, level, owner_level, period_kind, period, grid_id, numerator, denominator, rate, centre, low_95, high_95,
    low_998, high_998, position, tau_squared, is_outlier, shrunk_rate, rank, rank_low, rank_high
from points.funnel_point
