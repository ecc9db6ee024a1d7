-- 字段填报的经过：某单位某月某表一个应有的字段，每收到一件之后，当时有效的各件合起来填了多少
-- 粒度：county_id, month, table_name, field, changed_at
-- 依据：缺列不得利。没有该列的文件，其各行都算未填；应填的格空着算未填，可以留空的列有表头即可
-- 已被重报代替的文件自代替之时起、退回的行自重报之时起、改写了的记录自改写之时起，不再计入；重复的行只算一次
with replaced as (
    select table_name, earlier_id as file_id, month, min(replaced_at) as replaced_at
    from core.replacement
    group by table_name, earlier_id, month
),

placed as (
    select row_id, file_id, sheet_name, table_name
    from raw.source_row
    where kind = 'body' and row_id not in (select repeated.row_id from core.repeated_row as repeated)
),

-- 少数几行才有的改正与空格，逐张工作表清点
mended as (
    select placed.row_id, placed.file_id, placed.table_name, placed.sheet_name, file.received_at as mended_at
    from staging.successor as successor
    join placed on successor.row_id = placed.row_id
    join staging.row_outcome as later on successor.by_row_id = later.row_id
    join staging.source_file as file on later.file_id = file.file_id
    where successor.disposition = 'rejected'
    union all
    -- 同月后来的一件改写了的记录，以后来的为准
    select placed.row_id, placed.file_id, placed.table_name, placed.sheet_name, min(later_file.received_at) as mended_at
    from staging.row_outcome as later
    join staging.row_outcome as earlier
        on
            later.table_name = earlier.table_name
            and later.row_key = earlier.row_key
            and later.version_no > earlier.version_no
    join staging.source_file as later_file on later.file_id = later_file.file_id
    join staging.source_file as file
        on
            earlier.file_id = file.file_id
            and later_file.month = file.month
            and later_file.received_at > file.received_at
    join placed on earlier.row_id = placed.row_id
    where later.disposition = 'accepted' and later.version_no > 1 and earlier.disposition <> 'rejected'
    group by placed.row_id, placed.file_id, placed.table_name, placed.sheet_name
),

mended_count as (
    select file_id, table_name, sheet_name, mended_at, count(*) as lines
    from mended
    group by file_id, table_name, sheet_name, mended_at
),

mended_total as (
    select file_id, table_name, sheet_name, sum(lines) as lines
    from mended_count
    group by file_id, table_name, sheet_name
),

empty_count as (
    select placed.file_id, placed.table_name, placed.sheet_name, empty_cell.field, mended.mended_at, count(*) as lines
    from core.empty_cell as empty_cell
    join placed on empty_cell.row_id = placed.row_id
    left join mended on empty_cell.row_id = mended.row_id
    group by placed.file_id, placed.table_name, placed.sheet_name, empty_cell.field, mended.mended_at
),

repeated_count as (
    select file_id, table_name, sheet_name, count(*) as lines
    from core.repeated_row
    group by file_id, table_name, sheet_name
),

seen as (
    select
        sheet.county_id,
        sheet.month,
        sheet.table_name,
        sheet.field,
        sheet.content_id as file_id,
        sheet.sheet_name,
        sheet.received_at,
        sheet.found - coalesce(repeated_count.lines, 0) as found,
        replaced.replaced_at,
        sheet.has_header
    from core.sheet_field as sheet
    left join replaced
        on
            sheet.content_id = replaced.file_id
            and sheet.table_name = replaced.table_name
            and sheet.month = replaced.month
    left join repeated_count
        on
            sheet.content_id = repeated_count.file_id
            and sheet.table_name = repeated_count.table_name
            and sheet.sheet_name = repeated_count.sheet_name
),

-- 一张工作表里同时失效的行归作一份：照旧有效的，与各次改好的
part as (
    select
        seen.county_id, seen.month, seen.table_name, seen.field, seen.received_at,
        seen.replaced_at as ends_at,
        case when seen.has_header then 1 else 0 end as headers,
        seen.found - coalesce(mended_total.lines, 0) as found,
        case when seen.has_header then seen.found - coalesce(mended_total.lines, 0) - coalesce(lacking.lines, 0) else 0 end
            as filled
    from seen
    left join mended_total
        on
            seen.file_id = mended_total.file_id
            and seen.table_name = mended_total.table_name
            and seen.sheet_name = mended_total.sheet_name
    left join empty_count as lacking
        on
            seen.file_id = lacking.file_id
            and seen.table_name = lacking.table_name
            and seen.sheet_name = lacking.sheet_name
            and seen.field = lacking.field
            and lacking.mended_at is null
    union all
    select
        seen.county_id, seen.month, seen.table_name, seen.field, seen.received_at,
        least(mended_count.mended_at, coalesce(seen.replaced_at, mended_count.mended_at)) as ends_at,
        0 as headers,
        mended_count.lines as found,
        case when seen.has_header then mended_count.lines - coalesce(lacking.lines, 0) else 0 end as filled
    from seen
    join mended_count
        on
            seen.file_id = mended_count.file_id
            and seen.table_name = mended_count.table_name
            and seen.sheet_name = mended_count.sheet_name
    left join empty_count as lacking
        on
            seen.file_id = lacking.file_id
            and seen.table_name = lacking.table_name
            and seen.sheet_name = lacking.sheet_name
            and seen.field = lacking.field
            and mended_count.mended_at = lacking.mended_at
),

step as (
    select county_id, month, table_name, field, received_at as changed_at, headers, found, filled from part
    union all
    select county_id, month, table_name, field, ends_at as changed_at, -headers as headers, -found as found, -filled as filled
    from part
    where ends_at is not null
),

change as (
    select
        county_id, month, table_name, field, changed_at,
        sum(headers) as headers, sum(found) as found, sum(filled) as filled
    from step
    group by county_id, month, table_name, field, changed_at
)

select
    county_id,
    month,
    table_name,
    field,
    changed_at,
    sum(headers) over so_far > 0 as has_header,
    cast(sum(found) over so_far as bigint) as found,
    cast(sum(filled) over so_far as bigint) as filled
from change
window so_far as (partition by county_id, month, table_name, field order by changed_at)
