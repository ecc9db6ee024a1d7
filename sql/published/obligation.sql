-- 义务：一行一项，附义务开始日与到期日的在岗人
-- 粒度：metric_id, obligation_id
-- 依据：方案一 责任到人；五（三）对网格长、网格检查员的履职监督
-- 网格在到期之前撤销而没有办完的，由其时还在的上级接着承担（core.grid_heir）；撤销之前办完的仍是它的
select
    duty.metric_id,
    duty.obligation_id,
    coalesce(heir.heir_id, duty.grid_id) as grid_id,
    cast(coalesce(heir.heir_level, duty.owner_level) as bigint) as owner_level,
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
    days_between(at_due.since, duty.due_at) + 1 as days_in_post_at_due,
    at_due.deputy as deputy_at_due,
    duty.duty_row_id,
    duty.met_row_id,
    case when heir.told_zh is null then duty.due_basis else concat_ws('', duty.due_basis, heir.told_zh) end as due_basis
from obligations.duty as duty
cross join seed.moment as moment
left join core.grid_heir as heir
    on
        duty.grid_id = heir.grid_id
        and cast(coalesce(duty.due_at, moment.as_of) as date) between heir.valid_from and heir.valid_to
        and (duty.met_at is null or cast(duty.met_at as date) >= heir.valid_from)
        and duty.state <> 'void'
left join core.in_charge as at_start
    on
        case when cast(duty.started_at as date) >= heir.valid_from then heir.heir_id else duty.grid_id end = at_start.grid_id
        and cast(duty.started_at as date) between at_start.valid_from and at_start.valid_to
left join core.in_charge as at_due
    on
        coalesce(heir.heir_id, duty.grid_id) = at_due.grid_id
        and cast(duty.due_at as date) between at_due.valid_from and at_due.valid_to
