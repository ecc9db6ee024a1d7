-- 整改用时：一行是一个问题；分子为自发现至末轮完成（未完成的至计算时点）的日数，分母为 1 已完成、0 尚未完成
-- 粒度：problem_id
-- 依据：四（一）确保问题整改到位；未完成的剔除，等于奖励永不完成的；复查不合格的完成不算完成，计时不停、不另起
-- 计入发现的月份；作废、移送、缓办的一轮不再由它整改，时间矛盾的一轮日数不可信：末轮如此的，前一轮只计到这一轮开始时尚未完成；没有前一轮的不计
with staged as (
    select
        duty.*,
        duty.state not in ('void', 'bad_dates') as is_counted,
        min(case when duty.state <> 'void' then duty.started_at end) over (partition by duty.subject_id) as begun_at,
        lead(duty.started_at) over (partition by duty.subject_id order by duty.round) as next_started_at,
        lead(duty.duty_row_id) over (partition by duty.subject_id order by duty.round) as next_row_id
    from obligations.rectification as duty
),

-- 最后一个算数的轮；其后还有一轮的，到那一轮开始时尚未完成
ended as (
    select
        *,
        case when next_started_at is null then met_at end as done_at
    from staged
    where is_counted
    qualify row_number() over (partition by subject_id order by round desc) = 1
)

select
    'median_days_to_rectify' as indicator_id,
    coalesce(heir.heir_id, ended.grid_id) as grid_id,
    month_of(ended.begun_at) as month,
    cast(ended.begun_at as date) as on_day,
    'problem' as subject_kind,
    ended.subject_id,
    greatest(days_between(ended.begun_at, coalesce(ended.next_started_at, ended.met_at, moment.as_of)), 0) as numerator,
    cast(case when ended.done_at is null then 0 else 1 end as bigint) as denominator,
    coalesce(ended.next_row_id, ended.met_row_id, ended.duty_row_id) as row_id
from ended
cross join seed.moment as moment
left join core.grid_heir as heir
    on
        ended.grid_id = heir.grid_id
        and cast(coalesce(ended.due_at, moment.as_of) as date) between heir.valid_from and heir.valid_to
        and (ended.met_at is null or cast(ended.met_at as date) >= heir.valid_from)
