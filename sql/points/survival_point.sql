-- 整改用时的曲线：网格 × 期间（发现的月份）× 日数，其时完成几件、看到此为止而未完成的几件
-- 粒度：grid_id, period_kind, period, day
-- 依据：Kaplan 与 Meier 1958；隶属变过的网格，逐日计入开始之日的上级
with moved as (select distinct leaf_id from core.grid_path where valid_from > date '1900-01-01'),

counted as (
    select
        part.grid_id, part.month, part.numerator as day,
        case when moved.leaf_id is not null then part.on_day end as counted_on,
        sum(part.denominator) as events,
        count(*) - sum(part.denominator) as censored
    from published.indicator_row as part
    left join moved on part.grid_id = moved.leaf_id
    where part.indicator_id = 'median_days_to_rectify'
    group by part.grid_id, part.month, part.numerator, counted_on
)

select
    path.ancestor_id as grid_id,
    span.period_kind,
    span.period,
    counted.day,
    cast(sum(counted.events) as bigint) as events,
    cast(sum(counted.censored) as bigint) as censored
from counted
join core.grid_path as path
    on
        counted.grid_id = path.leaf_id
        and coalesce(counted.counted_on, path.valid_to) between path.valid_from and path.valid_to
join points.period_span as span on counted.month = span.month
group by path.ancestor_id, span.period_kind, span.period, counted.day
order by path.ancestor_id, span.period_kind, span.period, counted.day
