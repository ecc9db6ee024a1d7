-- 交办：一、二级网格把收到的问题交下去；一行是一个由下级处置的问题
-- 粒度：problem_id
-- 依据：二（一）3、二（二）3 发现问题、接到报告和投诉举报及时督促属地查处。自己处置又没有写交办的，没有这项义务
with passed_on (source) as (
    values ('petition'), ('hotline'), ('assigned'), ('inspection'), ('report'), ('referred'), ('media')
)

select
    'dispatch' as metric_id,
    problem.problem_id,
    '' as part,
    problem.keeper_grid_id as grid_id,
    coalesce(problem.received_at, problem.former_received_at, problem.discovered_at) as started_at,
    case when coalesce(problem.received_at, problem.former_received_at) is null then 'discovered_at' else 'received_at' end
        as start_field,
    case
        when coalesce(problem.received_at, problem.former_received_at) is null then problem.discovered_precision
        else coalesce(problem.received_precision, problem.former_received_precision)
    end as started_precision,
    '' as limit_class,
    false as is_undated,
    cast(null as timestamp) as stated_due_at,
    problem.assigned_at as met_at,
    'assigned_at' as met_field,
    problem.assigned_precision as met_precision,
    problem.row_id as duty_row_id,
    case
        when coalesce(problem.received_at, problem.former_received_at) is null then '；未写收到时间，自发现起算'
        else ''
    end as remark,
    case when now_from.source is null then problem.source_until end as withdrawn_at
from core.problem_handling as problem
left join passed_on as now_from on problem.source = now_from.source
left join passed_on as formerly_from on problem.former_source = formerly_from.source
left join core.grid_path as below
    on
        problem.handler_grid_id = below.leaf_id
        and problem.keeper_grid_id = below.ancestor_id
        and problem.handler_grid_id <> problem.keeper_grid_id
        and cast(problem.discovered_at as date) between below.valid_from and below.valid_to
where
    (now_from.source is not null or formerly_from.source is not null)
    and (below.leaf_id is not null or problem.assigned_at is not null)
