-- 巡查录入：每次巡查结束之后在限内录入台账；一行是一次巡查
-- 粒度：obligation_id
-- 依据：数据质量，方案没有条款；录入只精确到日的，当日零时计，利归网格
-- 到期之后改写结束、录入时间，先前所写判不得按期、现在所写判得的，前后矛盾
with timed as (
    select
        entry.*,
        cast(entry.started_at as date) as started_on,
        duty_limit.text_zh,
        case
            when entry.started_precision = 'minute' then plus_seconds(entry.started_at, duty_limit.value * 3600)
            else end_of_day(plus_days(entry.started_at, ceil(duty_limit.value / 24e0)))
        end as due_at,
        case
            when entry.started_precision = 'minute' then plus_seconds(entry.told_started_at, duty_limit.value * 3600)
            else end_of_day(plus_days(entry.told_started_at, ceil(duty_limit.value / 24e0)))
        end as told_due_at
    from core.patrol_entry as entry
    join seed.duty_limit as duty_limit
        on
            duty_limit.metric_id = 'patrol_entry'
            and cast(entry.started_at as date) >= duty_limit.valid_from
            and (duty_limit.valid_to is null or cast(entry.started_at as date) <= duty_limit.valid_to)
),

weighed as (
    select
        timed.*,
        coalesce(
            timed.entered_at <= timed.due_at
            and timed.told_entered_at > timed.told_due_at
            and timed.rewritten_at > timed.told_due_at,
            false
        ) as is_disputed
    from timed
)

select
    'patrol_entry' as metric_id,
    concat_ws('/', 'patrol_entry', weighed.patrol_id) as obligation_id,
    weighed.grid_id,
    grid.level as owner_level,
    weighed.county_id,
    'patrol' as subject_kind,
    weighed.patrol_id as subject_id,
    cast(1 as bigint) as round,
    cast(null as varchar) as about_month,
    month_of(weighed.due_at) as period,
    weighed.started_at,
    weighed.due_at as original_due_at,
    weighed.due_at,
    false as is_extended,
    weighed.entered_at as met_at,
    case
        when weighed.is_disputed then 'bad_dates'
        when cast(weighed.entered_at as date) < weighed.started_on then 'bad_dates'
        when
            weighed.entered_at < weighed.started_at
            and weighed.started_precision = 'minute'
            and weighed.entered_precision = 'minute'
            then 'bad_dates'
        when weighed.entered_at <= weighed.due_at then 'on_time'
        when weighed.entered_at > weighed.due_at then 'late'
        when moment.as_of > weighed.due_at then 'overdue'
        else 'pending'
    end as state,
    weighed.row_id as duty_row_id,
    case when weighed.entered_at is not null then weighed.row_id end as met_row_id,
    concat_ws(
        '',
        weighed.text_zh,
        case when weighed.started_precision <> 'minute' then '；按日计' else '' end,
        case when weighed.is_disputed then '；到期之后改写了时间，与先前所写结果不同，见更正记录' else '' end
    ) as due_basis
from weighed
join staging.grid_home as grid on weighed.grid_id = grid.grid_id and grid.level > 0
cross join seed.moment as moment
