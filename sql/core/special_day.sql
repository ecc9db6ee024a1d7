-- 特殊时段的日子：一行是一个网格在作数的特殊时段里的一天
-- 粒度：grid_id, day
-- 依据：五（三）重点时段；自通知之日起，几个时段重叠的一天只算一次
select period.grid_id, calendar.day, min(period.row_id) as row_id
from core.special_period as period
join core.calendar as calendar on calendar.day between period.first_day and period.special_to
group by period.grid_id, calendar.day
