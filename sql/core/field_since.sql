-- 某单位自哪月起报过某列：一行是一个报送单位一张表的一列
-- 粒度：county_id, table_name, field
-- 依据：缺列不是人的过错；报过一次的，就知道有这一列。回看固化的月份时，计算时点之后才第一次报来的，当时还看不出
select field.county_id, field.table_name, field.field, min(field.month) as first_month
from core.field_delivered as field
cross join seed.moment as moment
where field.first_received_at <= moment.as_of
group by field.county_id, field.table_name, field.field
