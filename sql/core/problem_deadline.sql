-- 整改时限：一行是一个问题的一轮；第一轮以首次所报为准，不合格复查之后各轮以首次所报的重新整改时限为准
-- 粒度：problem_id, round
-- 依据：四（一）明确整改时限；哪些改写算数见 core.deadline_binding，延期须经批准，见 core.problem_extension
-- 所写时限都早于发现、早于复查的，取最后所写，时间矛盾
with impossible as (
    select problem_id, cast(1 as bigint) as round, version_no, kind, due_at, basis
    from core.deadline_told
    where not is_possible
    union all by name
    select
        problem_id,
        round,
        version_no,
        'date' as kind,
        new_due_at as due_at,
        '复查不合格后重新确定的整改时限' as basis
    from core.new_due_told
    where not is_possible
),

last_impossible as (
    select *
    from impossible
    qualify row_number() over (partition by problem_id, round order by version_no desc) = 1
),

stage as (
    select
        problem_id,
        cast(1 as bigint) as round,
        discovered_at,
        rectify_due_kind as current_kind,
        coalesce(corrected_on_spot, false) as is_on_spot
    from core.problem
    union all
    select
        problem_id,
        visit_no + 1 as round,
        done_at as discovered_at,
        case when new_due_at is not null then 'date' end as current_kind,
        false as is_on_spot
    from core.failed_visit
),

chosen as (
    select
        stage.problem_id,
        stage.round,
        stage.current_kind,
        binding.problem_id is not null as is_bound,
        case
            when binding.is_tightened then binding.last_ends_at
            when binding.problem_id is not null then binding.ends_at
            when impossible.problem_id is not null then impossible.due_at
            -- 当场改正的不必另定时限：发现当日即为限
            when stage.is_on_spot then end_of_day(stage.discovered_at)
        end as ends_at,
        case
            when binding.is_tightened then binding.last_kind
            else coalesce(binding.kind, impossible.kind, stage.current_kind)
        end as kind,
        case
            when binding.is_tightened then binding.last_basis
            when binding.problem_id is not null then binding.basis
            when impossible.problem_id is not null then impossible.basis
            when stage.round > 1 then '复查不合格，未写重新整改时限'
            when stage.is_on_spot then '现场整改：发现当日'
            when stage.current_kind = 'long_term' then '长期坚持，按年复核，未定时限'
            when stage.current_kind in ('unreadable', 'vague') then '台账所写时限无法识别，按未定时限计'
            else '台账未写整改时限'
        end as basis,
        least(stage.discovered_at, binding.discovered_at) as discovered_at,
        binding.problem_id is null and impossible.problem_id is not null as is_before_discovery,
        binding.last_ends_at,
        coalesce(binding.is_corrected, false) as is_corrected,
        coalesce(binding.is_tightened, false) as is_tightened
    from stage
    left join core.deadline_binding as binding
        on stage.problem_id = binding.problem_id and stage.round = binding.round
    left join last_impossible as impossible
        on stage.problem_id = impossible.problem_id and stage.round = impossible.round
)

select
    problem_id,
    round,
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
            when is_bound and round > 1 and current_kind is null
                then '；现行记录未写重新整改时限，以报过的为准，见更正记录'
            when is_bound and (current_kind is null or current_kind in ('unreadable', 'vague', 'long_term'))
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
