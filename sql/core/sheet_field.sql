-- 工作表应有的字段：一行是报来的一张工作表应有的一个字段，有没有该列；县区写法里逐行填固定值的列算有
-- 粒度：file_id, sheet_name, field
-- 依据：四（三）反馈；contracts 缺列不得利
select
    sheet.county_id,
    sheet.month,
    sheet.table_name,
    asked.field,
    sheet.file_id,
    sheet.content_id,
    sheet.sheet_name,
    sheet.received_at,
    sheet.path,
    sheet.found,
    list_contains(sheet.fields, asked.field) or fixed.column_name is not null as has_header
from core.sent_sheet as sheet
join seed.asked_field as asked on sheet.table_name = asked.table_name
left join seed.constant as fixed
    on
        sheet.table_name = fixed.table_name
        and sheet.county_id = fixed.county_id
        and asked.field = fixed.column_name
