-- 情况说明：一行是对一项超期义务的一条说明
-- 粒度：file, entry
-- 依据：初步数之后的核对期内可对超期的义务写情况说明；说明不改变状态
-- 说明之后重报改正了的，固化时是超期的，说明照留；更正之后没有这项义务了的，另标明义务已不在
with unmet as (
    select metric_id, obligation_id, period, grid_id from published.obligation where state in ('overdue', 'late')
    union
    select metric_id, obligation_id, duty_period as period, grid_id from seed.release_unmet
),

known as (
    select
        metric_id,
        obligation_id,
        max(period) as period,
        max_by(grid_id, concat_ws('/', period, grid_id)) as grid_id
    from unmet
    group by metric_id, obligation_id
)

select
    told.metric_id,
    told.obligation_id,
    told.by_zh,
    told.written_on,
    told.text,
    told.file,
    told.entry,
    coalesce(
        told.written_on >= cast(opening.cut_off_at as date) and told.written_on < cast(closing.cut_off_at as date), false
    ) as is_within_window,
    known.grid_id,
    known.period,
    duty.obligation_id is null as is_gone
from seed.explanation as told
join known on told.metric_id = known.metric_id and told.obligation_id = known.obligation_id
cross join seed.moment as moment
left join published.obligation as duty on told.metric_id = duty.metric_id and told.obligation_id = duty.obligation_id
left join seed.cut_off as opening on known.period = opening.month and opening.stage = 'preliminary'
left join seed.cut_off as closing on known.period = closing.month and closing.stage = 'final'
where told.written_on <= cast(moment.as_of as date)
