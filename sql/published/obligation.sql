-- 义务：一行一项，附义务开始日与到期日的在岗人
-- 粒度：metric_id, obligation_id
-- 依据：方案一 责任到人；五（三）对网格长、网格检查员的履职监督
-- 在岗的人、代理的人变动的日子
with turning as (
    select grid_id, valid_from as from_day from core.duty_holder
    union
    select grid_id, plus_days(valid_to, 1) as from_day from core.duty_holder where valid_to is not null
    union
    select grid_id, valid_from as from_day from core.absence
    union
    select grid_id, plus_days(valid_to, 1) as from_day from core.absence where valid_to is not null
),

-- 其间无人变动的一段时间，止日不含
span as (
    select
        grid_id,
        from_day,
        coalesce(lead(from_day) over (partition by grid_id order by from_day), date '9999-12-31') as until_day
    from turning
),

-- 一段时间的在岗人；同时有两人的，取后到岗者
holding as (
    select span.grid_id, span.from_day, span.until_day, holder.name, holder.valid_from
    from span
    join core.duty_holder as holder
        on
            span.grid_id = holder.grid_id
            and span.from_day >= holder.valid_from
            and (holder.valid_to is null or span.from_day <= holder.valid_to)
    qualify
        row_number() over (
            partition by span.grid_id, span.from_day
            order by holder.valid_from desc, holder.name asc, holder.person_id asc
        ) = 1
),

in_post as (
    select
        holding.grid_id, holding.from_day, holding.until_day, holding.name, holding.valid_from,
        max(absence.deputy) as deputy
    from holding
    left join core.absence as absence
        on
            holding.grid_id = absence.grid_id
            and holding.name = absence.name
            and holding.from_day >= absence.valid_from
            and (absence.valid_to is null or holding.from_day <= absence.valid_to)
    group by holding.grid_id, holding.from_day, holding.until_day, holding.name, holding.valid_from
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
    at_due.deputy as deputy_at_due,
    duty.duty_row_id,
    duty.met_row_id,
    duty.due_basis
from obligations.duty as duty
left join in_post as at_start
    on
        duty.grid_id = at_start.grid_id
        and cast(duty.started_at as date) >= at_start.from_day
        and cast(duty.started_at as date) < at_start.until_day
left join in_post as at_due
    on
        duty.grid_id = at_due.grid_id
        and cast(duty.due_at as date) >= at_due.from_day
        and cast(duty.due_at as date) < at_due.until_day
