-- 整改用时：每条曲线的中位数与 30 日、60 日内平均未完成日数
-- 粒度：grid_id, period_kind, period
-- 依据：中位数为 S(t) ≤ 0.5 的最早一日，log-log 区间（Brookmeyer 与 Crowley 1982）；限期平均（Irwin 1949）
select grid_id, period_kind, period, day, events, censored
from points.survival_point
order by grid_id, period_kind, period, day
