-- 固化的数：固化时的指标值与数值，一字不改；损坏的固化不在其内
-- 粒度：period, stage, metric_id, grid_id, owner_level, period_kind
-- 依据：data/releases/ 各月的 metric_value、indicator_value
select
    period,
    stage,
    metric_id,
    grid_id,
    owner_level,
    period_kind,
    on_time,
    late,
    overdue,
    pending,
    no_deadline,
    bad_dates,
    void,
    unreported,
    obligations,
    due,
    on_time_original,
    rate,
    rate_if_unmet,
    rate_closed_only,
    rate_original,
    numerator,
    denominator,
    value,
    n
from seed.release_value
