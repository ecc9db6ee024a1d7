-- 指标的件数：逐级、逐期相加，尚未相除
-- 粒度：metric_id, grid_id, owner_level, period_kind, period
-- 依据：指标目录；比率从不平均，分子分母各自相加
-- 隶属变过的网格，义务逐日计入到期之日（没有到期日的，开始之日）的上级；没有变过的不必逐日分开
with moved as (select distinct leaf_id from core.grid_path where valid_from > date '1900-01-01'),

counted as (
    select
        duty.metric_id,
        duty.grid_id,
        cast(duty.owner_level as varchar) as owner_level,
        duty.period,
        case when moved.leaf_id is not null then cast(coalesce(duty.due_at, duty.started_at) as date) end
            as counted_on,
        count(*) filter (where state = 'on_time') as on_time,
        count(*) filter (where state = 'late') as late,
        count(*) filter (where state = 'overdue') as overdue,
        count(*) filter (where state = 'pending') as pending,
        count(*) filter (where state = 'no_deadline') as no_deadline,
        count(*) filter (where state = 'bad_dates') as bad_dates,
        count(*) filter (where state = 'void') as void,
        count(*) filter (where state = 'unreported') as unreported,
        count(*) as obligations,
        count(*) filter (
            where state in ('on_time', 'late') and met_at <= original_due_at
        ) as on_time_original
    from published.obligation as duty
    left join moved on duty.grid_id = moved.leaf_id
    group by duty.metric_id, duty.grid_id, duty.owner_level, duty.period, counted_on
),

-- 每级网格各按应办人的级别分列，并合计（all）
monthly as (
    select
        counted.metric_id,
        path.ancestor_id as grid_id,
        coalesce(counted.owner_level, 'all') as owner_level,
        counted.period,
        cast(sum(counted.on_time) as bigint) as on_time,
        cast(sum(counted.late) as bigint) as late,
        cast(sum(counted.overdue) as bigint) as overdue,
        cast(sum(counted.pending) as bigint) as pending,
        cast(sum(counted.no_deadline) as bigint) as no_deadline,
        cast(sum(counted.bad_dates) as bigint) as bad_dates,
        cast(sum(counted.void) as bigint) as void,
        cast(sum(counted.unreported) as bigint) as unreported,
        cast(sum(counted.obligations) as bigint) as obligations,
        cast(sum(counted.on_time_original) as bigint) as on_time_original
    from counted
    join core.grid_path as path
        on
            counted.grid_id = path.leaf_id
            and coalesce(counted.counted_on, path.valid_to) between path.valid_from and path.valid_to
    group by grouping sets (
        (counted.metric_id, path.ancestor_id, counted.period, counted.owner_level),
        (counted.metric_id, path.ancestor_id, counted.period)
    )
),

-- 1—N 月累计：一年里自有数之月起，没有数的月份也有累计；最早报来的月份之前到期的（如 1 月到期的自评）一并累计
upto as (
    select first.metric_id, first.grid_id, first.owner_level, month.period
    from (
        select metric_id, grid_id, owner_level, min(period) as period
        from monthly
        group by metric_id, grid_id, owner_level, substr(period, 1, 4)
    ) as first
    join (select month as period from core.month) as month
        on substr(first.period, 1, 4) = substr(month.period, 1, 4) and first.period <= month.period
    union
    select metric_id, grid_id, owner_level, period from monthly
),

running as (
    select
        upto.metric_id,
        upto.grid_id,
        upto.owner_level,
        'to_date' as period_kind,
        upto.period,
        cast(sum(monthly.on_time) over so_far as bigint) as on_time,
        cast(sum(monthly.late) over so_far as bigint) as late,
        cast(sum(monthly.overdue) over so_far as bigint) as overdue,
        cast(sum(monthly.pending) over so_far as bigint) as pending,
        cast(sum(monthly.no_deadline) over so_far as bigint) as no_deadline,
        cast(sum(monthly.bad_dates) over so_far as bigint) as bad_dates,
        cast(sum(monthly.void) over so_far as bigint) as void,
        cast(sum(monthly.unreported) over so_far as bigint) as unreported,
        cast(sum(monthly.obligations) over so_far as bigint) as obligations,
        cast(sum(monthly.on_time_original) over so_far as bigint) as on_time_original
    from upto
    left join monthly
        on
            upto.metric_id = monthly.metric_id
            and upto.grid_id = monthly.grid_id
            and upto.owner_level = monthly.owner_level
            and upto.period = monthly.period
    window
        so_far as (
            partition by upto.metric_id, upto.grid_id, upto.owner_level, substr(upto.period, 1, 4)
            order by upto.period rows between unbounded preceding and current row
        )
),

to_date as (select running.* from running join core.month as month on running.period = month.month),

yearly as (
    select
        metric_id,
        grid_id,
        owner_level,
        'year' as period_kind,
        substr(period, 1, 4) as period,
        cast(sum(on_time) as bigint) as on_time,
        cast(sum(late) as bigint) as late,
        cast(sum(overdue) as bigint) as overdue,
        cast(sum(pending) as bigint) as pending,
        cast(sum(no_deadline) as bigint) as no_deadline,
        cast(sum(bad_dates) as bigint) as bad_dates,
        cast(sum(void) as bigint) as void,
        cast(sum(unreported) as bigint) as unreported,
        cast(sum(obligations) as bigint) as obligations,
        cast(sum(on_time_original) as bigint) as on_time_original
    from monthly
    group by metric_id, grid_id, owner_level, substr(period, 1, 4)
)

select
    metric_id, grid_id, owner_level, 'month' as period_kind, period, on_time, late, overdue, pending, no_deadline,
    bad_dates, void, unreported, obligations, on_time_original
from monthly
union all
select
    metric_id, grid_id, owner_level, period_kind, period, on_time, late, overdue, pending, no_deadline,
    bad_dates, void, unreported, obligations, on_time_original
from to_date
union all
select
    metric_id, grid_id, owner_level, period_kind, period, on_time, late, overdue, pending, no_deadline,
    bad_dates, void, unreported, obligations, on_time_original
from yearly
