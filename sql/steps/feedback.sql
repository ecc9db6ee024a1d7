-- 反馈：办结之后把整改情况、查处结果反馈上下级或答复信访人；一行是一个办结的问题的一个方向
-- 粒度：problem_id, part
-- 依据：四（三）对发现的环境问题整改情况和查处结果要及时反馈。台账没有写方向的，按问题来源定
with closed as (
    select
        problem.problem_id,
        coalesce(problem.closed_at, problem.former_closed_at) as closed_at,
        problem.row_id,
        problem.handler_grid_id,
        coalesce(problem.closed_precision, problem.former_closed_precision) as closed_precision,
        problem.closed_until,
        problem.feedback_due_at,
        problem.feedback_at,
        problem.feedback_precision,
        problem.replied_at,
        problem.replied_precision,
        coalesce(
            case when problem.feedback_direction = 'petitioner' then 'reply' else problem.feedback_direction end,
            case
                when problem.source in ('petition', 'hotline') then 'reply'
                when problem.source in ('report', 'referred') then 'down'
                else 'up'
            end
        ) as direction
    from core.problem_handling as problem
    where coalesce(problem.closed_at, problem.former_closed_at) is not null
),

told as (
    select
        closed.*,
        -- 办结之前就到限的，不是办结之后反馈的时限
        case when feedback_due_at >= closed_at then feedback_due_at end as own_due_at,
        closed.direction = 'reply'
        and coalesce(closed.replied_at <= closed.feedback_at, closed.replied_at is not null) as is_by_reply
    from closed
)

select
    'feedback' as metric_id,
    problem_id,
    direction as part,
    handler_grid_id as grid_id,
    closed_at as started_at,
    'closed_at' as start_field,
    closed_precision as started_precision,
    '' as limit_class,
    false as is_undated,
    own_due_at as stated_due_at,
    case when own_due_at is not null then '台账所写反馈时限' end as stated_basis,
    case when is_by_reply then replied_at else feedback_at end as met_at,
    case when is_by_reply then 'replied_at' else 'feedback_at' end as met_field,
    case when is_by_reply then replied_precision else feedback_precision end as met_precision,
    row_id as duty_row_id,
    concat_ws(
        '',
        case direction when 'up' then '；向上反馈' when 'down' then '；向下反馈' else '；答复信访人' end,
        case when own_due_at is null and feedback_due_at is not null then '；台账所写反馈时限早于办结，不以为限' else '' end
    ) as remark,
    closed_until as withdrawn_at
from told
