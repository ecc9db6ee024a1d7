-- 全市各级合计等于义务明细的行数；一行是一个指标的不等
-- 粒度：metric_id, period
-- 依据：逐级汇总只做加法
with listed as (
    select metric_id, period, count(*) as obligations from published.obligation group by metric_id, period
),

summed as (
    select metric_id, period, obligations
    from published.metric_value
    where grid_id = 'city' and owner_level = 'all' and period_kind = 'month'
)

select
    coalesce(listed.metric_id, summed.metric_id) as metric_id,
    coalesce(listed.period, summed.period) as period,
    listed.obligations as listed,
    summed.obligations as summed
from listed
full outer join summed on listed.metric_id = summed.metric_id and listed.period = summed.period
where listed.obligations is distinct from summed.obligations
