-- 环节的钟：每个环节自起算之时、按当日有效的时限，到何时为限；一行是一个问题的一个环节
-- 粒度：metric_id, problem_id, part
-- 依据：时限见 sql/limits.toml。台账始终没有所需的列，就没有这项义务（core.field_set_lack）
-- 到期之后改写起算或办结时间，先前所写判不得按期、现在所写判得的，前后矛盾（core.instant_told）
with asked as (
    select
        step.*,
        cast(step.started_at as date) as started_on,
        coalesce(step.started_precision = 'minute', false) as has_clock,
        problem.county_id,
        problem.closure,
        coalesce(started.first_at, step.started_at) as first_started_at,
        coalesce(met.first_at, step.met_at) as first_met_at,
        -- 两样都改写过的，以后改的为准
        greatest(coalesce(started.rewritten_at, met.rewritten_at), coalesce(met.rewritten_at, started.rewritten_at))
            as rewritten_at
    from steps.handling as step
    join core.problem_handling as problem on step.problem_id = problem.problem_id
    left join core.field_set_lack as lack
        on
            problem.county_id = lack.county_id
            and problem.field_set_id = lack.field_set_id
            and step.metric_id = lack.metric_id
    left join core.instant_told as started on step.problem_id = started.problem_id and step.start_field = started.field
    left join core.instant_told as met on step.problem_id = met.problem_id and step.met_field = met.field
    where lack.metric_id is null
),

timed as (
    select
        asked.*,
        now.text_zh as limit_zh,
        now.day_kind = 'hour' and not asked.has_clock as is_by_day,
        not asked.is_undated and asked.stated_due_at is null and now.day_kind = 'working' and now_nth.day is null
            as is_calendar_out,
        case
            when asked.stated_due_at is not null or asked.is_undated then asked.stated_due_at
            else due_after(asked.started_at, asked.has_clock, now.day_kind, now.value, now_nth.day)
        end as original_due_at,
        case
            when asked.stated_due_at is not null or asked.is_undated then asked.stated_due_at
            else due_after(asked.first_started_at, asked.has_clock, first.day_kind, first.value, first_nth.day)
        end as first_due_at
    from asked
    left join seed.duty_limit as now
        on
            asked.metric_id = now.metric_id
            and asked.limit_class = now.limit_class
            and asked.started_on >= now.valid_from
            and (now.valid_to is null or asked.started_on <= now.valid_to)
    left join core.calendar as now_start on asked.started_on = now_start.day
    left join core.calendar as now_nth
        on now_start.workday_no + now.value = now_nth.workday_no and now_nth.is_workday
    left join seed.duty_limit as first
        on
            asked.metric_id = first.metric_id
            and asked.limit_class = first.limit_class
            and cast(asked.first_started_at as date) >= first.valid_from
            and (first.valid_to is null or cast(asked.first_started_at as date) <= first.valid_to)
    left join core.calendar as first_start on cast(asked.first_started_at as date) = first_start.day
    left join core.calendar as first_nth
        on first_start.workday_no + first.value = first_nth.workday_no and first_nth.is_workday
)

select
    timed.*,
    coalesce(
        met_at <= original_due_at
        and not coalesce(first_met_at <= first_due_at, false)
        and rewritten_at > first_due_at,
        false
    )
    or coalesce(met_at <= original_due_at and retold_at > original_due_at, false) as is_disputed
from timed
