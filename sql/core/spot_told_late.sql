-- 现场整改的迟报：一行是台账先写“否”、时限之后才改写“是”的一个问题；照认，但要说明
-- 粒度：problem_id
-- 依据：四（一）确保问题整改到位；后来的改写不抹去先前所报
with told as (
    select row_key as problem_id, file_received_at, corrected_on_spot
    from staging.problem_version
    where disposition <> 'rejected' and corrected_on_spot is not null
),

first_yes as (
    select problem_id, min(file_received_at) as received_at
    from told
    where corrected_on_spot
    group by problem_id
)

select distinct first_yes.problem_id
from first_yes
join core.problem as problem on first_yes.problem_id = problem.problem_id and problem.corrected_on_spot
join core.problem_deadline as deadline on first_yes.problem_id = deadline.problem_id and deadline.round = 1
join told as denied
    on
        first_yes.problem_id = denied.problem_id
        and not denied.corrected_on_spot
        and denied.file_received_at < first_yes.received_at
where first_yes.received_at > deadline.due_at
