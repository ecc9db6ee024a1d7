-- 某单位自哪月起报过某列：一行是一个报送单位一张表的一列
-- 粒度：county_id, table_name, field
-- 依据：缺列不是人的过错；报过一次的，就知道有这一列
select county_id, table_name, field, min(month) as first_month
from core.field_delivered
group by county_id, table_name, field
