-- 应巡查的次数：一行是一个网格一个月、或其间一个有通知的特殊时段应有几个巡查日
-- 粒度：grid_id, month, part
-- 依据：四（一）巡查；五（三）加大对重点时段的巡查频率；计划见 core.plan_aimed，没有计划的按级别（sql/limits.toml）
-- 县区自定的次数低于级别所定、低于支队所定的，不算；月份结束之后才首次报来的计划也不算。次数多于天数的，以天数为限
with monthly as (
    select
        aimed.*,
        aimed.county_id = 'city' as is_citys
    from core.plan_aimed as aimed
    where not aimed.is_special
),

weighed as (
    select
        owed.*,
        monthly.row_id as plan_row_id,
        monthly.is_whole_county,
        monthly.is_late,
        monthly.is_citys,
        monthly.required_patrols as planned,
        monthly.first_received_at,
        monthly.city_required,
        duty_limit.value as ruled,
        duty_limit.text_zh,
        case
            when coalesce(monthly.is_late, true) then duty_limit.value
            when monthly.is_citys then monthly.required_patrols
            else greatest(monthly.required_patrols, duty_limit.value, coalesce(monthly.city_required, 0))
        end as required
    from core.coverage_month as owed
    join seed.duty_limit as duty_limit
        on
            duty_limit.metric_id = 'patrol_frequency'
            and duty_limit.limit_class = concat_ws('', 'level', cast(owed.owner_level as varchar))
            and cast(owed.starts_at as date) >= duty_limit.valid_from
            and (duty_limit.valid_to is null or cast(owed.starts_at as date) <= duty_limit.valid_to)
    left join monthly on owed.grid_id = monthly.aimed_id and owed.month = monthly.month
)

select
    grid_id,
    name,
    owner_level,
    county_id,
    month,
    '' as part,
    cast(starts_at as date) as first_day,
    cast(ends_at as date) as last_day,
    starts_at as started_at,
    ends_at as due_at,
    is_over,
    is_delivered,
    least(required, days_between(starts_at, ends_at) + 1) as required,
    case when not is_late then plan_row_id end as duty_row_id,
    case
        when plan_row_id is null then text_zh
        when is_late
            then concat_ws(
                '', text_zh, '；巡查计划（当月 ', cast(planned as varchar), ' 次）', cast(cast(first_received_at as date) as varchar),
                ' 才首次报来，当月已过，不算'
            )
        else concat_ws(
            '',
            case when is_whole_county then '全县巡查计划：当月 ' else '巡查计划：当月 ' end,
            cast(planned as varchar),
            ' 次',
            case
                when planned < required and required = ruled then concat_ws('', '；县区自定不得低于级别所定，按 ', text_zh)
                when planned < required
                    then concat_ws('', '；县区自定不得少于支队所定，按 ', cast(required as varchar), ' 次')
            end
        )
    end as basis_zh
from weighed
union all
-- 时段开始才有义务；网格须自始至终都在，其间各月都在应报之列
select
    period.grid_id,
    max_by(owed.name, owed.month) as name,
    max_by(owed.owner_level, owed.month) as owner_level,
    max_by(owed.county_id, owed.month) as county_id,
    month_of(period.special_to) as month,
    period.part,
    period.first_day,
    period.special_to as last_day,
    start_of_day(period.first_day) as started_at,
    end_of_day(period.special_to) as due_at,
    moment.as_of > end_of_month(month_of(period.special_to)) as is_over,
    bool_and(owed.is_delivered) as is_delivered,
    least(period.required, days_between(period.first_day, period.special_to) + 1) as required,
    period.row_id as duty_row_id,
    concat_ws(
        '', coalesce(period.special_name, '特殊时段'), '（', cast(period.special_from as varchar), ' 至 ',
        cast(period.special_to as varchar), '，', period.notice_no, '）另巡查 ', cast(period.required as varchar), ' 次'
    ) as basis_zh
from core.special_period as period
cross join seed.moment as moment
join core.coverage_month as owed
    on
        period.grid_id = owed.grid_id
        and owed.month between month_of(period.special_from) and month_of(period.special_to)
where period.first_day <= cast(moment.as_of as date)
group by
    period.grid_id, period.part, period.first_day, period.special_from, period.special_to, period.special_name,
    period.notice_no, period.required, period.row_id, moment.as_of
having
    min(owed.month) = month_of(period.special_from)
    and max(owed.month) = month_of(least(period.special_to, cast(moment.as_of as date)))
    and count(*) = months_apart(min(owed.month), max(owed.month)) + 1
