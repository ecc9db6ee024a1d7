-- 经办人复查自己经办的问题：一行是一次有经办人在内的复查；除他以外有没有别人
-- 粒度：problem_id, row_id, done_at
-- 依据：四（一）做好后续督察；自己查自己的要单列。复查人、经办人可以各写几人，逐人比对
with named as (
    select
        visit.problem_id,
        visit.row_id,
        visit.done_at,
        coalesce(read_names(visit.checker), []) as checkers,
        coalesce(read_names(told.handler), []) as handlers
    from core.follow_up as visit
    join staging.problem_now as told on visit.problem_id = told.row_key
    where visit.checker is not null and told.handler is not null
)

select
    problem_id,
    row_id,
    done_at,
    bool_and(list_has_all(handlers, checkers)) as is_alone
from named
where list_has_any(checkers, handlers)
group by problem_id, row_id, done_at
