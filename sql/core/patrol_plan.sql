-- 巡查计划：一行是一个网格（或一县区全部网格）一个月或其间一个特殊时段应巡查的次数
-- 粒度：patrol_plan_id
-- 依据：方案四（一）巡查，五（三）重点时段；没有通知文号与日期的特殊时段不产生义务
select
    plan.row_key as patrol_plan_id,
    plan.county_id,
    coalesce(plan.grid_id, plan.whole_county_id) as grid_id,
    plan.grid_id is null as is_whole_county,
    plan.plan_month as month,
    plan.required_patrols,
    plan.special_name,
    plan.special_from,
    plan.special_to,
    coalesce(plan.special_name, cast(plan.special_from as varchar)) is not null as is_special,
    plan.notice_no,
    plan.notice_on,
    coalesce(plan.special_name, cast(plan.special_from as varchar)) is null
    or (
        plan.special_from is not null and plan.special_to is not null
        and plan.notice_no is not null and plan.notice_on is not null
    ) as is_binding,
    plan.note,
    plan.version_no,
    plan.absent_in_latest,
    plan.row_id
from staging.patrol_plan_now as plan
