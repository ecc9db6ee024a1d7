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

-- 某日起算的时限：同一日、同一时限只算一次
limit_on as (
    select
        starting.metric_id,
        starting.limit_class,
        starting.on_day,
        duty_limit.text_zh,
        duty_limit.day_kind,
        duty_limit.value,
        nth.day as nth_workday
    from (
        select metric_id, limit_class, started_on as on_day from asked
        union
        select metric_id, limit_class, cast(first_started_at as date) as on_day from asked
    ) as starting
    join seed.duty_limit as duty_limit
        on
            starting.metric_id = duty_limit.metric_id
            and starting.limit_class = duty_limit.limit_class
            and starting.on_day >= duty_limit.valid_from
            and (duty_limit.valid_to is null or starting.on_day <= duty_limit.valid_to)
    left join core.calendar as start_day on starting.on_day = start_day.day
    left join core.calendar as nth
        on
            duty_limit.day_kind = 'working'
            and start_day.workday_no + duty_limit.value = nth.workday_no
            and nth.is_workday
),

timed as (
    select
        asked.*,
        now.text_zh as limit_zh,
        now.day_kind = 'hour' and not asked.has_clock as is_by_day,
        not asked.is_undated and asked.stated_due_at is null and now.day_kind = 'working' and now.nth_workday is null
            as is_calendar_out,
        case
            when asked.stated_due_at is not null or asked.is_undated then asked.stated_due_at
            else due_after(asked.started_at, asked.has_clock, now.day_kind, now.value, now.nth_workday)
        end as original_due_at,
        case
            when asked.stated_due_at is not null or asked.is_undated then asked.stated_due_at
            else due_after(asked.first_started_at, asked.has_clock, first.day_kind, first.value, first.nth_workday)
        end as first_due_at
    from asked
    left join limit_on as now
        on
            asked.metric_id = now.metric_id
            and asked.limit_class = now.limit_class
            and asked.started_on = now.on_day
    left join limit_on as first
        on
            asked.metric_id = first.metric_id
            and asked.limit_class = first.limit_class
            and cast(asked.first_started_at as date) = first.on_day
)

select
    timed.*,
    coalesce(
        met_at <= original_due_at
        and not coalesce(first_met_at <= first_due_at, false)
        and rewritten_at > first_due_at,
        false
    ) as is_disputed
from timed
