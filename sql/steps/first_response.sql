-- 首次处置：登记之后到场；一行是一个问题
-- 粒度：problem_id
-- 依据：五（三）发现问题要在第一时间处置。由责任网格到场；现场整改的，发现之时即已处置
select
    'first_response' as metric_id,
    problem.problem_id,
    '' as part,
    problem.handler_grid_id as grid_id,
    coalesce(problem.registered_at, problem.discovered_at) as started_at,
    case when problem.registered_at is not null then 'registered_at' else 'discovered_at' end as start_field,
    case when problem.registered_at is not null then problem.registered_precision else problem.discovered_precision end
        as started_precision,
    '' as limit_class,
    false as is_undated,
    cast(null as timestamp) as stated_due_at,
    case
        when problem.corrected_on_spot then coalesce(problem.registered_at, problem.discovered_at)
        else problem.first_action_at
    end as met_at,
    case when problem.corrected_on_spot then 'corrected_on_spot' else 'first_action_at' end as met_field,
    case
        when not coalesce(problem.corrected_on_spot, false) then problem.first_action_precision
        when problem.registered_at is not null then problem.registered_precision
        else problem.discovered_precision
    end as met_precision,
    -- 先到场、后登记，不是矛盾；早于发现才是
    problem.discovered_at as possible_from,
    problem.discovered_precision as possible_precision,
    problem.row_id as duty_row_id,
    -- 先写没有现场整改、后来才写有的
    case when problem.corrected_on_spot then problem.denied_until end as retold_at,
    concat_ws(
        '',
        case when problem.registered_at is null then '；未写登记时间，自发现起算' else '' end,
        case when problem.corrected_on_spot then '；现场整改，发现时即已处置' else '' end
    ) as remark
from core.problem_handling as problem
