-- 整改用时：每个网格每个期间的中位数与限期平均
-- 粒度：metric_id, grid_id, period_kind, period
-- 依据：四（一）确保问题整改到位；限期平均在过半未完成时也可比较
select 'median_days_to_rectify' as metric_id, summary.*
from points.survival_summary as summary
