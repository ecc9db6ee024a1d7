-- 已报送：某单位某月文件夹里收到过某表，至少有一行可用，或表头之下本来就是空的（无记录也是报送）
-- 粒度：county_id, month, table_name
-- 依据：四（三）反馈；各行全部退回的不算报送，否则退回反成了“未履行”
with usable as (
    select distinct file_id, table_name from staging.row_outcome where disposition <> 'rejected'
)

select
    file.county_id,
    file.month,
    sheet.table_name,
    min(file.received_at) as first_received_at,
    max(file.received_at) as last_received_at,
    min_by(file.content_id, concat(cast(file.received_at as varchar), file.file_id)) as first_content_id
from staging.source_file as file
join raw.sheet as sheet on file.file_id = sheet.file_id
left join usable on file.content_id = usable.file_id and sheet.table_name = usable.table_name
where file.is_own and sheet.table_name <> '' and (sheet.found = 0 or usable.file_id is not null)
group by file.county_id, file.month, sheet.table_name
