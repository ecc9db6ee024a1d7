-- 可测性：指标 × 报送单位 × 月份
-- 粒度：metric_id, county_id, month
-- 依据：缺列不归咎于人
select
    metric_id,
    county_id,
    month,
    measurable,
    is_delivered,
    reason_zh
from core.measurable
