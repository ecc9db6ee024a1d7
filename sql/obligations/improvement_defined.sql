-- 问题均有改进措施：自评写了问题的项目，措施、责任人、时限三样定齐；一行是自评的一个项目
-- 粒度：obligation_id
-- 依据：方案四（四）研究改进措施，并上报自评结果。时限与该年自评的上报相同；首报七日之后才补写的问题，以补写之日为限
-- 到期之后才从自评里删去的问题，义务仍在
with dated as (
    select
        item.*,
        first_of_month(concat_ws('-', cast(item.year + 1 as varchar), '01')) as opens_on
    from core.improvement as item
    where not item.lacks_defined and item.shortfall_at is not null
),

timed as (
    select
        dated.*,
        duty_limit.text_zh,
        end_of_day(plus_days(dated.opens_on, duty_limit.value - 1)) as yearly_due_at
    from dated
    join seed.duty_limit as duty_limit
        on
            duty_limit.metric_id = 'improvement_defined'
            and dated.opens_on >= duty_limit.valid_from
            and (duty_limit.valid_to is null or dated.opens_on <= duty_limit.valid_to)
),

weighed as (
    select
        timed.*,
        is_before_evaluating(timed.submitted_at, timed.year) as is_early,
        case
            when timed.is_shortfall_supplement then greatest(timed.yearly_due_at, end_of_day(timed.shortfall_at))
            else timed.yearly_due_at
        end as due_at,
        case
            when timed.improvement_at is not null and timed.owner_at is not null and timed.dated_at is not null
                then greatest(timed.improvement_at, timed.owner_at, timed.dated_at)
        end as met_at
    from timed
)

select
    'improvement_defined' as metric_id,
    concat_ws('/', 'improvement_defined', weighed.self_evaluation_id) as obligation_id,
    weighed.grid_id,
    home.level as owner_level,
    weighed.county_id,
    'self_evaluation' as subject_kind,
    weighed.self_evaluation_id as subject_id,
    cast(1 as bigint) as round,
    cast(null as varchar) as about_month,
    month_of(weighed.due_at) as period,
    start_of_day(weighed.opens_on) as started_at,
    weighed.yearly_due_at as original_due_at,
    weighed.due_at,
    false as is_extended,
    weighed.met_at,
    case
        when weighed.is_early then 'bad_dates'
        when weighed.met_at <= weighed.due_at then 'on_time'
        when weighed.met_at > weighed.due_at then 'late'
        when moment.as_of > weighed.due_at then 'overdue'
        else 'pending'
    end as state,
    weighed.row_id as duty_row_id,
    case when weighed.met_at is not null then weighed.row_id end as met_row_id,
    concat_ws(
        '',
        weighed.text_zh,
        case when weighed.due_at > weighed.yearly_due_at then '；问题是后来补写的，以补写之日为限' else '' end,
        case when not weighed.has_shortfall then '；到期之后才删去所写问题，义务仍在' else '' end,
        case when weighed.is_early then '；上报时间早于所评年度的第四季度，当时还说不上自评该年' else '' end,
        case
            when
                weighed.met_at <= weighed.due_at
                and weighed.first_received_at > end_of_day(plus_days(weighed.due_at, correction_days()))
                then told_of_itself(weighed.first_received_at)
            else ''
        end,
        case when weighed.improvement_at is null then '；未写改进措施' else '' end,
        case when weighed.owner_at is null then '；未写改进责任人' else '' end,
        case when weighed.dated_at is null then '；未写明改进时限' else '' end
    ) as due_basis
from weighed
join staging.grid_home as home on weighed.grid_id = home.grid_id
cross join seed.moment as moment
where weighed.has_shortfall or weighed.shortfall_gone_at > weighed.due_at
