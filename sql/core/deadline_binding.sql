-- 写明的时限以哪一次所报为准：一行是一个问题的一轮；首报七日内、到期之前的更正和到期之前的改早算数，其余改写不算
-- 粒度：problem_id, round
-- 依据：四（一）明确整改时限；第一轮是原整改时限，其后各轮是复查时重新确定的时限，一个规矩
with told as (
    select
        problem_id,
        cast(1 as bigint) as round,
        version_no,
        month,
        file_received_at,
        discovered_at,
        kind,
        due_at,
        basis,
        -- 算不出末日的，末日在已发布的日历之后
        coalesce(due_at, timestamp '9999-12-31 00:00:00') as ends_at
    from core.deadline_told
    where is_possible
    union all by name
    select
        problem_id,
        round,
        version_no,
        month,
        file_received_at,
        visited_at as discovered_at,
        'date' as kind,
        new_due_at as due_at,
        '复查不合格后重新确定的整改时限' as basis,
        new_due_at as ends_at
    from core.new_due_told
    where is_possible
),

-- 多数问题只有一版写了时限，没有可比的；以下只看有多版的
repeated as (select problem_id, round from told group by problem_id, round having count(*) > 1),

again as (
    select told.* from told
    semi join repeated on told.problem_id = repeated.problem_id and told.round = repeated.round
),

-- 台账次序与收到次序的第一版若不同，取较早者：补报的旧月台账不能放宽已经报过的时限
first_told as (
    select *
    from (
        select *
        from again
        qualify
            row_number() over (partition by problem_id, round order by version_no) = 1
            or row_number() over (partition by problem_id, round order by file_received_at, version_no) = 1
    ) as opening
    qualify row_number() over (partition by problem_id, round order by ends_at, version_no) = 1
),

-- 同一月份的台账七日内重报，新旧时限都未过：是更正笔误，不是改期
corrected as (
    select again.*
    from first_told
    join again
        on
            first_told.problem_id = again.problem_id
            and first_told.round = again.round
            and first_told.month = again.month
            and days_between(first_told.file_received_at, again.file_received_at) between 0 and correction_days()
            and again.file_received_at >= first_told.file_received_at
            and again.file_received_at <= least(first_told.ends_at, again.ends_at)
    qualify
        row_number() over (
            partition by again.problem_id, again.round order by again.file_received_at desc, again.version_no desc
        ) = 1
),

settled as (
    select
        first_told.problem_id,
        first_told.round,
        coalesce(corrected.kind, first_told.kind) as kind,
        coalesce(corrected.basis, first_told.basis) as basis,
        coalesce(corrected.ends_at, first_told.ends_at) as ends_at,
        least(first_told.discovered_at, corrected.discovered_at) as discovered_at,
        coalesce(corrected.ends_at <> first_told.ends_at, false) as is_corrected
    from first_told
    left join corrected on first_told.problem_id = corrected.problem_id and first_told.round = corrected.round
),

-- 台账最后写的是什么时候，这个时限最早是哪天报的
last_told as (
    select again.*, min(file_received_at) over (partition by problem_id, round, ends_at) as since
    from again
    qualify row_number() over (partition by problem_id, round order by version_no desc) = 1
)

-- 改早的，到期之前就报了，责任网格来得及知道，以早的为准；到期之后才报的，两个都留着
select
    settled.*,
    last_told.kind as last_kind,
    last_told.basis as last_basis,
    last_told.ends_at as last_ends_at,
    last_told.ends_at < settled.ends_at and last_told.since <= last_told.ends_at as is_tightened
from settled
join last_told on settled.problem_id = last_told.problem_id and settled.round = last_told.round
union all
select
    told.problem_id,
    told.round,
    told.kind,
    told.basis,
    told.ends_at,
    told.discovered_at,
    false as is_corrected,
    told.kind as last_kind,
    told.basis as last_basis,
    told.ends_at as last_ends_at,
    false as is_tightened
from told
anti join again on told.problem_id = again.problem_id and told.round = again.round
