-- 日历：一行一天
-- 粒度：day
-- 依据：国务院办公厅节假日安排
select
    day,
    is_workday,
    workday_no,
    holiday
from core.calendar
