-- 来源行：来源文件中的一行
-- 粒度：row_id
-- 依据：每个数字都能走回文件、工作表、行
select source.row_id, source.file_id, source.sheet_name, source.row_number, source.kind, source.table_name
from raw.source_row as source
join staging.source_file as file on source.file_id = file.file_id
