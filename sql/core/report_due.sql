-- 报送时限：一行是一个已结束的月份，当月台账以次月哪一刻为限；限日不是工作日的，顺延至下一工作日
-- 粒度：month
-- 依据：sql/limits.toml（export_submission）；日历没有限日的，到期日未定
with ended as (
    select month, last_day, plus_days(last_day, 1) as opens_on from core.month where is_over
),

stated as (
    select
        ended.month,
        ended.last_day,
        ended.opens_on,
        duty_limit.text_zh,
        plus_days(ended.opens_on, duty_limit.value - 1) as stated_day
    from ended
    join seed.duty_limit as duty_limit
        on
            duty_limit.metric_id = 'export_submission'
            and ended.opens_on >= duty_limit.valid_from
            and (duty_limit.valid_to is null or ended.opens_on <= duty_limit.valid_to)
)

select
    stated.month,
    stated.last_day,
    month_of(stated.opens_on) as period,
    start_of_day(stated.opens_on) as started_at,
    end_of_day(min(workday.day)) as due_at,
    stated.text_zh as limit_zh
from stated
left join core.calendar as calendar on stated.stated_day = calendar.day
left join core.calendar as workday on calendar.day <= workday.day and workday.is_workday
group by stated.month, stated.last_day, stated.opens_on, stated.text_zh
