-- 最长未巡查天数：一行是一个应巡查的网格一个月，当月（当月未完的，至计算时点前一日）连续多少日没有巡查
-- 粒度：grid_id, month
-- 依据：一 全面覆盖；一次也没有的是整月；未报送、判断不了的网格月不计；来源行是间断之前（没有的，之后）的那次巡查
with bounds as (
    select
        owed.grid_id,
        owed.month,
        plus_days(owed.starts_at, -1) as day_before,
        case when owed.is_over then plus_days(owed.ends_at, 1) else cast(moment.as_of as date) end as day_after
    from core.coverage_month as owed
    cross join seed.moment as moment
    where owed.is_delivered and owed.is_measurable
),

mark as (
    select grid_id, month, day_before as day, cast(null as varchar) as row_id from bounds
    union all
    select grid_id, month, day_after as day, cast(null as varchar) as row_id from bounds
    union all
    select credit.grid_id, bounds.month, cast(credit.started_at as date) as day, min(credit.row_id) as row_id
    from core.patrol_credit as credit
    join bounds on credit.grid_id = bounds.grid_id and month_of(credit.started_at) = bounds.month
    where credit.basis <> 'none'
    group by credit.grid_id, bounds.month, cast(credit.started_at as date)
),

step as (
    select
        grid_id,
        month,
        day,
        days_between(lag(day) over of_month, day) - 1 as days,
        coalesce(lag(row_id) over of_month, row_id) as row_id
    from mark
    window of_month as (partition by grid_id, month order by day asc, row_id asc)
),

ranked as (
    select
        step.*,
        row_number() over (partition by step.grid_id, step.month order by step.days desc, step.day asc) as place
    from step
    where step.days is not null
)

select
    'effort_longest_gap_days' as indicator_id,
    grid_id,
    month,
    last_day_of_month(month) as on_day,
    'grid' as subject_kind,
    grid_id as subject_id,
    greatest(days, 0) as numerator,
    cast(null as bigint) as denominator,
    row_id
from ranked
where place = 1
