-- 负责科室：一行是一个网格一个时期的一个科室
-- 粒度：grid_id, department, valid_from
-- 依据：方案二（一）及附件任务分工表
select
    grid_id,
    department,
    valid_from,
    valid_to,
    row_id
from core.grid_department
where department <> ''
