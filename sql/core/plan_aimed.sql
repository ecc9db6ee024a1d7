-- 计划落到网格：一行是一个网格一个月、或其间一个特殊时段照哪份计划办
-- 粒度：aimed_id, month, special_from, special_to
-- 依据：四（一）巡查。写明网格的计划先于适用全县的，全县的只及于三级网格；同样写法的，支队所定先于县区自定，再以后报的为准
-- 县区自定的次数不得少于支队对同一网格、同一月份（时段）所定的；跨月的时段可以在两个月的计划里各写一行，仍是一个时段
with aimed as (
    select
        plan.*,
        path.leaf_id as aimed_id,
        path.ancestor_level as nearness,
        case when plan.is_special then '' else plan.month end as of_month
    from core.plan_told as plan
    join core.grid_path as path
        on
            plan.grid_id = path.ancestor_id
            and case when plan.is_whole_county then path.leaf_level = 3 else path.leaf_id = plan.grid_id end
            and plan.last_day between path.valid_from and path.valid_to
    where plan.is_binding
),

weighed as (
    select
        aimed.*,
        max(case when county_id = 'city' and not is_late then coalesce(required_patrols, 1) end) over (
            partition by aimed_id, is_special, of_month, special_from, special_to
        ) as city_required
    from aimed
)

select
    aimed_id, patrol_plan_id, county_id, is_whole_county, month, is_special, special_name, special_from, special_to, notice_no,
    first_day, required_patrols, city_required, is_late, first_received_at, row_id
from weighed
qualify
    row_number() over (
        partition by aimed_id, is_special, of_month, special_from, special_to
        order by is_late asc, is_whole_county asc, nearness desc, county_id = 'city' desc, file_received_at desc, row_id desc
    ) = 1
