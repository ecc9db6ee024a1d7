-- 台账表头：一行是一件里一张表最先的一行表头，没有别的行可凭的义务以它为证
-- 粒度：file_id, table_name
-- 依据：四（三）反馈；每个数都回得到文件与行
select file_id, table_name, min_by(row_id, concat(sheet_name, lpad(cast(row_number as varchar), 9, '0'))) as row_id
from raw.source_row
where kind = 'header'
group by file_id, table_name
