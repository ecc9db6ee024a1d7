-- 巡查覆盖：承担巡查的网格每月至少由本网格的人在本网格内巡查一次；一行是一个网格一个月的义务
-- 粒度：grid_id, period
-- 依据：方案一 全面覆盖；四（一）各级网格责任人员对所负责的网格开展巡查
select
    'patrol_coverage' as metric_id,
    concat_ws('', 'patrol_coverage/', owed.grid_id, '/', owed.month) as obligation_id,
    owed.grid_id,
    owed.owner_level,
    owed.county_id,
    'grid' as subject_kind,
    owed.grid_id as subject_id,
    cast(1 as bigint) as round,
    cast(null as varchar) as about_month,
    owed.month as period,
    owed.starts_at as started_at,
    owed.ends_at as original_due_at,
    owed.ends_at as due_at,
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
    duty_limit.text_zh as due_basis
from core.coverage_month as owed
join seed.duty_limit as duty_limit
    on
        duty_limit.metric_id = 'patrol_coverage'
        and cast(owed.starts_at as date) >= duty_limit.valid_from
        and (duty_limit.valid_to is null or cast(owed.starts_at as date) <= duty_limit.valid_to)
where owed.is_measurable
