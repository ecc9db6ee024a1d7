-- 上级督导：上级网格每季至少到每个下级网格抽查、督查或指导一次；一行是一个下级网格一个季度，由上级承担
-- 粒度：obligation_id
-- 依据：二（一）1、3，二（二）1、3 指导监督二、三级网格，对所监管的网格巡查、抽查、督查
-- 上级所报台账没有“巡查类型”列而看不出来过的，没有这项义务（不可测）
select
    'upper_guidance' as metric_id,
    concat_ws('/', 'upper_guidance', owed.subject_grid_id, owed.quarter) as obligation_id,
    owed.grid_id,
    owed.owner_level,
    owed.county_id,
    'grid' as subject_kind,
    owed.subject_grid_id as subject_id,
    cast(1 as bigint) as round,
    cast(null as varchar) as about_month,
    owed.period,
    owed.started_at,
    owed.due_at as original_due_at,
    owed.due_at,
    false as is_extended,
    owed.met_at,
    case
        when owed.met_at is not null then 'on_time'
        when not owed.is_over then 'pending'
        when not owed.is_delivered then 'unreported'
        else 'overdue'
    end as state,
    cast(null as varchar) as duty_row_id,
    owed.met_row_id,
    concat_ws('', duty_limit.text_zh, '；', owed.quarter, ' ', owed.subject_name) as due_basis
from core.guidance_quarter as owed
join seed.duty_limit as duty_limit
    on
        duty_limit.metric_id = 'upper_guidance'
        and cast(owed.started_at as date) >= duty_limit.valid_from
        and (duty_limit.valid_to is null or cast(owed.started_at as date) <= duty_limit.valid_to)
where
    not owed.is_blind
    and (owed.met_at is not null or not owed.is_over or not owed.is_delivered or owed.has_kind)
