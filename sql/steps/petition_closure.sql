-- 信访办结：信访自受理起答复、办结；热线以工单自己的时限为限。一行是一个已受理的信访或一张热线工单
-- 粒度：problem_id
-- 依据：二（二）2、二（三）2 妥善处理环境信访投诉。经上级批准可延长；没有受理的，见信访受理及时率
with petition as (
    select
        problem.problem_id,
        named.source = 'hotline' as is_hotline,
        case when coalesce(problem.source <> named.source, true) then problem.source_until end as source_until,
        problem.handler_grid_id,
        problem.discovered_at,
        -- 强制办结不是答复
        case when coalesce(problem.closure <> 'forced', true) then problem.closed_at end as closed_at,
        problem.row_id,
        coalesce(problem.accepted_at, problem.former_accepted_at) as accepted_at,
        coalesce(problem.accepted_precision, problem.former_accepted_precision) as accepted_precision,
        problem.accepted_until,
        problem.received_at,
        problem.received_precision,
        problem.discovered_precision,
        problem.replied_at,
        problem.replied_precision,
        problem.closed_precision
    from core.problem_handling as problem
    -- 现在写的来源，否则曾经写过的
    join (values ('petition'), ('hotline')) as named (source)
        on
            problem.source = named.source
            or (problem.former_source = named.source and coalesce(problem.source not in ('petition', 'hotline'), true))
    where named.source = 'hotline' or coalesce(problem.accepted_at, problem.former_accepted_at) is not null
)

select
    'petition_closure' as metric_id,
    petition.problem_id,
    '' as part,
    petition.handler_grid_id as grid_id,
    case when petition.is_hotline then coalesce(petition.received_at, petition.discovered_at) else petition.accepted_at end
        as started_at,
    case
        when not petition.is_hotline then 'accepted_at'
        when petition.received_at is not null then 'received_at'
        else 'discovered_at'
    end as start_field,
    case
        when not petition.is_hotline then petition.accepted_precision
        when petition.received_at is not null then petition.received_precision
        else petition.discovered_precision
    end as started_precision,
    case when petition.is_hotline then 'hotline' else '' end as limit_class,
    petition.is_hotline as is_undated,
    case when petition.is_hotline then ticket.due_at end as stated_due_at,
    case when petition.is_hotline and ticket.due_at is not null then concat_ws('', '热线工单所写时限：', ticket.basis) end
        as stated_basis,
    coalesce(petition.replied_at, petition.closed_at) as met_at,
    case when petition.replied_at is not null then 'replied_at' else 'closed_at' end as met_field,
    case when petition.replied_at is not null then petition.replied_precision else petition.closed_precision end
        as met_precision,
    petition.row_id as duty_row_id,
    case
        when petition.replied_at is null and petition.closed_at is not null then '；未写答复时间，以办结时间计'
        else ''
    end as remark,
    least(petition.source_until, case when not petition.is_hotline then petition.accepted_until end) as withdrawn_at,
    true as is_suspendable,
    not petition.is_hotline as is_extendable
from petition
left join core.problem_deadline as ticket on petition.problem_id = ticket.problem_id and ticket.round = 1
