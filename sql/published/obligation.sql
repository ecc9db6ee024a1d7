-- 义务：一行一项，附义务开始日与到期日的在岗人
-- 粒度：metric_id, obligation_id
-- 依据：方案一 责任到人；五（三）对网格长、网格检查员的履职监督
with duty_day as (
    select obligation_id, grid_id, 'start' as which, cast(started_at as date) as on_day from obligations.duty
    union all
    select obligation_id, grid_id, 'due' as which, cast(due_at as date) as on_day from obligations.duty
),

-- 当日在岗人；同日有两人的，取后到岗者
in_post as (
    select duty_day.obligation_id, duty_day.which, holder.name, holder.valid_from
    from duty_day
    join core.duty_holder as holder
        on
            duty_day.grid_id = holder.grid_id
            and duty_day.on_day >= holder.valid_from
            and (holder.valid_to is null or duty_day.on_day <= holder.valid_to)
    qualify
        row_number() over (
            partition by duty_day.obligation_id, duty_day.which
            order by holder.valid_from desc, holder.name asc, holder.person_id asc
        ) = 1
),

deputy as (
    select duty.obligation_id, max(absence.deputy) as deputy
    from obligations.duty as duty
    join in_post on duty.obligation_id = in_post.obligation_id and in_post.which = 'due'
    join core.absence as absence
        on
            duty.grid_id = absence.grid_id
            and in_post.name = absence.name
            and cast(duty.due_at as date) >= absence.valid_from
            and (absence.valid_to is null or cast(duty.due_at as date) <= absence.valid_to)
    group by duty.obligation_id
)

select
    duty.metric_id,
    duty.obligation_id,
    duty.grid_id,
    cast(duty.owner_level as bigint) as owner_level,
    duty.county_id,
    duty.subject_kind,
    duty.subject_id,
    cast(duty.round as bigint) as round,
    duty.about_month,
    duty.period,
    duty.started_at,
    duty.original_due_at,
    duty.due_at,
    duty.is_extended,
    duty.met_at,
    duty.state,
    at_start.name as person_at_start,
    at_due.name as person_at_due,
    days_between(at_due.valid_from, duty.due_at) + 1 as days_in_post_at_due,
    deputy.deputy as deputy_at_due,
    duty.duty_row_id,
    duty.met_row_id,
    duty.due_basis
from obligations.duty as duty
left join in_post as at_start on duty.obligation_id = at_start.obligation_id and at_start.which = 'start'
left join in_post as at_due on duty.obligation_id = at_due.obligation_id and at_due.which = 'due'
left join deputy on duty.obligation_id = deputy.obligation_id
