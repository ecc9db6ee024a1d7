-- 超期未办结：一行是一轮整改在一个月末（当月则为计算时点）已过时限而未完成；另按超期天数分四档，并取每网格最久的一件
-- 粒度：indicator_id, grid_id, month, subject_id
-- 依据：四（一）明确整改时限；四（三）反馈
-- 存量：各月都数一遍，不能相加。过去各月按现在所知计：后来经批准作废、延期的，那时也不算超期
with moved as (
    select month.month, least(month.ends_at, moment.as_of) as seen_at
    from core.month as month
    cross join seed.moment as moment
),

standing as (
    select
        coalesce(heir.heir_id, duty.grid_id) as grid_id,
        duty.obligation_id,
        duty.duty_row_id as row_id,
        moved.month,
        cast(moved.seen_at as date) as on_day,
        days_between(duty.due_at, moved.seen_at) as days
    from obligations.rectification as duty
    join moved on duty.due_at < moved.seen_at and (duty.met_at is null or duty.met_at > moved.seen_at)
    left join core.grid_heir as heir
        on
            duty.grid_id = heir.grid_id
            and cast(duty.due_at as date) between heir.valid_from and heir.valid_to
            and (duty.met_at is null or cast(duty.met_at as date) >= heir.valid_from)
    where duty.state in ('overdue', 'late')
),

oldest as (
    select
        standing.*,
        row_number() over (
            partition by standing.grid_id, standing.month order by standing.days desc, standing.obligation_id asc
        ) as place
    from standing
),

counted as (
    select 'open_overdue' as indicator_id, grid_id, month, on_day, obligation_id, cast(1 as bigint) as numerator, row_id
    from standing
    union all
    select
        case
            when days <= 7 then 'open_overdue_0_7'
            when days <= 30 then 'open_overdue_8_30'
            when days <= 90 then 'open_overdue_31_90'
            else 'open_overdue_over_90'
        end as indicator_id,
        grid_id, month, on_day, obligation_id, cast(1 as bigint) as numerator, row_id
    from standing
    union all
    select 'oldest_overdue_days' as indicator_id, grid_id, month, on_day, obligation_id, days as numerator, row_id
    from oldest
    where place = 1
)

select
    indicator_id,
    grid_id,
    month,
    on_day,
    'obligation' as subject_kind,
    obligation_id as subject_id,
    numerator,
    cast(null as bigint) as denominator,
    row_id
from counted
