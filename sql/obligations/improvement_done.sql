-- 改进措施完成：自评所列的改进措施按所定时限完成；一行是自评的一个项目
-- 粒度：obligation_id
-- 依据：方案四（四）研究改进措施。时限是网格自己定的：赶在到期之前改写的从其改写，到期之后改写、删去的仍以先前所写为限
-- 完成时间先写在时限之后、到期后改写到时限之前的，前后矛盾；完成在所评年度之前的，也是矛盾
with weighed as (
    select
        item.*,
        coalesce(
            item.done_at <= item.measure_due_at and item.first_done_at > item.measure_due_at and item.rewritten_at > item.measure_due_at, false
        ) as is_disputed,
        coalesce(
            cast(item.done_at as date) < first_of_month(concat_ws('-', cast(item.year as varchar), '01')), false
        ) as is_too_early,
        item.due_kind = 'working_days' and item.measure_due_at is null as is_calendar_out
    from core.improvement as item
    where
        not item.lacks_done
        and item.improvement_at is not null
        and (item.has_improvement or item.improvement_gone_at > item.measure_due_at)
)

select
    'improvement_done' as metric_id,
    concat_ws('/', 'improvement_done', weighed.self_evaluation_id) as obligation_id,
    weighed.grid_id,
    home.level as owner_level,
    weighed.county_id,
    'self_evaluation' as subject_kind,
    weighed.self_evaluation_id as subject_id,
    cast(1 as bigint) as round,
    cast(null as varchar) as about_month,
    month_of(coalesce(weighed.measure_due_at, weighed.submitted_at)) as period,
    weighed.submitted_at as started_at,
    weighed.measure_due_at as original_due_at,
    weighed.measure_due_at as due_at,
    false as is_extended,
    weighed.done_at as met_at,
    case
        when weighed.is_disputed or weighed.is_too_early then 'bad_dates'
        when weighed.is_calendar_out then 'pending'
        when weighed.measure_due_at is null then 'no_deadline'
        when weighed.done_at <= weighed.measure_due_at then 'on_time'
        when weighed.done_at > weighed.measure_due_at then 'late'
        when moment.as_of > weighed.measure_due_at then 'overdue'
        else 'pending'
    end as state,
    weighed.row_id as duty_row_id,
    case when weighed.done_at is not null then weighed.row_id end as met_row_id,
    concat_ws(
        '',
        duty_limit.text_zh,
        told_of_calendar(weighed.is_calendar_out, weighed.done_at),
        case when weighed.due_kind = 'long_term' then '；台账写长期坚持' else '' end,
        case when weighed.due_kind is null then '；未写明改进时限' else '' end,
        case when weighed.is_due_held then '；到期之后改写时限，仍以先前所写为限' else '' end,
        case when not weighed.has_improvement then '；到期之后才删去所写措施，义务仍在' else '' end,
        case when weighed.is_disputed then '；到期之后改写完成时间，与先前所写结果不同' else '' end,
        case when weighed.is_too_early then '；完成时间在所评年度之前' else '' end,
        case when weighed.is_done_planned then '；所写完成时间晚于收到之日，是打算，不算完成' else '' end
    ) as due_basis
from weighed
join staging.grid_home as home on weighed.grid_id = home.grid_id
join seed.duty_limit as duty_limit
    on
        duty_limit.metric_id = 'improvement_done'
        and cast(weighed.submitted_at as date) >= duty_limit.valid_from
        and (duty_limit.valid_to is null or cast(weighed.submitted_at as date) <= duty_limit.valid_to)
cross join seed.moment as moment
