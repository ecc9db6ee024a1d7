-- 改进措施：自评的一个项目有没有问题、措施何时定齐、以哪个时限为准；一行是一个项目
-- 粒度：self_evaluation_id
-- 依据：方案四（四）研究改进措施。改写时限，赶在当时的时限之前（或先前所报七日内）报来的才算；到期之后删去问题、措施，抹不掉已知的义务
-- 首报七日内的补填算在上报之时，此后补填的以收到之时为准；列始终没有的，说不出有没有（lacks_）
with stated as (
    select
        told.*,
        days_between(min(told.file_received_at) over (partition by told.self_evaluation_id), told.file_received_at)
        > correction_days() as is_supplement
    from core.improvement_stated as told
    where not told.is_current
),

-- 以收到之时为准的补填是事件：回看固化的月份时，计算时点之后才收到的还没有发生，没有 told_at
version as (
    select
        stated.*,
        case
            when not stated.is_supplement then stated.submitted_at
            when stated.file_received_at <= moment.as_of then greatest(stated.submitted_at, stated.file_received_at)
        end as told_at
    from stated
    cross join seed.moment as moment
),

folded as (
    select
        self_evaluation_id,
        min(file_received_at) as first_received_at,
        min(told_at) filter (where shortfall is not null) as shortfall_at,
        min(told_at) filter (where improvement is not null) as improvement_at,
        min(told_at) filter (where owner is not null) as owner_at,
        -- “尽快”之类说不出哪天的，等于没有定时限
        min(told_at) filter (where due_kind not in ('unreadable', 'vague')) as dated_at,
        bool_and(is_supplement) filter (where shortfall is not null) as is_shortfall_supplement,
        max(file_received_at) filter (
            where is_supplement and shortfall is null and has_column(fields, 'shortfall')
        ) as shortfall_gone_at,
        max(file_received_at) filter (
            where is_supplement and improvement is null and has_column(fields, 'improvement')
        ) as improvement_gone_at
    from version
    group by self_evaluation_id
),

followed as (
    select
        version.*,
        lead(file_received_at) over (partition by self_evaluation_id order by version_no) as next_received_at
    from version
    -- 读不出的时限不是留空，先前所写仍在
    where has_column(fields, 'improvement_due') and coalesce(due_kind not in ('unreadable', 'vague'), true)
),

-- 第一个没有及时改掉的时限
binding as (
    select self_evaluation_id, due_kind, due_at, next_received_at is not null as is_held
    from followed
    where
        next_received_at is null
        or (
            next_received_at > due_at
            and days_between(file_received_at, next_received_at) > correction_days()
        )
    qualify row_number() over (partition by self_evaluation_id order by version_no) = 1
),

-- 先前所写晚于其收到之日的，是打算，改为实际的完成时间不是前后矛盾
done_told as (
    select
        row_key as self_evaluation_id,
        improvement_done_at,
        version_no,
        file_received_at,
        lag(improvement_done_at) over (partition by row_key order by version_no) as before_at
    from staging.self_evaluation_version
    where
        disposition = 'accepted'
        and has_column(fields, 'improvement_done_at')
        and not says_no_date(faults, 'improvement_done_at')
        and (improvement_done_at is null or improvement_done_at <= end_of_day(file_received_at))
),

rewritten as (
    select
        self_evaluation_id,
        min_by(before_at, version_no) as first_done_at,
        max(file_received_at) as rewritten_at
    from done_told
    where before_at is not null and before_at is distinct from improvement_done_at
    group by self_evaluation_id
),

lack as (
    select
        stated.self_evaluation_id,
        bool_or(field.metric_id = 'improvement_defined') as lacks_defined,
        bool_or(field.metric_id = 'improvement_done') as lacks_done
    from core.improvement_stated as stated
    join seed.metric_field as field
        on field.table_name = 'self_evaluation' and not has_column(stated.fields, field.field)
    where stated.is_current
    group by stated.self_evaluation_id
)

select
    item.self_evaluation_id,
    item.county_id,
    item.grid_id,
    item.year,
    item.item,
    item.submitted_at,
    item.shortfall is not null as has_shortfall,
    folded.shortfall_at,
    coalesce(folded.is_shortfall_supplement, false) as is_shortfall_supplement,
    folded.shortfall_gone_at,
    item.improvement is not null as has_improvement,
    folded.improvement_at,
    folded.improvement_gone_at,
    folded.owner_at,
    folded.dated_at,
    folded.first_received_at,
    binding.due_kind,
    binding.due_at as measure_due_at,
    coalesce(binding.is_held, false) as is_due_held,
    item.improvement_done_at as done_at,
    item.is_done_planned,
    rewritten.first_done_at,
    rewritten.rewritten_at,
    coalesce(lack.lacks_defined, false) as lacks_defined,
    coalesce(lack.lacks_done, false) as lacks_done,
    item.row_id
from core.self_evaluation as item
join folded on item.self_evaluation_id = folded.self_evaluation_id
left join binding on item.self_evaluation_id = binding.self_evaluation_id
left join rewritten on item.self_evaluation_id = rewritten.self_evaluation_id
left join lack on item.self_evaluation_id = lack.self_evaluation_id
