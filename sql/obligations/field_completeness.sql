-- 字段填报：县区每月每张台账的每个应有字段有表头、应填的格填够；一行是一县一月一表一字段
-- 粒度：grid_id, about_month, subject_id
-- 依据：四（三）反馈；contracts 缺列不得利：缺列使别的指标不可测，缺列本身是县区的事
select
    'field_completeness' as metric_id,
    concat_ws('', 'field_completeness/', asked.county_id, '/', asked.month, '/', asked.table_name, '/', asked.field)
        as obligation_id,
    asked.county_id as grid_id,
    asked.owner_level,
    asked.county_id,
    'field' as subject_kind,
    concat_ws('', asked.table_name, '.', asked.field) as subject_id,
    cast(1 as bigint) as round,
    asked.month as about_month,
    asked.period,
    asked.started_at,
    asked.due_at as original_due_at,
    asked.due_at,
    false as is_extended,
    case when asked.is_enough then asked.enough_at end as met_at,
    case
        when asked.due_at is null then 'pending'
        when asked.is_enough and asked.enough_at <= asked.due_at then 'on_time'
        when asked.is_enough then 'late'
        when moment.as_of <= asked.due_at then 'pending'
        when not asked.is_delivered then 'unreported'
        else 'overdue'
    end as state,
    cast(null as varchar) as duty_row_id,
    case when asked.is_enough then asked.header_row_id end as met_row_id,
    concat_ws(
        '',
        asked.limit_zh,
        case when asked.due_at is null then '；到期日所在年份的日历未发布' else '' end,
        case
            when asked.due_at > asked.table_due_at
                then concat_ws('', '；', asked.table_zh, '迟于 ', cast(cast(asked.table_due_at as date) as varchar), ' 报来，以收到之时为限')
            else ''
        end,
        case
            when asked.is_returned then concat_ws('', '；该月', asked.table_zh, '各行全部退回')
            when not asked.is_delivered then concat_ws('', '；该月', asked.table_zh, '未报送')
            when not asked.has_header then concat_ws('', '；表头无“', asked.field_zh, '”列（', asked.latest_path, '）')
            when not asked.is_enough
                then concat_ws(
                    '',
                    '；“', asked.field_zh, '”读到 ', cast(asked.found as varchar), ' 行，只填 ',
                    cast(asked.filled as varchar), ' 行（', asked.latest_path, '）'
                )
            else ''
        end
    ) as due_basis
from core.report_field as asked
cross join seed.moment as moment
