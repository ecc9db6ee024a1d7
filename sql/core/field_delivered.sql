-- 已报送的列：某单位某月某表里有哪些列；@roster 指名册覆盖到该月
-- 粒度：county_id, month, table_name, field
-- 依据：缺列不是人的过错，指标按列判断可测与否
select distinct file.county_id, file.month, sheet.table_name, unnest(sheet.fields) as field
from staging.source_file as file
join raw.sheet as sheet on file.file_id = sheet.file_id
where sheet.table_name <> ''
union
select distinct grid.county_id, month.month, delivered.table_name, '@roster' as field
from core.person_post as post
join staging.grid_home as grid on post.grid_id = grid.grid_id
join core.month as month
    on post.valid_from <= month.last_day and (post.valid_to is null or post.valid_to >= month.first_day)
join core.delivered as delivered on grid.county_id = delivered.county_id and month.month = delivered.month
