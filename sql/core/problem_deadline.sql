-- 原整改时限：一行一个问题；以首次所报为准，首报七日内、到期之前的更正和到期之前的改早算数，其余改写不算
-- 粒度：problem_id
-- 依据：四（一）明确整改时限；延期须经批准，见 core.problem_extension
with told as (
    select
        problem_id,
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
),

-- 多数问题只有一版写了时限，没有可比的；以下只看有多版的
repeated as (select problem_id from told group by problem_id having count(*) > 1),

again as (select told.* from told semi join repeated on told.problem_id = repeated.problem_id),

-- 台账次序与收到次序的第一版若不同，取较早者：补报的旧月台账不能放宽已经报过的时限
first_told as (
    select *
    from (
        select *
        from again
        qualify
            row_number() over (partition by problem_id order by version_no) = 1
            or row_number() over (partition by problem_id order by file_received_at, version_no) = 1
    ) as opening
    qualify row_number() over (partition by problem_id order by ends_at, version_no) = 1
),

-- 同一月份的台账七日内重报，新旧时限都未过：是更正笔误，不是改期
corrected as (
    select again.*
    from first_told
    join again
        on
            first_told.problem_id = again.problem_id
            and first_told.month = again.month
            and days_between(first_told.file_received_at, again.file_received_at) between 0 and 7
            and again.file_received_at >= first_told.file_received_at
            and again.file_received_at <= least(first_told.ends_at, again.ends_at)
    qualify
        row_number() over (partition by again.problem_id order by again.file_received_at desc, again.version_no desc) = 1
),

settled as (
    select
        first_told.problem_id,
        coalesce(corrected.kind, first_told.kind) as kind,
        coalesce(corrected.basis, first_told.basis) as basis,
        coalesce(corrected.ends_at, first_told.ends_at) as ends_at,
        least(first_told.discovered_at, corrected.discovered_at) as discovered_at,
        coalesce(corrected.ends_at <> first_told.ends_at, false) as is_corrected
    from first_told
    left join corrected on first_told.problem_id = corrected.problem_id
),

-- 台账最后写的是什么时候，这个时限最早是哪天报的
last_told as (
    select again.*, min(file_received_at) over (partition by problem_id, ends_at) as since
    from again
    qualify row_number() over (partition by problem_id order by version_no desc) = 1
),

-- 改早的，到期之前就报了，责任网格来得及知道，以早的为准；到期之后才报的，两个都留着
compared as (
    select
        settled.*,
        last_told.kind as last_kind,
        last_told.basis as last_basis,
        last_told.ends_at as last_ends_at,
        last_told.ends_at < settled.ends_at and last_told.since <= last_told.ends_at as is_tightened
    from settled
    join last_told on settled.problem_id = last_told.problem_id
    union all
    select
        told.problem_id,
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
    anti join again on told.problem_id = again.problem_id
),

-- 所写时限都早于发现的，取最后所写，时间矛盾
impossible as (
    select *
    from core.deadline_told
    where not is_possible
    qualify row_number() over (partition by problem_id order by version_no desc) = 1
),

chosen as (
    select
        problem.problem_id,
        problem.rectify_due_kind as current_kind,
        compared.problem_id is not null as is_bound,
        case
            when compared.is_tightened then compared.last_ends_at
            when compared.problem_id is not null then compared.ends_at
            when impossible.problem_id is not null then impossible.due_at
            -- 当场改正的不必另定时限：发现当日即为限
            when problem.corrected_on_spot then end_of_day(problem.discovered_at)
        end as ends_at,
        case
            when compared.is_tightened then compared.last_kind
            else coalesce(compared.kind, impossible.kind, problem.rectify_due_kind)
        end as kind,
        case
            when compared.is_tightened then compared.last_basis
            when compared.problem_id is not null then compared.basis
            when impossible.problem_id is not null then impossible.basis
            when problem.corrected_on_spot then '现场整改：发现当日'
            when problem.rectify_due_kind = 'long_term' then '长期坚持，按年复核，未定时限'
            when problem.rectify_due_kind = 'unreadable' then '台账所写时限无法识别，按未定时限计'
            else '台账未写整改时限'
        end as basis,
        least(problem.discovered_at, compared.discovered_at) as discovered_at,
        compared.problem_id is null and impossible.problem_id is not null as is_before_discovery,
        compared.last_ends_at,
        coalesce(compared.is_corrected, false) as is_corrected,
        coalesce(compared.is_tightened, false) as is_tightened
    from core.problem as problem
    left join compared on problem.problem_id = compared.problem_id
    left join impossible on problem.problem_id = impossible.problem_id
)

select
    problem_id,
    case when ends_at < timestamp '9999-12-31 00:00:00' then ends_at end as due_at,
    kind,
    basis,
    discovered_at,
    is_before_discovery,
    case when last_ends_at < ends_at then last_ends_at end as earlier_due_at,
    concat(
        case when is_tightened then '；到期之前改早，按改早的计，见更正记录' else '' end,
        case when is_corrected and not is_tightened then '；首报七日内、到期之前作过更正，按更正后的计，见更正记录' else '' end,
        case
            when is_bound and (current_kind is null or current_kind in ('unreadable', 'long_term'))
                then '；台账后来不再写明时限，仍以此前所报为原时限，见更正记录'
            when last_ends_at < timestamp '9999-12-31 00:00:00' and last_ends_at <> ends_at
                then concat(
                    '；台账后来所写整改时限为', strftime(last_ends_at, '%Y-%m-%d'), '，仍以首次所报为原时限，见更正记录'
                )
            when last_ends_at <> ends_at then '；台账后来所写整改时限不同，仍以首次所报为原时限，见更正记录'
            else ''
        end
    ) as remark
from chosen
