-- 月份：自任何单位最早报来当月的巡查记录、问题台账，或应报的月份至计算时点所在月，一行一月
-- 粒度：month
-- 依据：四（一）按月履行；各单位的义务自哪月起，见 core.sender_month
with bounds as (
    select
        -- 名录里的网格最早自哪天起（方案 2021 年 5 月起施行），此前没有义务
        greatest(
            first_of_month(
                coalesce(
                    least(
                        min(delivered.month),
                        (
                            select min(sender.reports_from)
                            from seed.sender as sender
                            cross join seed.moment as now
                            where sender.reports_from <= month_of(now.as_of)
                        )
                    ),
                    month_of(max(moment.as_of))
                )
            ),
            first_of_month(month_of((select min(grid.valid_from) from seed.grid as grid)))
        ) as first_day,
        max(moment.as_of) as as_of
    from seed.moment as moment
    left join core.delivered as delivered
        on delivered.is_of_month and delivered.month <= month_of(moment.as_of)
)

select
    month_of(series.day) as month,
    cast(series.day as date) as first_day,
    last_day_of_month(month_of(series.day)) as last_day,
    start_of_day(series.day) as starts_at,
    end_of_month(month_of(series.day)) as ends_at,
    bounds.as_of > end_of_month(month_of(series.day)) as is_over
from bounds
cross join lateral (
    select unnest(generate_series(bounds.first_day, cast(bounds.as_of as date), interval 1 month)) as day
) as series
