-- 整改轮次：第一轮自发现起，每次不合格复查结束一轮、另起一轮；附每轮的履行证据
-- 粒度：problem_id, round
-- 依据：四（一）做好后续督察，确保问题整改到位
with opened as (
    select
        problem_id,
        cast(1 as bigint) as round,
        discovered_at as started_at,
        row_id as duty_row_id,
        false as is_result_rewritten
    from core.problem
    union all
    select problem_id, visit_no + 1 as round, done_at as started_at, row_id as duty_row_id,
        is_result_rewritten
    from core.failed_visit
),

bounded as (
    select opened.*, visit.done_at as ended_at
    from opened
    left join core.failed_visit as visit on opened.problem_id = visit.problem_id and opened.round = visit.visit_no
),

-- 一轮自己所报的完成：已结束的轮取最后一版所报，末轮取现行台账所写
reported as (
    select
        bounded.problem_id,
        bounded.round,
        bounded.ended_at,
        max(claim.version_no) as version_no,
        max_by(claim.stated_at, claim.version_no) as stated_at,
        max_by(claim.row_id, claim.version_no) as row_id
    from bounded
    join core.problem_claim as claim
        on
            bounded.problem_id = claim.problem_id
            and bounded.round = claim.round
            and (bounded.ended_at is not null or claim.is_current)
    group by bounded.problem_id, bounded.round, bounded.ended_at
),

-- 一轮最早所报的完成：后来改早的，看得出先前所写；七日内就改了的是笔误
stood as (
    select
        problem_id,
        version_no,
        first_received_at,
        lead(first_received_at) over (partition by problem_id order by version_no) as replaced_at
    from core.problem_statement
),

first_reported as (
    select claim.problem_id, claim.round, min_by(claim.stated_at, claim.version_no) as stated_at
    from core.problem_claim as claim
    join stood on claim.problem_id = stood.problem_id and claim.version_no = stood.version_no
    where coalesce(days_between(stood.first_received_at, stood.replaced_at) > correction_days(), true)
    group by claim.problem_id, claim.round
),

-- 复查之前已被台账清空的，不再算数；复查之后才清空的，前一轮照旧
kept as (
    select reported.*
    from reported
    where
        not exists (
            select 1
            from core.problem_statement as blank
            where
                blank.problem_id = reported.problem_id
                and blank.stated_at is null
                and blank.version_no > reported.version_no
                and blank.first_received_at < reported.ended_at
        )
),

-- 合格的复查、验收证明到那时已整改：后续各轮取最早者，第一轮只在没有写完成时间时才凭它
passed as (
    select
        bounded.problem_id,
        bounded.round,
        min(visit.done_at) as done_at,
        min_by(visit.row_id, concat(cast(visit.done_at as varchar), visit.row_id)) as row_id
    from bounded
    left join core.failed_visit as opening
        on bounded.problem_id = opening.problem_id and bounded.round = opening.visit_no + 1
    join core.follow_up as visit
        on
            bounded.problem_id = visit.problem_id
            and visit.kind in ('reinspect', 'look_back', 'accept')
            and visit.result = 'pass'
            and (
                cast(visit.done_at as date) > cast(bounded.started_at as date)
                or bounded.round = 1
                or (
                    opening.done_precision = 'minute'
                    and visit.done_at_precision = 'minute'
                    and visit.done_at > bounded.started_at
                )
            )
    where bounded.ended_at is null
    group by bounded.problem_id, bounded.round
),

proven as (
    select
        bounded.*,
        kept.version_no,
        kept.stated_at,
        kept.row_id as stated_row_id,
        passed.done_at as passed_at,
        passed.row_id as passed_row_id,
        first_reported.stated_at as first_stated_at,
        problem.discovered_at,
        problem.row_id as problem_row_id,
        -- 写了现场整改，第一轮又写了次日以后完成的，以完成时间为准
        bounded.round = 1
        and coalesce(problem.corrected_on_spot, false)
        and coalesce(cast(kept.stated_at as date) <= cast(problem.discovered_at as date), true) as is_on_spot
    from bounded
    join core.problem as problem on bounded.problem_id = problem.problem_id
    left join kept on bounded.problem_id = kept.problem_id and bounded.round = kept.round
    left join passed on bounded.problem_id = passed.problem_id and bounded.round = passed.round
    left join first_reported on bounded.problem_id = first_reported.problem_id and bounded.round = first_reported.round
),

own as (
    select
        proven.*,
        case
            when is_on_spot then discovered_at
            when round > 1 and passed_at < stated_at then passed_at
            else coalesce(stated_at, passed_at)
        end as own_met_at,
        case
            when is_on_spot then problem_row_id
            when round > 1 and passed_at < stated_at then passed_row_id
            else coalesce(stated_row_id, passed_row_id)
        end as own_met_row_id,
        -- 合格的复查证明得早的，不凭台账所写
        case when not is_on_spot and stated_at is not null then least(first_stated_at, passed_at) end as first_met_at
    from proven
),

-- 自己没有报过完成的轮，由其后最近一轮的完成补上：问题是那时才改好的
lent as (
    select
        own.problem_id,
        own.round,
        min_by(later.own_met_at, later.round) as met_at,
        min_by(later.own_met_row_id, later.round) as met_row_id,
        min_by(later.version_no, later.round) as version_no
    from own
    join own as later on own.problem_id = later.problem_id and own.round < later.round
    where own.own_met_at is null and later.own_met_at is not null
    group by own.problem_id, own.round
),

-- 补来的完成之前，台账最后一次显示“未完成”是什么时候
blank_seen as (
    select lent.problem_id, lent.round, max(blank.last_received_at) as last_at
    from lent
    join core.problem_statement as blank
        on
            lent.problem_id = blank.problem_id
            and blank.stated_at is null
            and (lent.version_no is null or blank.version_no < lent.version_no)
    group by lent.problem_id, lent.round
)

select
    own.problem_id,
    own.round,
    own.started_at,
    own.ended_at,
    own.duty_row_id,
    own.is_result_rewritten,
    coalesce(own.own_met_at, lent.met_at) as met_at,
    coalesce(own.own_met_row_id, lent.met_row_id) as met_row_id,
    own.first_met_at,
    lent.problem_id is not null as is_met_later,
    blank_seen.last_at as blank_seen_at
from own
left join lent on own.problem_id = lent.problem_id and own.round = lent.round
left join blank_seen on own.problem_id = blank_seen.problem_id and own.round = blank_seen.round
