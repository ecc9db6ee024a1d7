-- 整改用时：一行是一轮整改；分子为自开始至完成（未完成的至计算时点）的日数，分母为 1 已完成、0 尚未完成
-- 粒度：obligation_id
-- 依据：四（一）确保问题整改到位；未完成的剔除，等于奖励永不完成的
-- 计入开始（发现，或复查不合格）的月份；作废、移送、缓办的不再由它整改，时间矛盾的日数不可信，都不计
select
    'median_days_to_rectify' as indicator_id,
    coalesce(heir.heir_id, duty.grid_id) as grid_id,
    month_of(duty.started_at) as month,
    cast(duty.started_at as date) as on_day,
    'obligation' as subject_kind,
    duty.obligation_id as subject_id,
    greatest(days_between(duty.started_at, coalesce(duty.met_at, moment.as_of)), 0) as numerator,
    cast(case when duty.met_at is null then 0 else 1 end as bigint) as denominator,
    coalesce(duty.met_row_id, duty.duty_row_id) as row_id
from obligations.rectification as duty
cross join seed.moment as moment
left join core.grid_heir as heir
    on
        duty.grid_id = heir.grid_id
        and cast(coalesce(duty.due_at, moment.as_of) as date) between heir.valid_from and heir.valid_to
        and (duty.met_at is null or cast(duty.met_at as date) >= heir.valid_from)
where duty.state not in ('void', 'bad_dates')
