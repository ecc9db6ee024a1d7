-- 应巡查的次数：一行是一个网格一个月、或其间一个有通知的特殊时段应有几个巡查日
-- 粒度：grid_id, month, part
-- 依据：四（一）巡查；五（三）加大对重点时段的巡查频率；计划见 core.patrol_plan，没有计划的按级别（sql/limits.toml）
-- 写明网格的计划先于适用全县的，全县的只及于三级网格；同样写法的，支队所定先于县区自定，再以后报的为准
-- 月份（时段）过后才改的次数不算，首报七日之内的更正除外；次数多于天数的，以天数为限
with told as (
    select
        version.row_key,
        version.version_no,
        version.required_patrols,
        version.file_received_at,
        min(version.file_received_at) over (partition by version.row_key) as first_received_at
    from staging.patrol_plan_version as version
    where version.disposition = 'accepted'
),

plan as (
    select
        plan.patrol_plan_id,
        plan.county_id,
        plan.grid_id,
        plan.is_whole_county,
        plan.month,
        plan.is_special,
        plan.special_name,
        plan.special_from,
        plan.special_to,
        -- 通知下达之前的日子不算
        greatest(plan.special_from, plan.notice_on) as first_day,
        plan.notice_no,
        plan.row_id,
        max(told.file_received_at) as received_at,
        max_by(told.required_patrols, told.version_no) filter (
            where told.file_received_at <= greatest(
                end_of_day(coalesce(plan.special_to, last_day_of_month(plan.month))),
                end_of_day(plus_days(told.first_received_at, correction_days()))
            )
        ) as required
    from core.patrol_plan as plan
    join told on plan.patrol_plan_id = told.row_key
    where plan.is_binding and (plan.special_from is null or plan.notice_on <= plan.special_to)
    group by plan.*
),

aimed as (
    select plan.*, path.leaf_id as aimed_id, path.ancestor_level as nearness
    from plan
    join core.grid_path as path
        on
            plan.grid_id = path.ancestor_id
            and case when plan.is_whole_county then path.leaf_level = 3 else path.leaf_id = plan.grid_id end
            and coalesce(plan.special_to, last_day_of_month(plan.month)) between path.valid_from and path.valid_to
),

monthly as (
    select *
    from aimed
    where not is_special
    qualify
        row_number() over (
            partition by aimed_id, month
            order by is_whole_county asc, nearness desc, county_id = 'city' desc, received_at desc, row_id desc
        ) = 1
),

-- 跨月的时段可以在两个月的计划里各写一行，仍是一个时段
special as (
    select *
    from aimed
    where is_special
    qualify
        row_number() over (
            partition by aimed_id, special_from, special_to
            order by is_whole_county asc, nearness desc, county_id = 'city' desc, received_at desc, row_id desc
        ) = 1
),

-- 同日开始、止日不同的另一个时段，止日写在编号里
named as (
    select
        special.*,
        concat(
            'special/', cast(special_from as varchar),
            case
                when special_to <> min(special_to) over (partition by aimed_id, special_from)
                    then concat('_', cast(special_to as varchar))
                else ''
            end
        ) as part
    from special
)

select
    owed.grid_id,
    owed.name,
    owed.owner_level,
    owed.county_id,
    owed.month,
    '' as part,
    cast(owed.starts_at as date) as first_day,
    cast(owed.ends_at as date) as last_day,
    owed.starts_at as started_at,
    owed.ends_at as due_at,
    owed.is_over,
    owed.is_delivered,
    least(
        coalesce(monthly.required, duty_limit.value), days_between(owed.starts_at, owed.ends_at) + 1
    ) as required,
    monthly.row_id as duty_row_id,
    case
        when monthly.row_id is null then duty_limit.text_zh
        when monthly.is_whole_county then concat('全县巡查计划：当月 ', cast(monthly.required as varchar), ' 次')
        else concat('巡查计划：当月 ', cast(monthly.required as varchar), ' 次')
    end as basis_zh
from core.coverage_month as owed
join seed.duty_limit as duty_limit
    on
        duty_limit.metric_id = 'patrol_frequency'
        and duty_limit.limit_class = concat('level', cast(owed.owner_level as varchar))
        and cast(owed.starts_at as date) >= duty_limit.valid_from
        and (duty_limit.valid_to is null or cast(owed.starts_at as date) <= duty_limit.valid_to)
left join monthly on owed.grid_id = monthly.aimed_id and owed.month = monthly.month
union all
-- 时段开始才有义务；网格须自始至终都在，其间各月都在应报之列
select
    named.aimed_id as grid_id,
    max_by(owed.name, owed.month) as name,
    max_by(owed.owner_level, owed.month) as owner_level,
    max_by(owed.county_id, owed.month) as county_id,
    month_of(named.special_to) as month,
    named.part,
    named.first_day,
    named.special_to as last_day,
    start_of_day(named.first_day) as started_at,
    end_of_day(named.special_to) as due_at,
    moment.as_of > end_of_month(month_of(named.special_to)) as is_over,
    bool_and(owed.is_delivered) as is_delivered,
    least(coalesce(named.required, 1), days_between(named.first_day, named.special_to) + 1) as required,
    named.row_id as duty_row_id,
    concat(
        coalesce(named.special_name, '特殊时段'), '（', cast(named.special_from as varchar), ' 至 ',
        cast(named.special_to as varchar), '，', named.notice_no, '）另巡查 ',
        cast(coalesce(named.required, 1) as varchar), ' 次'
    ) as basis_zh
from named
cross join seed.moment as moment
join core.coverage_month as owed
    on
        named.aimed_id = owed.grid_id
        and owed.month between month_of(named.special_from) and month_of(named.special_to)
where named.first_day <= cast(moment.as_of as date)
group by
    named.aimed_id, named.part, named.first_day, named.special_from, named.special_to, named.special_name,
    named.notice_no, named.required, named.row_id, moment.as_of
having
    min(owed.month) = month_of(named.special_from)
    and max(owed.month) = month_of(least(named.special_to, cast(moment.as_of as date)))
    and count(*) = date_diff('month', first_of_month(min(owed.month)), first_of_month(max(owed.month))) + 1
