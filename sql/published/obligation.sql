-- 义务：一行一项，附义务开始日与到期日的在岗人
-- 粒度：metric_id, obligation_id
-- 依据：方案一 责任到人；五（三）对网格长、网格检查员的履职监督
with duty_day as (
    select grid_id, cast(started_at as date) as on_day from obligations.duty
    union
    select grid_id, cast(due_at as date) as on_day from obligations.duty
),

-- 当日在岗人；同日有两人的，取后到岗者
in_post as (
    select duty_day.grid_id, duty_day.on_day, holder.name, holder.valid_from
    from duty_day
    join core.duty_holder as holder
        on
            duty_day.grid_id = holder.grid_id
            and duty_day.on_day >= holder.valid_from
            and (holder.valid_to is null or duty_day.on_day <= holder.valid_to)
    qualify
        row_number() over (
            partition by duty_day.grid_id, duty_day.on_day
            order by holder.valid_from desc, holder.name asc, holder.person_id asc
        ) = 1
),

deputy as (
    select in_post.grid_id, in_post.on_day, max(absence.deputy) as deputy
    from in_post
    join core.absence as absence
        on
            in_post.grid_id = absence.grid_id
            and in_post.name = absence.name
            and in_post.on_day >= absence.valid_from
            and (absence.valid_to is null or in_post.on_day <= absence.valid_to)
    group by in_post.grid_id, in_post.on_day
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
left join in_post as at_start
    on duty.grid_id = at_start.grid_id and cast(duty.started_at as date) = at_start.on_day
left join in_post as at_due
    on duty.grid_id = at_due.grid_id and cast(duty.due_at as date) = at_due.on_day
left join deputy on duty.grid_id = deputy.grid_id and cast(duty.due_at as date) = deputy.on_day
