-- 来源工作表：来源文件中有内容的每一张工作表，识别为哪张表、哪些列没有用到、是否隐藏
-- 粒度：file_id, sheet_name
-- 依据：数据不消失：没有用到的列和隐藏的工作表也要说出来
select
    file.file_id,
    sheet.sheet_name,
    sheet.table_name,
    coalesce(ledger.zh, '') as table_zh,
    sheet.is_hidden,
    sheet.header_row,
    sheet.found,
    sheet.unused as unused_columns,
    sheet.nearest as nearest_table,
    sheet.lacking as lacking_columns,
    sheet.is_no_ledger
from staging.source_file as file
join raw.sheet as sheet on file.content_id = sheet.file_id
left join seed.ledger as ledger on sheet.table_name = ledger.table_name
