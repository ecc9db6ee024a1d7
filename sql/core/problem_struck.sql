-- 不计数的问题：一行是一个作废、并案、重复，或由拆分件代替的问题
-- 粒度：problem_id
-- 依据：四（一）登记备案；与整改义务同一规则：到期之后才写、又未经上级批准的，照旧计数，改写抹不掉它
with first_round as (
    select
        deadline.problem_id,
        coalesce(extension.extended_due_at, deadline.due_at) as due_at,
        stage.met_at
    from core.problem_deadline as deadline
    join core.problem_round as stage on deadline.problem_id = stage.problem_id and deadline.round = stage.round
    left join core.problem_extension as extension
        on deadline.problem_id = extension.problem_id and deadline.round = extension.round
    where deadline.round = 1
)

select voided.problem_id
from core.problem_voided as voided
join first_round on voided.problem_id = first_round.problem_id
where is_struck_in_time(voided.voided_at, voided.is_approved, first_round.due_at, first_round.met_at)
union
select split.problem_id
from core.problem_split as split
join first_round on split.problem_id = first_round.problem_id
where is_struck_in_time(split.split_at, false, first_round.due_at, first_round.met_at)
