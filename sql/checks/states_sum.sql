-- 状态之和等于义务数；一行是一处不等
-- 粒度：metric_id, grid_id, owner_level, period_kind, period
-- 依据：八种状态互斥且穷尽
select metric_id, grid_id, owner_level, period_kind, period, obligations
from published.metric_value
where
    obligations <> on_time + late + overdue + pending + no_deadline + bad_dates + void + unreported
    or due <> on_time + late + overdue
