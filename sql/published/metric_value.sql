-- 指标值：分子分母逐级相加，只除一次；比率从不平均
-- 粒度：metric_id, grid_id, owner_level, period_kind, period
-- 依据：指标目录；四（四）评价
with divided as (
    select
        summed.*,
        summed.on_time + summed.late + summed.overdue as due,
        concat_ws('', cast(cast(substr(summed.period, 1, 4) as integer) - 1 as varchar), substr(summed.period, 5)) as last_year,
        first_of_month(
            case when summed.period_kind = 'year' then concat_ws('', summed.period, '-12') else summed.period end
        ) as target_day
    from points.metric_sum as summed
)

select
    now.metric_id,
    now.grid_id,
    now.owner_level,
    now.period_kind,
    now.period,
    now.on_time,
    now.late,
    now.overdue,
    now.pending,
    now.no_deadline,
    now.bad_dates,
    now.void,
    now.unreported,
    now.obligations,
    now.due,
    cast(now.on_time as double) / nullif(now.due, 0) as rate,
    cast(now.on_time as double) / nullif(now.due + now.unreported, 0) as rate_if_unmet,
    cast(now.on_time as double) / nullif(now.on_time + now.late, 0) as rate_closed_only,
    now.on_time_original,
    cast(now.on_time_original as double) / nullif(now.due, 0) as rate_original,
    before.on_time as previous_year_on_time,
    before.due as previous_year_due,
    spread.low,
    spread.high,
    target.value as target,
    chart.assurance,
    chart.variation
from divided as now
left join divided as before
    on
        now.metric_id = before.metric_id
        and now.grid_id = before.grid_id
        and now.owner_level = before.owner_level
        and now.period_kind = before.period_kind
        and now.last_year = before.period
left join points.metric_interval as spread
    on
        now.metric_id = spread.metric_id
        and now.grid_id = spread.grid_id
        and now.owner_level = spread.owner_level
        and now.period_kind = spread.period_kind
        and now.period = spread.period
left join points.series_point as chart
    on
        now.period_kind = 'month'
        and now.metric_id = chart.metric_id
        and now.grid_id = chart.grid_id
        and now.owner_level = chart.owner_level
        and now.period = chart.period
left join seed.metric_target as target
    on
        now.metric_id = target.metric_id
        and now.target_day >= target.valid_from
        and (target.valid_to is null or now.target_day <= target.valid_to)
