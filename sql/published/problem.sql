-- 问题：一行一个，现行版本
-- 粒度：problem_id
-- 依据：四（一）登记备案
with last_bearer as (
    select *
    from core.problem_bearer
    qualify row_number() over (partition by problem_id order by round desc) = 1
),

-- 各轮之中最晚的经批准的延期
lawful as (
    select problem_id, max(extended_due_at) as extended_due_at
    from core.problem_extension
    group by problem_id
)

select
    problem.problem_id,
    problem.problem_no,
    problem.parent_problem_no,
    problem.county_id,
    problem.grid_id,
    bearer.duty_grid_id,
    bearer.duty_basis,
    problem.description,
    problem.source,
    problem.category,
    problem.site,
    problem.discovered_at,
    problem.registered_at,
    deadline.due_at as rectify_due_at,
    concat_ws('', deadline.basis, deadline.remark) as rectify_due_basis,
    coalesce(problem.extended_due_at, lawful.extended_due_at) as extended_due_at,
    coalesce(
        coalesce(problem.extended_due_at, lawful.extended_due_at) = lawful.extended_due_at, false
    ) as is_lawful_extension,
    problem.corrected_on_spot,
    problem.rectified_at,
    problem.verified_at,
    problem.cleared_at,
    problem.closed_at,
    problem.closure,
    problem.is_duplicate,
    problem.status,
    problem.version_no,
    problem.absent_in_latest,
    problem.row_id
from core.problem as problem
join core.problem_deadline as deadline on problem.problem_id = deadline.problem_id and deadline.round = 1
join last_bearer as bearer on problem.problem_id = bearer.problem_id
left join lawful on problem.problem_id = lawful.problem_id
