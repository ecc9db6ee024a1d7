-- 环节的钟：每个环节自起算之时、按当日有效的时限，到何时为限；一行是一个问题的一个环节
-- 粒度：metric_id, problem_id, part
-- 依据：时限见 sql/limits.toml。台账始终没有所需的列，就没有这项义务（core.field_set_lack）
-- 到期之后改写起算或办结时间，先前所写判不得按期、现在所写判得的，前后矛盾（core.instant_told）
with asked as (
    select
        step.*,
        cast(step.started_at as date) as started_on,
        problem.county_id,
        false as is_as_told
    from steps.handling as step
    join core.problem_handling as problem on step.problem_id = problem.problem_id
    left join core.field_set_lack as lack
        on
            problem.county_id = lack.county_id
            and problem.field_set_id = lack.field_set_id
            and step.metric_id = lack.metric_id
    where lack.metric_id is null
),

-- 改写过的，另按先前所写算一遍
rewritten as (
    select
        asked.metric_id,
        asked.problem_id,
        asked.part,
        asked.limit_class,
        asked.is_undated,
        asked.started_precision,
        asked.stated_due_at,
        coalesce(started.first_at, asked.started_at) as started_at,
        cast(coalesce(started.first_at, asked.started_at) as date) as started_on,
        coalesce(met.first_at, asked.met_at) as met_at,
        greatest(coalesce(started.rewritten_at, met.rewritten_at), coalesce(met.rewritten_at, started.rewritten_at))
            as rewritten_at,
        true as is_as_told
    from asked
    left join core.instant_told as started
        on asked.problem_id = started.problem_id and asked.start_field = started.field
    left join core.instant_told as met on asked.problem_id = met.problem_id and asked.met_field = met.field
    where started.problem_id is not null or met.problem_id is not null
),

clock as (
    select
        metric_id, problem_id, part, is_as_told, started_at, started_on, started_precision, limit_class, is_undated,
        stated_due_at, met_at, cast(null as timestamp) as rewritten_at
    from asked
    union all
    select
        metric_id, problem_id, part, is_as_told, started_at, started_on, started_precision, limit_class, is_undated,
        stated_due_at, met_at, rewritten_at
    from rewritten
),

timed as (
    select
        clock.metric_id,
        clock.problem_id,
        clock.part,
        clock.is_as_told,
        clock.met_at,
        clock.rewritten_at,
        duty_limit.text_zh as limit_zh,
        duty_limit.day_kind = 'hour' and clock.started_precision <> 'minute' as is_by_day,
        not clock.is_undated and clock.stated_due_at is null and duty_limit.day_kind = 'working' and nth.day is null
            as is_calendar_out,
        case
            when clock.stated_due_at is not null or clock.is_undated then clock.stated_due_at
            when duty_limit.day_kind = 'hour' and clock.started_precision = 'minute'
                then plus_seconds(clock.started_at, duty_limit.value * 3600)
            when duty_limit.day_kind = 'hour'
                then end_of_day(plus_days(clock.started_on, ceil(duty_limit.value / 24e0)))
            when duty_limit.day_kind = 'calendar' then end_of_day(plus_days(clock.started_on, duty_limit.value))
            when duty_limit.day_kind = 'working' then end_of_day(nth.day)
        end as due_at
    from clock
    left join seed.duty_limit as duty_limit
        on
            clock.metric_id = duty_limit.metric_id
            and clock.limit_class = duty_limit.limit_class
            and clock.started_on >= duty_limit.valid_from
            and (duty_limit.valid_to is null or clock.started_on <= duty_limit.valid_to)
    left join core.calendar as start_day
        on duty_limit.day_kind = 'working' and clock.started_on = start_day.day
    left join core.calendar as nth
        on start_day.workday_no + duty_limit.value = nth.workday_no and nth.is_workday
),

disputed as (
    select now.metric_id, now.problem_id, now.part, told.met_at as told_met_at
    from timed as now
    join timed as told
        on
            now.metric_id = told.metric_id
            and now.problem_id = told.problem_id
            and now.part = told.part
            and told.is_as_told
    where
        not now.is_as_told
        and now.met_at <= now.due_at
        and not coalesce(told.met_at <= told.due_at, false)
        and told.rewritten_at > told.due_at
)

select
    asked.*,
    timed.limit_zh,
    timed.is_by_day,
    timed.is_calendar_out,
    timed.due_at as original_due_at,
    disputed.problem_id is not null as is_disputed
from asked
join timed
    on
        asked.metric_id = timed.metric_id
        and asked.problem_id = timed.problem_id
        and asked.part = timed.part
        and not timed.is_as_told
left join disputed
    on
        asked.metric_id = disputed.metric_id
        and asked.problem_id = disputed.problem_id
        and asked.part = disputed.part
