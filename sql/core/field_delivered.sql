-- 已报送的列：某单位某月某表里有哪些列；@roster 指名册覆盖到该月
-- 粒度：county_id, month, table_name, field
-- 依据：缺列不是人的过错，指标按列判断可测与否；“实施网格”一格未填，等于没有这一列
with given as (
    select distinct file.county_id, file.month, sheet.table_name, unnest(sheet.fields) as field
    from staging.source_file as file
    join raw.sheet as sheet on file.file_id = sheet.file_id
    where sheet.table_name <> ''
),

stated as (
    select distinct county_id, month from staging.patrol where by_grid_id is not null
)

select given.county_id, given.month, given.table_name, given.field
from given
left join stated on given.county_id = stated.county_id and given.month = stated.month
where given.table_name <> 'patrol' or given.field <> 'by_grid' or stated.county_id is not null
union
select distinct grid.county_id, month.month, delivered.table_name, '@roster' as field
from core.person_post as post
join staging.grid_home as grid on post.grid_id = grid.grid_id
join core.month as month
    on post.valid_from <= month.last_day and (post.valid_to is null or post.valid_to >= month.first_day)
join core.delivered as delivered on grid.county_id = delivered.county_id and month.month = delivered.month
