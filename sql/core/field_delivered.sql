-- 已报送的列：某单位某月某表里有哪些列；县区写法（profiles）里逐行填固定值的列也在内
-- 粒度：county_id, month, table_name, field
-- 依据：缺列不是人的过错，指标按列判断可测与否
select distinct county_id, month, table_name, unnest(fields) as field
from core.sent_sheet
union
select sheet.county_id, sheet.month, sheet.table_name, fixed.column_name as field
from core.sent_sheet as sheet
join seed.constant as fixed on sheet.table_name = fixed.table_name and sheet.county_id = fixed.county_id
