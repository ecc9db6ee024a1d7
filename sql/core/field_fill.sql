-- 字段填报：某单位某月某表一个应有的字段，各行填了多少；一行是一单位一月一表一字段
-- 粒度：county_id, month, table_name, field
-- 依据：缺列不得利。没有该列的文件，其各行都算未填；应填的格空着算未填（此行已退回待改），可以留空的列有表头即可
-- 已被重报代替的文件、退回后已改好的行不再计入
with replaced as (
    select distinct resend.table_name, resend.earlier_id as content_id, later.month
    from staging.resend as resend
    join staging.source_file as later on resend.later_id = later.file_id
),

-- 少数几行才有的发现，逐张工作表清点
placed as (
    select row_id, file_id, sheet_name, table_name from raw.source_row
),

mended as (
    select placed.file_id, placed.table_name, placed.sheet_name, count(*) as mended_rows
    from staging.successor as successor
    join placed on successor.row_id = placed.row_id
    where successor.disposition = 'rejected'
    group by placed.file_id, placed.table_name, placed.sheet_name
),

lacking as (
    select
        placed.file_id,
        placed.table_name,
        placed.sheet_name,
        finding.column_name as field,
        count(*) as empty_rows,
        count(successor.row_id) as mended_rows
    from staging.finding as finding
    join placed on finding.row_id = placed.row_id
    left join staging.successor as successor
        on finding.row_id = successor.row_id and successor.disposition = 'rejected'
    where finding.rule = 'missing'
    group by placed.file_id, placed.table_name, placed.sheet_name, finding.column_name
),

seen as (
    select
        file.county_id,
        file.month,
        file.received_at,
        file.path,
        file.file_id,
        file.content_id,
        sheet.table_name,
        asked.field,
        replaced.content_id is null as is_standing,
        list_contains(sheet.fields, asked.field) or fixed.column_name is not null as has_header,
        sheet.found,
        sheet.found - coalesce(lacking.empty_rows, 0) as filled,
        sheet.found - coalesce(mended.mended_rows, 0) as standing_found,
        sheet.found - coalesce(mended.mended_rows, 0)
        - coalesce(lacking.empty_rows - lacking.mended_rows, 0) as standing_filled
    from staging.source_file as file
    join raw.sheet as sheet on file.file_id = sheet.file_id
    join seed.asked_field as asked on sheet.table_name = asked.table_name
    left join seed.constant as fixed
        on
            sheet.table_name = fixed.table_name
            and file.county_id = fixed.county_id
            and asked.field = fixed.column_name
    left join replaced
        on
            file.content_id = replaced.content_id
            and sheet.table_name = replaced.table_name
            and file.month = replaced.month
    left join mended
        on
            file.content_id = mended.file_id
            and sheet.table_name = mended.table_name
            and sheet.sheet_name = mended.sheet_name
    left join lacking
        on
            file.content_id = lacking.file_id
            and sheet.table_name = lacking.table_name
            and sheet.sheet_name = lacking.sheet_name
            and asked.field = lacking.field
),

-- 哪一件起就够了：按收到的先后，自身即已填够的第一件
enough as (
    select
        seen.county_id,
        seen.month,
        seen.table_name,
        seen.field,
        seen.received_at,
        seen.content_id,
        concat(cast(seen.received_at as varchar), seen.file_id) as turn
    from seen
    join core.report_due as due on seen.month = due.month
    join seed.duty_limit as duty_limit
        on
            duty_limit.metric_id = 'field_completeness'
            and cast(due.started_at as date) >= duty_limit.valid_from
            and (duty_limit.valid_to is null or cast(due.started_at as date) <= duty_limit.valid_to)
    group by
        seen.county_id, seen.month, seen.table_name, seen.field, seen.received_at, seen.content_id, seen.file_id,
        duty_limit.value
    having
        bool_or(seen.has_header)
        and 100 * sum(case when seen.has_header then seen.filled else 0 end) >= duty_limit.value * sum(seen.found)
),

first_enough as (
    select
        county_id, month, table_name, field,
        min_by(received_at, turn) as received_at,
        min_by(content_id, turn) as content_id
    from enough
    group by county_id, month, table_name, field
)

select
    seen.county_id,
    seen.month,
    seen.table_name,
    seen.field,
    bool_or(seen.has_header) as has_header,
    cast(sum(seen.standing_found) as bigint) as found,
    cast(sum(case when seen.has_header then seen.standing_filled else 0 end) as bigint) as filled,
    -- 没有一件自身填够、合起来才够的，以最后一件收到为准
    coalesce(min(first_enough.received_at), max(seen.received_at)) as enough_at,
    coalesce(
        min(first_enough.content_id), max_by(seen.content_id, concat(cast(seen.received_at as varchar), seen.file_id))
    ) as enough_content_id,
    max_by(seen.path, concat(cast(seen.received_at as varchar), seen.file_id)) as latest_path
from seen
left join first_enough
    on
        seen.county_id = first_enough.county_id
        and seen.month = first_enough.month
        and seen.table_name = first_enough.table_name
        and seen.field = first_enough.field
where seen.is_standing
group by seen.county_id, seen.month, seen.table_name, seen.field
