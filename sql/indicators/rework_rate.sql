-- 返工：一行是一次有结果的复查、后督察、验收；分子为不合格与部分合格（还有要改的，等于再开一轮）
-- 粒度：follow_up_id
-- 依据：四（一）做好后续督察，确保问题整改到位；计入责任网格、复查的月份
-- 同一问题同日同为不合格（或同为合格）的是同一次，报了两遍也只计一次；上午不合格、下午合格的是两次
with held as (
    select
        visit.follow_up_id,
        role.handler_grid_id as grid_id,
        visit.done_at,
        visit.result,
        visit.row_id,
        row_number() over (
            partition by
                visit.problem_id, cast(visit.done_at as date), case when visit.result = 'pass' then 'pass' else 'fail' end
            order by visit.done_at asc, visit.follow_up_id asc
        ) as place
    from core.follow_up as visit
    join core.problem_role as role on visit.problem_id = role.problem_id
    where visit.kind in ('reinspect', 'look_back', 'accept') and visit.result is not null
)

select
    'rework_rate' as indicator_id,
    grid_id,
    month_of(done_at) as month,
    cast(done_at as date) as on_day,
    'follow_up' as subject_kind,
    follow_up_id as subject_id,
    cast(case when result = 'pass' then 0 else 1 end as bigint) as numerator,
    cast(1 as bigint) as denominator,
    row_id
from held
where place = 1
