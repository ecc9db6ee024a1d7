-- 信访受理：收到信访件后受理；一行是一个来源为信访的问题
-- 粒度：problem_id
-- 依据：二（二）2、二（三）2 妥善处理环境信访投诉。由记台账的网格受理
select
    'petition_acceptance' as metric_id,
    problem.problem_id,
    '' as part,
    problem.keeper_grid_id as grid_id,
    coalesce(problem.received_at, problem.discovered_at) as started_at,
    case when problem.received_at is not null then 'received_at' else 'discovered_at' end as start_field,
    case when problem.received_at is not null then problem.received_precision else problem.discovered_precision end
        as started_precision,
    '' as limit_class,
    false as is_undated,
    cast(null as timestamp) as stated_due_at,
    problem.accepted_at as met_at,
    'accepted_at' as met_field,
    problem.accepted_precision as met_precision,
    problem.row_id as duty_row_id,
    case when problem.received_at is null then '；未写收到时间，自发现起算' else '' end as remark,
    case when coalesce(problem.source <> 'petition', true) then problem.source_until end as withdrawn_at
from core.problem_handling as problem
where problem.source = 'petition' or problem.former_source = 'petition'
