-- 交办问题按期办结：上级交办、督察反馈的问题按交办单的时限办结；一行是一个交办问题，状态与其整改第一轮相同
-- 粒度：obligation_id
-- 依据：二（二）1 认真调查处理上级网格交办的环境污染问题；二（三）1 报告并协助处理
select
    'assigned_problem' as metric_id,
    concat_ws('/', 'assigned_problem', duty.subject_id) as obligation_id,
    duty.grid_id,
    duty.owner_level,
    duty.county_id,
    duty.subject_kind,
    duty.subject_id,
    duty.round,
    duty.about_month,
    duty.period,
    duty.started_at,
    duty.original_due_at,
    duty.due_at,
    duty.is_extended,
    duty.met_at,
    duty.state,
    duty.duty_row_id,
    duty.met_row_id,
    duty.due_basis
from obligations.rectification as duty
join core.problem_handling as problem on duty.subject_id = problem.problem_id
where
    duty.round = 1
    and (
        problem.assignment_no is not null
        or problem.source in ('assigned', 'inspection')
        -- 到期之后才改写来源、清空交办文号的，仍是交办的
        or problem.assignment_until > duty.due_at
        or (problem.former_source in ('assigned', 'inspection') and problem.source_until > duty.due_at)
    )
