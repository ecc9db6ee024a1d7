-- 日历：2021–2026 每天，工作日自起点累计编号
-- 粒度：day
-- 依据：国务院办公厅节假日安排；2027 年尚未发布，不作推测
select
    day,
    is_workday,
    cast(sum(case when is_workday then 1 else 0 end) over (
        order by day rows between unbounded preceding and current row
    ) as bigint) as workday_no,
    holiday
from seed.calendar
