-- 不见了的列：某单位上一次报来的同一张按月报送的表里还有，本月各件都没有；一行是一件一列
-- 粒度：file_id, table_name, field
-- 依据：contracts 表头报过之后又不见了，须提醒；列在哪一件里还有，一并指出
with sent as (
    select sheet.file_id, sheet.county_id, sheet.month, sheet.received_at, sheet.path, sheet.table_name, sheet.fields
    from core.sent_sheet as sheet
    join seed.ledger as ledger on sheet.table_name = ledger.table_name and ledger.cadence = 'monthly'
),

-- 本月最后收到的一件，提醒写在这一件上
latest as (
    select
        county_id,
        table_name,
        month,
        max_by(file_id, concat(cast(received_at as varchar), file_id)) as file_id,
        lag(month) over (partition by county_id, table_name order by month) as month_before
    from sent
    group by county_id, table_name, month
),

had as (
    select
        sent.county_id,
        sent.table_name,
        sent.month,
        heading.column_name as field,
        max_by(sent.path, concat(cast(sent.received_at as varchar), sent.file_id)) as path
    from sent
    join seed.heading as heading
        on sent.table_name = heading.table_name and list_contains(sent.fields, heading.column_name)
    -- 日期与钟点合为一列、分为两列，意思一样
    where not heading.is_spare
    group by sent.county_id, sent.table_name, sent.month, heading.column_name
)

select latest.file_id, latest.table_name, had.field, had.path as last_path
from latest
join had
    on
        latest.county_id = had.county_id
        and latest.table_name = had.table_name
        and latest.month_before = had.month
left join core.field_delivered as given
    on
        latest.county_id = given.county_id
        and latest.table_name = given.table_name
        and latest.month = given.month
        and had.field = given.field
where given.field is null
