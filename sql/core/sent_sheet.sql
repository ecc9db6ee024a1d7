-- 报来的工作表：一行是某单位一件里认出的一张工作表，算哪月的报送。只有表头而同月同表另有记录的，不算
-- 粒度：file_id, sheet_name
-- 依据：四（三）反馈；一件里某表各行全都写明代替先前退回的哪一行的（退回待核改好发回），算那些行的月份，不作所放文件夹那月的台账
with mending as (
    select file_id, table_name, count(*) as lines, max(mended_month) as month
    from staging.mend
    where is_known
    group by file_id, table_name
),

told as (
    select
        file.file_id,
        -- 同一内容先后报了两月的，行只存一份，记在先报的那件之下
        file.content_id,
        file.county_id,
        file.month as folder_month,
        file.received_at,
        file.path,
        sheet.sheet_name,
        sheet.table_name,
        sheet.fields,
        sheet.found,
        sum(sheet.found) over (partition by file.file_id, sheet.table_name) as table_found
    from staging.source_file as file
    join raw.sheet as sheet on file.file_id = sheet.file_id
    where file.is_own and sheet.table_name <> ''
),

dated as (
    select
        told.*,
        case when mending.lines = told.table_found then mending.month else told.folder_month end as month
    from told
    left join mending on told.file_id = mending.file_id and told.table_name = mending.table_name
)

select file_id, content_id, county_id, month, received_at, path, sheet_name, table_name, fields, found
from dated
qualify found > 0 or max(found) over (partition by county_id, month, table_name) = 0
