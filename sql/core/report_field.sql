-- 应填字段：一行是一个县区一个月应报的一张表里应有的一个字段，填够了没有、自何时起
-- 粒度：county_id, month, table_name, field
-- 依据：四（三）反馈；contracts 缺列不得利。填够：有该列，且应填的格至少填了 sql/limits.toml（field_completeness）所定的百分之几
select
    report.county_id,
    report.owner_level,
    report.month,
    report.table_name,
    report.table_zh,
    asked.field,
    asked.field_zh,
    report.period,
    report.started_at,
    report.due_at as table_due_at,
    report.fields_due_at as due_at,
    report.is_delivered,
    report.is_returned,
    coalesce(fill.has_header, false) as has_header,
    fill.found,
    fill.filled,
    fill.latest_path,
    coalesce(report.is_delivered and fill.is_enough, false) as is_enough,
    fill.enough_at,
    header.row_id as header_row_id,
    duty_limit.text_zh as limit_zh
from core.report as report
join seed.asked_field as asked on report.table_name = asked.table_name
join seed.duty_limit as duty_limit
    on
        duty_limit.metric_id = 'field_completeness'
        and cast(report.started_at as date) >= duty_limit.valid_from
        and (duty_limit.valid_to is null or cast(report.started_at as date) <= duty_limit.valid_to)
left join core.field_fill as fill
    on
        report.county_id = fill.county_id
        and report.month = fill.month
        and report.table_name = fill.table_name
        and asked.field = fill.field
left join core.ledger_header as header on fill.enough_content_id = header.file_id and report.table_name = header.table_name
