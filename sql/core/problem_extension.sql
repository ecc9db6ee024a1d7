-- 延期与缓办的批准：一行是有上级批准的问题的一轮；历次延期逐次与那一轮当时的时限相比
-- 粒度：problem_id, round
-- 依据：四（一）整改时限；经批准的延期不因后来改写而失效
with told as (
    select
        approval.problem_id,
        approval.round,
        approval.approved_at,
        approval.file_received_at,
        approval.extended_due_at,
        deadline.due_at as original_due_at,
        -- 一个日期的批准以首次所报为准；先后依台账的次序，与收到的次序无关
        row_number() over (
            partition by approval.problem_id, approval.extended_due_at order by approval.version_no
        ) = 1 as is_first,
        max(cast(approval.approved_at as date)) over (
            partition by approval.problem_id order by approval.version_no
            rows between unbounded preceding and 1 preceding
        ) as approved_before
    from core.approval as approval
    join core.problem_deadline as deadline
        on approval.problem_id = deadline.problem_id and approval.round = deadline.round
    -- 不晚于原时限的不是延期
    where approval.extended_due_at > deadline.due_at
),

-- 一次批准只准一个日期；后报的批准须晚于先报的，倒填日期的不算
step as (
    select
        told.*,
        greatest(
            original_due_at,
            max(extended_due_at) over (
                partition by problem_id, round order by approved_at rows between unbounded preceding and 1 preceding
            )
        ) as due_before
    from told
    where coalesce(cast(approved_at as date) > approved_before, true)
),

-- 有一次批准已过当时的时限，其后的批准更晚，一并不算
chain as (
    select
        step.*,
        bool_or(approved_at > due_before) over (
            partition by problem_id, round order by approved_at rows between unbounded preceding and current row
        ) as is_broken
    from step
),

counted as (
    select * from chain
    where not is_broken and extended_due_at > due_before
),

-- 时限在先，所报在后，而批准之后收到的台账并没有写：照认，但要说明
told_late as (
    select distinct counted.problem_id, counted.round
    from counted
    join staging.problem_version as silent
        on
            counted.problem_id = silent.row_key
            and silent.disposition <> 'rejected'
            and silent.file_received_at > end_of_day(counted.approved_at)
            and silent.file_received_at < counted.file_received_at
            -- 一版只写得下一次批准：写着更晚的，不是没有写
            and coalesce(cast(silent.extension_approved_at as date) < cast(counted.approved_at as date), true)
    where counted.file_received_at > counted.due_before
),

extended as (
    select problem_id, round, max(extended_due_at) as due_at
    from counted
    group by problem_id, round
),

-- 缓办要有它自己的批准，已用来延期的那一次不算
suspended as (
    select approval.problem_id, min(approval.approved_at) as approved_at
    from core.approval as approval
    left join told as spent
        on
            approval.problem_id = spent.problem_id
            and cast(approval.approved_at as date) = cast(spent.approved_at as date)
            and spent.is_first
    where approval.is_suspended and spent.problem_id is null
    group by approval.problem_id
)

select
    deadline.problem_id,
    deadline.round,
    extended.due_at as extended_due_at,
    suspended.approved_at as suspension_approved_at,
    told_late.problem_id is not null as is_told_late
from core.problem_deadline as deadline
left join extended on deadline.problem_id = extended.problem_id and deadline.round = extended.round
left join told_late on deadline.problem_id = told_late.problem_id and deadline.round = told_late.round
left join suspended on deadline.problem_id = suspended.problem_id
where extended.problem_id is not null or suspended.problem_id is not null
