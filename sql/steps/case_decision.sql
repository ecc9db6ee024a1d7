-- 案件办理：立案之后作出处罚决定；一行是一个已立案的问题
-- 粒度：problem_id
-- 依据：四（二）查处。没有写处罚决定而在立案之后办结的，以办结时间计；强制办结不是决定；整改办结在立案之前的，案件还没有办完
with filed as (
    select
        problem.*,
        coalesce(problem.filed_at, problem.former_filed_at) as case_filed_at,
        coalesce(problem.filed_precision, problem.former_filed_precision) as case_filed_precision,
        case
            when
                cast(problem.closed_at as date) >= cast(coalesce(problem.filed_at, problem.former_filed_at) as date)
                and coalesce(problem.closure <> 'forced', true)
                then problem.closed_at
        end as case_closed_at
    from core.problem_handling as problem
    where coalesce(problem.filed_at, problem.former_filed_at) is not null
)

select
    'case_decision' as metric_id,
    problem_id,
    '' as part,
    enforcer_grid_id as grid_id,
    case_filed_at as started_at,
    'filed_at' as start_field,
    case_filed_precision as started_precision,
    '' as limit_class,
    false as is_undated,
    cast(null as timestamp) as stated_due_at,
    coalesce(decided_at, case_closed_at) as met_at,
    case when decided_at is not null then 'decided_at' else 'closed_at' end as met_field,
    case when decided_at is not null then decided_precision else closed_precision end as met_precision,
    row_id as duty_row_id,
    case
        when decided_at is null and case_closed_at is not null then '；未写处罚决定时间，以办结时间计'
        else ''
    end as remark,
    true as is_suspendable,
    filed_until as withdrawn_at
from filed
