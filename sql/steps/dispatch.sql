-- 交办：一、二级网格把收到的问题交下去；一行是一个由下级处置的问题
-- 粒度：problem_id
-- 依据：二（一）3、二（二）3 发现问题、接到报告和投诉举报及时督促属地查处。自己处置又没有写交办的，没有这项义务
select
    'dispatch' as metric_id,
    problem.problem_id,
    '' as part,
    role.keeper_grid_id as grid_id,
    handling.received_at as started_at,
    'received_at' as start_field,
    handling.received_precision as started_precision,
    '' as limit_class,
    false as is_undated,
    cast(null as timestamp) as stated_due_at,
    handling.assigned_at as met_at,
    'assigned_at' as met_field,
    handling.assigned_precision as met_precision,
    problem.row_id as duty_row_id,
    '' as remark
from core.problem as problem
join core.problem_handling as handling on problem.problem_id = handling.problem_id
join core.problem_role as role on problem.problem_id = role.problem_id
left join core.grid_path as below
    on
        role.handler_grid_id = below.leaf_id
        and role.keeper_grid_id = below.ancestor_id
        and role.handler_grid_id <> role.keeper_grid_id
where
    problem.source in ('petition', 'hotline', 'assigned', 'inspection', 'report', 'referred', 'media')
    and handling.received_at is not null
    and (below.leaf_id is not null or handling.assigned_at is not null)
