-- 数据报送：县区在次月限日之前报来上月的每一张台账；一行是一县一月一表
-- 粒度：grid_id, about_month, subject_id
-- 依据：四（三）反馈；限日为本系统暂定。收到可用的一份即为履行：至少一行可用，或表头之下本来就是空的
select
    'export_submission' as metric_id,
    concat_ws('', 'export_submission/', report.county_id, '/', report.month, '/', report.table_name) as obligation_id,
    report.county_id as grid_id,
    report.owner_level,
    report.county_id,
    'table' as subject_kind,
    report.table_name as subject_id,
    cast(1 as bigint) as round,
    report.month as about_month,
    report.period,
    report.started_at,
    report.due_at as original_due_at,
    report.due_at,
    false as is_extended,
    report.first_received_at as met_at,
    case
        when report.due_at is null then 'pending'
        when report.first_received_at <= report.due_at then 'on_time'
        when report.first_received_at > report.due_at then 'late'
        when moment.as_of > report.due_at then 'overdue'
        else 'pending'
    end as state,
    cast(null as varchar) as duty_row_id,
    report.header_row_id as met_row_id,
    concat_ws(
        '',
        report.limit_zh,
        case when report.due_at is null then '；到期日所在年份的日历未发布' else '' end,
        case when report.is_early then '；月底前收到，可能未含全月' else '' end,
        case when report.is_returned then '；各行全部退回，不算报送' else '' end
    ) as due_basis
from core.report as report
cross join seed.moment as moment
