-- 巡查台账的一期：一行是一个报送单位的一种周期的一期，各月台账都来了没有、有没有所需的列
-- 粒度：county_id, cycle, window_id
-- 依据：四（一）按月履行。其间有一个月不在应报（或已报）之列的，那一期看不全，没有义务；末月结束才看得出没有履行
with span as (
    select distinct span.cycle, span.window_id, span.first_day, span.last_day, month_of(span.day) as month
    from core.window_day as span
    cross join seed.moment as moment
    where span.first_day <= cast(moment.as_of as date)
),

asked as (
    select span.cycle, span.window_id, span.first_day, span.last_day, span.month
    from span
    cross join seed.moment as moment
    where span.month <= month_of(moment.as_of)
),

had as (
    select
        county_id,
        month,
        bool_or(field = 'sites') as has_sites,
        bool_or(field = 'kind') as has_kind
    from core.field_delivered
    where table_name = 'patrol'
    group by county_id, month
)

select
    sender.county_id,
    asked.cycle,
    asked.window_id,
    asked.first_day,
    asked.last_day,
    days_between(asked.first_day, asked.last_day) + 1 as days,
    month_of(asked.last_day) as period,
    start_of_day(asked.first_day) as started_at,
    end_of_day(asked.last_day) as due_at,
    moment.as_of > end_of_month(month_of(asked.last_day)) as is_over,
    bool_and(sender.is_delivered) as is_delivered,
    bool_and(not sender.is_delivered or coalesce(had.has_sites, false)) as has_sites,
    bool_and(not sender.is_delivered or coalesce(had.has_kind, false)) as has_kind
from asked
cross join seed.moment as moment
join core.sender_month as sender on asked.month = sender.month and sender.table_name = 'patrol'
left join had on sender.county_id = had.county_id and sender.month = had.month
group by sender.county_id, asked.cycle, asked.window_id, asked.first_day, asked.last_day, moment.as_of
having
    count(*) = months_apart(month_of(asked.first_day), month_of(least(asked.last_day, cast(moment.as_of as date)))) + 1
