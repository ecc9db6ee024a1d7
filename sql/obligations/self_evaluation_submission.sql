-- 自评上报：每个网格每年在次年限日之前上报自评；一行是一个网格一年
-- 粒度：grid_id, period
-- 依据：方案四（四）各级网格每年对本级网格运行情况进行自评，并上报自评结果；年末在的网格都有这项义务，不论是否承担巡查
-- 先写迟、后来改写为限内的，前后矛盾；到期之前已撤销而没有上报的网格，没有人可以上报，不纳入考核
with owed as (
    select
        grid_year.*,
        first_of_month(concat_ws('-', cast(grid_year.year + 1 as varchar), '01')) as opens_on
    from core.grid_year as grid_year
    where grid_year.is_over
),

dated as (
    select
        owed.grid_id,
        owed.owner_level,
        owed.county_id,
        owed.year,
        owed.ends_at,
        start_of_day(owed.opens_on) as started_at,
        end_of_day(plus_days(owed.opens_on, duty_limit.value - 1)) as due_at,
        owed.stands_until,
        duty_limit.text_zh
    from owed
    join seed.duty_limit as duty_limit
        on
            duty_limit.metric_id = 'self_evaluation_submission'
            and owed.opens_on >= duty_limit.valid_from
            and (duty_limit.valid_to is null or owed.opens_on <= duty_limit.valid_to)
),

weighed as (
    select
        dated.*,
        sent.met_at,
        sent.row_id,
        coalesce(sent.is_early, false) as is_early,
        sent.first_received_at,
        coalesce(
            sent.met_at <= dated.due_at and (sent.first_told_at is null or sent.first_told_at > dated.due_at), false
        ) as is_disputed,
        coalesce(
            sent.met_at <= dated.due_at
            and sent.first_received_at > end_of_day(plus_days(dated.due_at, correction_days())),
            false
        ) as is_seen_late,
        sent.grid_id is null
        and dated.stands_until is not null
        and end_of_day(dated.stands_until) < least(dated.due_at, moment.as_of) as is_gone,
        told.county_id is not null as is_told,
        moment.as_of > dated.due_at as is_past
    from dated
    cross join seed.moment as moment
    left join core.self_evaluation_sent as sent on dated.grid_id = sent.grid_id and dated.year = sent.year
    left join (select distinct county_id, year from core.self_evaluation) as told
        on dated.county_id = told.county_id and dated.year = told.year
)

select
    'self_evaluation_submission' as metric_id,
    concat_ws('/', 'self_evaluation_submission', weighed.grid_id, cast(weighed.year as varchar)) as obligation_id,
    weighed.grid_id,
    weighed.owner_level,
    weighed.county_id,
    'year' as subject_kind,
    cast(weighed.year as varchar) as subject_id,
    cast(1 as bigint) as round,
    cast(null as varchar) as about_month,
    month_of(weighed.due_at) as period,
    weighed.started_at,
    weighed.due_at as original_due_at,
    weighed.due_at,
    false as is_extended,
    weighed.met_at,
    case
        when weighed.is_early or weighed.is_disputed then 'bad_dates'
        when weighed.met_at <= weighed.due_at then 'on_time'
        when weighed.met_at > weighed.due_at then 'late'
        when weighed.is_gone then 'void'
        when not weighed.is_past then 'pending'
        when not weighed.is_told then 'unreported'
        else 'overdue'
    end as state,
    cast(null as varchar) as duty_row_id,
    weighed.row_id as met_row_id,
    concat_ws(
        '',
        weighed.text_zh,
        case
            when weighed.is_early then '；上报时间早于所评年度的第四季度，当时还说不上自评该年'
            when weighed.is_disputed then '；先报的上报时间在到期之后或早得不可信，后来改写为到期之前，前后矛盾'
            when weighed.met_at < weighed.ends_at then '；年度结束之前上报'
            else ''
        end,
        case
            when weighed.is_seen_late and not weighed.is_disputed then told_of_itself(weighed.first_received_at)
            else ''
        end,
        case
            when weighed.is_gone
                then concat_ws('', '；该网格 ', cast(weighed.stands_until as varchar), ' 已撤销，在到期之前')
            else ''
        end,
        case
            when weighed.met_at is null and weighed.is_past and not weighed.is_told and not weighed.is_gone
                then '；报送单位该年度自评一行也没有报来'
            else ''
        end
    ) as due_basis
from weighed
