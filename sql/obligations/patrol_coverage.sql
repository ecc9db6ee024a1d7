-- 巡查覆盖：承担巡查的网格每月至少由本网格的人在本网格内巡查一次；一行是一个网格一个月的义务
-- 粒度：grid_id, period
-- 依据：方案一 全面覆盖；四（一）各级网格责任人员对所负责的网格开展巡查
with owed as (
    select
        grid.grid_id,
        grid.level as owner_level,
        grid.county_id,
        month.month,
        month.starts_at,
        month.ends_at,
        month.is_over
    from core.month as month
    join core.grid as grid
        on
            grid.is_patrol_grid
            and grid.level in (1, 2, 3)
            and grid.valid_from <= month.first_day
            and (grid.valid_to is null or grid.valid_to >= month.last_day)
    join core.measurable as measurable
        on
            measurable.metric_id = 'patrol_coverage'
            and grid.county_id = measurable.county_id
            and month.month = measurable.month
            and measurable.measurable <> 'no'
),

met as (
    select
        credit.grid_id,
        month_of(credit.started_at) as month,
        min(credit.started_at) as met_at,
        min_by(credit.row_id, concat(cast(credit.started_at as varchar), credit.row_id)) as met_row_id
    from core.patrol_credit as credit
    where credit.basis <> 'none'
    group by credit.grid_id, month_of(credit.started_at)
)

select
    'patrol_coverage' as metric_id,
    concat('patrol_coverage/', owed.grid_id, '/', owed.month) as obligation_id,
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
    met.met_at,
    case
        when met.met_at is not null then 'on_time'
        when not owed.is_over then 'pending'
        when delivered.table_name is null then 'unreported'
        else 'overdue'
    end as state,
    cast(null as varchar) as duty_row_id,
    met.met_row_id,
    duty_limit.text_zh as due_basis
from owed
join seed.duty_limit as duty_limit
    on
        duty_limit.metric_id = 'patrol_coverage'
        and cast(owed.starts_at as date) >= duty_limit.valid_from
        and (duty_limit.valid_to is null or cast(owed.starts_at as date) <= duty_limit.valid_to)
left join met on owed.grid_id = met.grid_id and owed.month = met.month
left join core.delivered as delivered
    on owed.county_id = delivered.county_id and owed.month = delivered.month and delivered.table_name = 'patrol'
