-- 巡查计划：一行一项计划，现行版本
-- 粒度：patrol_plan_id
-- 依据：方案四（一）巡查，五（三）重点时段
select
    patrol_plan_id,
    county_id,
    grid_id,
    is_whole_county,
    month,
    required_patrols,
    special_name,
    special_from,
    special_to,
    is_special,
    notice_no,
    notice_on,
    is_binding,
    note,
    version_no,
    absent_in_latest,
    row_id
from core.patrol_plan
