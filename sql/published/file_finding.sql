-- 整件提示：一行是一件的一张表的一处可疑，不是哪一行的错，数据照常采用
-- 粒度：file_id, table_name, rule, column_name
-- 依据：报过的列不见了、行的日期不在所属月份、表里一行也没有，须提醒报送单位核对
with found as (
    select
        file_id, table_name, field as column_name, 'column_vanished' as rule, last_path as value,
        cast(null as varchar) as count_zh
    from core.column_vanished
    union all
    select
        file_id, table_name, '' as column_name, 'other_month' as rule, months_seen as value,
        cast(stray_rows as varchar) as count_zh
    from core.other_month
    union all
    select distinct
        sheet.file_id, sheet.table_name, '' as column_name, 'empty_ledger' as rule, '' as value,
        cast(null as varchar) as count_zh
    from core.sent_sheet as sheet
    join seed.ledger as ledger on sheet.table_name = ledger.table_name and ledger.cadence = 'monthly'
    where sheet.found = 0
)

select
    found.file_id,
    file.county_id,
    file.month,
    found.table_name,
    ledger.zh as table_zh,
    found.column_name,
    coalesce(heading.zh, '') as column_zh,
    found.rule,
    'warn' as severity,
    found.value,
    replace(
        replace(
            replace(replace(rule.message_zh, '{column}', coalesce(heading.zh, '')), '{count}', coalesce(found.count_zh, '')),
            '{month}', file.month
        ),
        '{value}', found.value
    ) as message_zh,
    replace(rule.mend_zh, '{column}', coalesce(heading.zh, '')) as mend_zh
from found
join staging.source_file as file on found.file_id = file.file_id
join seed.ledger as ledger on found.table_name = ledger.table_name
join seed.rule as rule on found.rule = rule.rule
left join seed.heading as heading
    on found.table_name = heading.table_name and found.column_name = heading.column_name
