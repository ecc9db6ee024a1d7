-- 已报送：某单位某月文件夹里收到过某表（至少一个文件认出了表头）
-- 粒度：county_id, month, table_name
-- 依据：四（三）反馈；空表有表头也算报送
select file.county_id, file.month, sheet.table_name, min(file.received_at) as first_received_at
from staging.source_file as file
join raw.sheet as sheet on file.file_id = sheet.file_id
where sheet.table_name <> ''
group by file.county_id, file.month, sheet.table_name
