-- 改进所写：一行是自评一个项目的一版（及现行）所写的问题、措施、责任人、时限，时限已换算为末秒
-- 粒度：self_evaluation_id, version_no, is_current
-- 依据：方案四（四）研究改进措施；几日内、几个月内自上报之日起算
with stated as (
    select
        row_key, row_id, version_no, file_received_at, fields, true as is_current, submitted_at, shortfall, improvement,
        owner, improvement_due_kind, improvement_due_number, improvement_due_at, improvement_due_precision
    from staging.self_evaluation_now
    union all
    select
        row_key, row_id, version_no, file_received_at, fields, false as is_current, submitted_at, shortfall, improvement,
        owner, improvement_due_kind, improvement_due_number, improvement_due_at, improvement_due_precision
    from staging.self_evaluation_version
    where disposition = 'accepted'
)

select
    stated.row_key as self_evaluation_id,
    stated.row_id,
    stated.version_no,
    stated.is_current,
    stated.file_received_at,
    stated.fields,
    stated.submitted_at,
    stated.shortfall,
    stated.improvement,
    stated.owner,
    stated.improvement_due_kind as due_kind,
    case stated.improvement_due_kind
        when 'days' then end_of_day(plus_days(stated.submitted_at, stated.improvement_due_number))
        when 'working_days' then end_of_day(nth.day)
        when 'months' then end_of_day(plus_months(stated.submitted_at, stated.improvement_due_number))
        when 'same_day' then end_of_day(stated.submitted_at)
        when 'year_end' then
            coalesce(end_of_day(stated.improvement_due_at), end_of_day(make_date(year(stated.submitted_at), 12, 31)))
        when 'date' then
            case
                when stated.improvement_due_precision = 'minute' then stated.improvement_due_at
                else end_of_day(stated.improvement_due_at)
            end
        else end_of_day(stated.improvement_due_at)
    end as due_at
from stated
left join core.calendar as start_day on cast(stated.submitted_at as date) = start_day.day
left join core.calendar as nth
    on
        stated.improvement_due_kind = 'working_days'
        and nth.is_workday
        and nth.workday_no = start_day.workday_no + stated.improvement_due_number
