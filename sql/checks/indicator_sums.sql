-- 每个数值等于其明细之和，全市等于全部明细；一行是一个不等的数值，或一个没有计入全市的明细
-- 粒度：indicator_id, grid_id, period
-- 依据：逐级汇总只做加法
with own as (
    select
        part.indicator_id, part.grid_id, part.month, part.on_day, metric.combine, sum(part.numerator) as total,
        max(part.numerator) as largest, sum(part.denominator) as denominator, count(*) as n
    from published.indicator_row as part
    left join seed.metric as metric on part.indicator_id = metric.metric_id
    group by part.indicator_id, part.grid_id, part.month, part.on_day, metric.combine
),

placed as (
    select own.*, path.ancestor_id from own
    join published.grid_path as path
        on
            own.grid_id = path.leaf_id
            and path.ancestor_id <> 'city'
            and own.on_day between path.valid_from and path.valid_to
    union all
    select own.*, 'city' as ancestor_id from own
),

listed as (
    select
        indicator_id, ancestor_id as grid_id, 'month' as period_kind, month as period,
        case when combine = 'max' then max(largest) else sum(total) end as numerator,
        sum(denominator) as denominator, sum(n) as n
    from placed
    group by indicator_id, ancestor_id, combine, month
    union all
    -- 存量不按年相加
    select
        indicator_id, ancestor_id as grid_id, 'year' as period_kind, substr(month, 1, 4) as period,
        case when combine = 'max' then max(largest) else sum(total) end as numerator,
        sum(denominator) as denominator, sum(n) as n
    from placed
    where combine <> 'stock'
    group by indicator_id, ancestor_id, combine, substr(month, 1, 4)
),

published_value as (
    select value.*
    from published.indicator_value as value
    join seed.metric as metric on value.indicator_id = metric.metric_id
    where value.period_kind = 'month' or (value.period_kind = 'year' and metric.combine <> 'stock')
)

select
    coalesce(listed.indicator_id, value.indicator_id) as indicator_id,
    coalesce(listed.grid_id, value.grid_id) as grid_id,
    coalesce(listed.period, value.period) as period,
    listed.numerator as listed,
    value.numerator as summed
from listed
full outer join published_value as value
    on
        listed.indicator_id = value.indicator_id
        and listed.grid_id = value.grid_id
        and listed.period_kind = value.period_kind
        and listed.period = value.period
where
    listed.numerator is distinct from value.numerator
    or listed.denominator is distinct from value.denominator
    or listed.n is distinct from value.n
