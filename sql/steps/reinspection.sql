-- 复查（后督察）：报了整改完成之后去复查；一行是一个问题的一轮
-- 粒度：problem_id, part
-- 依据：四（一）做好后续督察，确保问题整改到位。由督导单位、否则由记台账的网格复查；复查过就是履行，不问结果
-- 现场整改的不必复查；复查人里有经办人的，另作说明；只有经办人去的，计不计由 sql/limits.toml（option）定
with completed as (
    select
        problem.problem_id,
        stage.round,
        stage.met_at,
        stage.met_row_id,
        stage.ended_at,
        problem.supervisor_grid_id as grid_id,
        coalesce(duty_limit.option, '') as option
    from core.problem_round as stage
    join core.problem_handling as problem on stage.problem_id = problem.problem_id
    left join seed.duty_limit as duty_limit
        on
            duty_limit.metric_id = 'reinspection'
            and cast(stage.met_at as date) >= duty_limit.valid_from
            and (duty_limit.valid_to is null or cast(stage.met_at as date) <= duty_limit.valid_to)
    where
        stage.met_at is not null
        and not stage.is_met_later
        and not (stage.round = 1 and coalesce(problem.corrected_on_spot, false))
),

visited as (
    select
        completed.problem_id,
        completed.round,
        visit.done_at,
        visit.done_at_precision,
        visit.row_id,
        visit.origin,
        own.row_id is not null as is_by_handler,
        own.is_alone
    from completed
    join core.follow_up as visit
        on
            completed.problem_id = visit.problem_id
            and visit.kind in ('reinspect', 'look_back', 'accept')
            and cast(visit.done_at as date) >= cast(completed.met_at as date)
            and (completed.ended_at is null or visit.done_at <= completed.ended_at)
    left join core.handler_visit as own
        on visit.problem_id = own.problem_id and visit.row_id = own.row_id and visit.done_at = own.done_at
    where completed.option <> 'handler_excluded' or not coalesce(own.is_alone, false)
    qualify
        row_number() over (
            partition by completed.problem_id, completed.round order by visit.done_at, visit.row_id
        ) = 1
)

select
    'reinspection' as metric_id,
    completed.problem_id,
    concat_ws('', 'r', cast(completed.round as varchar)) as part,
    completed.round,
    completed.grid_id,
    completed.met_at as started_at,
    case when completed.round = 1 then 'rectified_at' else '' end as start_field,
    -- 完成时间所在之日起算
    'day' as started_precision,
    '' as limit_class,
    false as is_undated,
    cast(null as timestamp) as stated_due_at,
    visited.done_at as met_at,
    -- 复查写在问题台账里的，日期后来改早了就看得出
    case when visited.origin = 'problem' then 'reinspected_at' else '' end as met_field,
    visited.done_at_precision as met_precision,
    visited.row_id as met_row_id,
    completed.met_row_id as duty_row_id,
    case
        when visited.is_by_handler and visited.is_alone then '；复查人即经办人'
        when visited.is_by_handler then '；复查人里有经办人'
        else ''
    end as remark
from completed
left join visited on completed.problem_id = visited.problem_id and completed.round = visited.round
