-- 期间：每个期间包括哪些月份；is_last 是其中最后一个月，存量只取它，那个月没有的就是没有
-- 粒度：period_kind, period, month
-- 依据：当月、1—N 月累计、全年；有数而不在应报月份之内的月份，也在当月与全年里
with known as (
    select month from core.month
    union
    select month from published.indicator_row
)

select 'month' as period_kind, month as period, month, true as is_last from known
union all
select
    'year' as period_kind, substr(month, 1, 4) as period, month,
    month = max(month) over (partition by substr(month, 1, 4)) as is_last
from known
union all
select 'to_date' as period_kind, upto.month as period, part.month, part.month = upto.month as is_last
from core.month as upto
join known as part on substr(upto.month, 1, 4) = substr(part.month, 1, 4) and part.month <= upto.month
