-- 已报送的列：某单位某月某表里有哪些列；县区写法（profiles）里逐行填固定值的列也在内
-- 粒度：county_id, month, table_name, field
-- 依据：缺列不是人的过错，指标按列判断可测与否
select distinct file.county_id, file.month, sheet.table_name, unnest(sheet.fields) as field
from staging.source_file as file
join raw.sheet as sheet on file.file_id = sheet.file_id
where file.is_own and sheet.table_name <> ''
union
select file.county_id, file.month, sheet.table_name, fixed.column_name as field
from staging.source_file as file
join raw.sheet as sheet on file.file_id = sheet.file_id
join seed.constant as fixed on sheet.table_name = fixed.table_name and file.county_id = fixed.county_id
where file.is_own
