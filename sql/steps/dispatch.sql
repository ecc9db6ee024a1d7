-- 交办：一、二级网格把收到的问题交下去；一行是一个由下级处置的问题
-- 粒度：problem_id
-- 依据：二（一）3、二（二）3 发现问题、接到报告和投诉举报及时督促属地查处。自己处置又没有写交办的，没有这项义务
select
    'dispatch' as metric_id,
    problem.problem_id,
    '' as part,
    problem.keeper_grid_id as grid_id,
    problem.received_at as started_at,
    'received_at' as start_field,
    problem.received_precision as started_precision,
    '' as limit_class,
    false as is_undated,
    cast(null as timestamp) as stated_due_at,
    problem.assigned_at as met_at,
    'assigned_at' as met_field,
    problem.assigned_precision as met_precision,
    problem.row_id as duty_row_id,
    '' as remark
from core.problem_handling as problem
left join core.grid_path as below
    on
        problem.handler_grid_id = below.leaf_id
        and problem.keeper_grid_id = below.ancestor_id
        and problem.handler_grid_id <> problem.keeper_grid_id
        and cast(problem.discovered_at as date) between below.valid_from and below.valid_to
where
    problem.source in ('petition', 'hotline', 'assigned', 'inspection', 'report', 'referred', 'media')
    and problem.received_at is not null
    and (below.leaf_id is not null or problem.assigned_at is not null)
