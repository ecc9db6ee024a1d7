-- 义务：一行一项，附义务开始日与到期日的在岗人
-- 粒度：metric_id, obligation_id
-- 依据：方案一 责任到人；五（三）对网格长、网格检查员的履职监督
with due_holder as (
    select duty.obligation_id, holder.person_id, holder.name, holder.valid_from
    from obligations.duty as duty
    join core.duty_holder as holder
        on
            duty.grid_id = holder.grid_id
            and cast(duty.due_at as date) >= holder.valid_from
            and (holder.valid_to is null or cast(duty.due_at as date) <= holder.valid_to)
    qualify
        row_number() over (
            partition by duty.obligation_id order by holder.valid_from desc, holder.name asc, holder.person_id asc
        ) = 1
),

start_holder as (
    select duty.obligation_id, holder.name
    from obligations.duty as duty
    join core.duty_holder as holder
        on
            duty.grid_id = holder.grid_id
            and cast(duty.started_at as date) >= holder.valid_from
            and (holder.valid_to is null or cast(duty.started_at as date) <= holder.valid_to)
    qualify
        row_number() over (
            partition by duty.obligation_id order by holder.valid_from desc, holder.name asc, holder.person_id asc
        ) = 1
),

deputy as (
    select duty.obligation_id, max(absence.deputy) as deputy
    from obligations.duty as duty
    join due_holder on duty.obligation_id = due_holder.obligation_id
    join core.absence as absence
        on
            duty.grid_id = absence.grid_id
            and due_holder.name = absence.name
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
    start_holder.name as person_at_start,
    due_holder.name as person_at_due,
    days_between(due_holder.valid_from, duty.due_at) + 1 as days_in_post_at_due,
    deputy.deputy as deputy_at_due,
    duty.duty_row_id,
    duty.met_row_id,
    duty.due_basis
from obligations.duty as duty
left join due_holder on duty.obligation_id = due_holder.obligation_id
left join start_holder on duty.obligation_id = start_holder.obligation_id
left join deputy on duty.obligation_id = deputy.obligation_id
