-- 不可测的网格：一行是一个指标在一个网格一个月判断不了
-- 粒度：metric_id, grid_id, month
-- 依据：缺少依据不等于没有履行
select
    metric_id,
    grid_id,
    county_id,
    month,
    reason_zh,
    rows_zh
from core.unmeasurable_grid
