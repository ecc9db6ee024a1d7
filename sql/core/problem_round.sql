-- 整改轮次：第一轮自发现起，每次不合格复查结束一轮、另起一轮；附每轮的履行证据
-- 粒度：problem_id, round
-- 依据：四（一）做好后续督察，确保问题整改到位
with opened as (
    select
        problem.problem_id,
        cast(1 as bigint) as round,
        problem.discovered_at as started_at,
        cast(null as timestamp) as after,
        problem.row_id as duty_row_id,
        cast(null as timestamp) as new_due_at
    from core.problem as problem
    union all
    select
        problem.problem_id,
        visit.visit_no + 1 as round,
        visit.done_at as started_at,
        visit.done_until as after,
        visit.row_id as duty_row_id,
        visit.new_due_at
    from core.problem as problem
    join core.failed_visit as visit on problem.problem_id = visit.problem_id
),

bounded as (
    select opened.*, visit.done_until as until
    from opened
    left join core.failed_visit as visit on opened.problem_id = visit.problem_id and opened.round = visit.visit_no
),

-- 一轮之内所报的整改完成时间：有下一次复查的取其前最晚者，否则取最早者；未复查过的取现行台账所写
claimed as (
    select
        bounded.problem_id,
        bounded.round,
        case
            when bounded.until is not null then max(done.rectified_at)
            when bounded.round = 1 then max_by(done.rectified_at, done.last_version_no)
            else min(done.rectified_at)
        end as rectified_at,
        case
            when bounded.until is not null then max_by(done.row_id, done.rectified_at)
            when bounded.round = 1 then max_by(done.row_id, done.last_version_no)
            else min_by(done.row_id, done.rectified_at)
        end as row_id
    from bounded
    join core.problem_rectified as done
        on
            bounded.problem_id = done.problem_id
            and (bounded.until is null or done.rectified_at <= bounded.until)
            and (bounded.after is null or done.rectified_at > bounded.after)
    group by bounded.problem_id, bounded.round, bounded.until
),

-- 末轮也可由其后的合格复查或验收证明
passed as (
    select
        bounded.problem_id,
        bounded.round,
        min(visit.done_at) as done_at,
        min_by(visit.row_id, visit.done_at) as row_id
    from bounded
    join core.follow_up as visit
        on
            bounded.problem_id = visit.problem_id
            and visit.kind in ('reinspect', 'look_back', 'accept')
            and visit.result = 'pass'
            and visit.done_at > bounded.after
    where bounded.round > 1 and bounded.until is null
    group by bounded.problem_id, bounded.round
),

-- 第一轮复查之前没有留下整改完成时间，之后却有：先后矛盾
contradicted as (
    select distinct bounded.problem_id
    from bounded
    join core.problem_rectified as done on bounded.problem_id = done.problem_id and done.rectified_at > bounded.until
    where
        bounded.round = 1
        and not exists (
            select 1 from claimed
            where claimed.problem_id = bounded.problem_id and claimed.round = 1
        )
)

select
    bounded.problem_id,
    bounded.round,
    bounded.started_at,
    bounded.duty_row_id,
    bounded.new_due_at,
    case
        when passed.done_at < claimed.rectified_at then passed.done_at
        else coalesce(claimed.rectified_at, passed.done_at)
    end as met_at,
    case
        when passed.done_at < claimed.rectified_at then passed.row_id
        else coalesce(claimed.row_id, passed.row_id)
    end as met_row_id,
    bounded.round = 1 and contradicted.problem_id is not null as is_contradicted
from bounded
left join claimed on bounded.problem_id = claimed.problem_id and bounded.round = claimed.round
left join passed on bounded.problem_id = passed.problem_id and bounded.round = passed.round
left join contradicted on bounded.problem_id = contradicted.problem_id
