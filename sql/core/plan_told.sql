-- 作数的巡查计划：一行是一份计划（月份、特殊时段）在它结束时的样子；事后才首次报来的（is_late）不产生义务
-- 粒度：patrol_plan_id
-- 依据：四（一）巡查；五（三）重点时段。月份（时段）结束时报来的约束它，首报七日之内的更正除外；其后改的次数、日期、通知都不算
with version as (
    select
        told.row_key as patrol_plan_id,
        told.version_no,
        told.required_patrols,
        told.special_name,
        told.special_from,
        told.special_to,
        told.notice_no,
        told.notice_on,
        told.file_received_at,
        told.row_id,
        coalesce(told.special_name, cast(told.special_from as varchar)) is not null as is_special,
        first_value(end_of_day(coalesce(told.special_to, last_day_of_month(told.plan_month)))) over (
            partition by told.row_key order by told.version_no
        ) as closes_at,
        min(told.file_received_at) over (partition by told.row_key) as first_received_at
    from staging.patrol_plan_version as told
    where told.disposition = 'accepted'
),

binding as (
    select *
    from version
    where
        first_received_at > closes_at
        or file_received_at <= greatest(closes_at, end_of_day(plus_days(first_received_at, correction_days())))
    qualify row_number() over (partition by patrol_plan_id order by version_no desc) = 1
)

select
    plan.patrol_plan_id,
    plan.county_id,
    plan.grid_id,
    plan.is_whole_county,
    plan.month,
    binding.required_patrols,
    binding.is_special,
    binding.special_name,
    binding.special_from,
    binding.special_to,
    binding.notice_no,
    -- 通知下达之前的日子不算
    greatest(binding.special_from, binding.notice_on) as first_day,
    coalesce(binding.special_to, last_day_of_month(plan.month)) as last_day,
    binding.first_received_at > binding.closes_at as is_late,
    not binding.is_special
    or coalesce(
        binding.special_from <= binding.special_to
        and binding.notice_no is not null
        and binding.notice_on <= binding.special_to,
        false
    ) as is_binding,
    binding.first_received_at,
    binding.file_received_at,
    binding.row_id
from binding
join core.patrol_plan as plan on binding.patrol_plan_id = plan.patrol_plan_id
