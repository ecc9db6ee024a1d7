-- 处置环节：各环节（sql/steps/）在限内办了没有；一行是一个问题的一个环节
-- 粒度：obligation_id
-- 依据：四（一）（二）（三）；到限的时刻见 obligations.step_clock；作废、并案、拆分、缓办、延期与整改时限同一规矩
-- 到限之前的批准才算数，每次批准只准它自己所写的日期
with approved as (
    select clock.metric_id, clock.problem_id, clock.part, max(approval.extended_due_at) as extended_due_at
    from obligations.step_clock as clock
    join core.approval as approval on clock.problem_id = approval.problem_id
    where
        clock.is_extendable
        and approval.approved_at <= clock.original_due_at
        and approval.extended_due_at > clock.original_due_at
    group by clock.metric_id, clock.problem_id, clock.part
),

extended as (
    select
        clock.*,
        case
            when approved.extended_due_at is not null
                then least(
                    approved.extended_due_at,
                    coalesce(
                        end_of_day(plus_days(cast(clock.original_due_at as date), extension.value)),
                        approved.extended_due_at
                    )
                )
        end as extended_to
    from obligations.step_clock as clock
    left join approved
        on
            clock.metric_id = approved.metric_id
            and clock.problem_id = approved.problem_id
            and clock.part = approved.part
    left join seed.duty_limit as extension
        on
            clock.metric_id = extension.metric_id
            and extension.limit_class = 'extension'
            and clock.started_on >= extension.valid_from
            and (extension.valid_to is null or clock.started_on <= extension.valid_to)
),

dated as (
    select
        extended.*,
        coalesce(extended.extended_to, extended.original_due_at) as due_at,
        -- 早于此时的办结是矛盾：一般是起算之时，环节另有说明的从其说明
        coalesce(extended.possible_from, extended.started_at) as not_before_at,
        case when extended.possible_from is null then extended.started_precision else extended.possible_precision end
            as not_before_precision
    from extended
),

weighed as (
    select
        dated.*,
        (
            voided.problem_id is not null
            and is_struck_in_time(voided.voided_at, voided.is_approved, dated.due_at, dated.met_at)
        )
        or (
            split.problem_id is not null
            and is_struck_in_time(split.split_at, false, dated.due_at, dated.met_at)
        )
        or coalesce(
            dated.is_suspendable
            -- 批准过的缓办，后来改写成别的，仍不计
            and (dated.closure = 'suspended' or lawful.suspension_approved_at >= start_of_day(dated.started_at))
            and lawful.suspension_approved_at <= coalesce(dated.due_at, lawful.suspension_approved_at),
            false
        ) as is_void
    from dated
    left join core.problem_voided as voided on dated.problem_id = voided.problem_id
    left join core.problem_split as split on dated.problem_id = split.problem_id
    left join core.problem_extension as lawful on dated.problem_id = lawful.problem_id and lawful.round = 1
)

select
    weighed.metric_id,
    concat_ws('/', weighed.metric_id, weighed.problem_id, nullif(weighed.part, '')) as obligation_id,
    weighed.grid_id,
    grid.level as owner_level,
    weighed.county_id,
    'problem' as subject_kind,
    weighed.problem_id as subject_id,
    coalesce(weighed.round, 1) as round,
    cast(null as varchar) as about_month,
    month_of(coalesce(weighed.due_at, weighed.started_at)) as period,
    weighed.started_at,
    weighed.original_due_at,
    weighed.due_at,
    weighed.extended_to is not null as is_extended,
    weighed.met_at,
    case
        when weighed.is_void then 'void'
        when weighed.is_disputed then 'bad_dates'
        when cast(weighed.met_at as date) < cast(weighed.not_before_at as date) then 'bad_dates'
        when
            weighed.met_at < weighed.not_before_at
            and weighed.not_before_precision = 'minute'
            and weighed.met_precision = 'minute'
            then 'bad_dates'
        when weighed.is_calendar_out then 'pending'
        when weighed.due_at is null then 'no_deadline'
        when weighed.met_at <= weighed.due_at then 'on_time'
        when weighed.met_at > weighed.due_at then 'late'
        when moment.as_of > weighed.due_at then 'overdue'
        else 'pending'
    end as state,
    weighed.duty_row_id,
    case when weighed.met_at is not null then coalesce(weighed.met_row_id, weighed.duty_row_id) end as met_row_id,
    concat_ws(
        '',
        coalesce(weighed.stated_basis, weighed.limit_zh, '未定时限'),
        case when weighed.is_by_day and weighed.stated_due_at is null then '；按日计' else '' end,
        case when weighed.extended_to is not null then '；经批准延期' else '' end,
        told_of_calendar(weighed.is_calendar_out, weighed.met_at),
        case when weighed.is_disputed then '；到期之后改写过，与先前所写结果不同，见更正记录' else '' end,
        case when weighed.withdrawn_at is not null then '；到期之后才改写或清空缘由，仍按先前所写计，见更正记录' else '' end,
        weighed.remark
    ) as due_basis
from weighed
join staging.grid_home as grid on weighed.grid_id = grid.grid_id and grid.level > 0
cross join seed.moment as moment
-- 到期之前就撤掉缘由的，没有这项义务
where weighed.withdrawn_at is null or weighed.withdrawn_at > weighed.due_at
