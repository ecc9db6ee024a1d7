-- 未报送的台账：只有台账才看得出的义务，该月台账未报送的，每个指标另记一项；一行是一个指标一个应办网格一个月
-- 粒度：obligation_id
-- 依据：四（三）反馈；不报不得利。县区的台账由二级网格承担，支队的由各一级网格单元承担
-- 只由三级承担的指标，台账仍是县区的事；不由一级承担的，与支队的台账无关
select
    metric.metric_id,
    concat_ws('', metric.metric_id, '/table/', owner.grid_id, '/', month.month) as obligation_id,
    owner.grid_id,
    owner.level as owner_level,
    owner.county_id,
    'table' as subject_kind,
    sender.table_name as subject_id,
    cast(1 as bigint) as round,
    month.month as about_month,
    month.month as period,
    month.starts_at as started_at,
    cast(null as timestamp) as original_due_at,
    cast(null as timestamp) as due_at,
    false as is_extended,
    cast(null as timestamp) as met_at,
    'unreported' as state,
    cast(null as varchar) as duty_row_id,
    cast(null as varchar) as met_row_id,
    concat_ws('', '该月', ledger.zh, '未报送') as due_basis
from core.sender_month as sender
join seed.ledger as ledger on sender.table_name = ledger.table_name
join seed.metric as metric on sender.table_name = metric.ledger
join core.month as month on sender.month = month.month
join seed.grid as owner
    on
        sender.county_id = owner.county_id
        and (owner.level = 2 or (owner.level = 1 and metric.level like '%1%'))
where month.is_over and not sender.is_delivered
