-- 监察文书：未当场改正的，下达现场监察文书并明确整改时限；一行是一个巡查、抽查发现而未当场改正的问题
-- 粒度：problem_id
-- 依据：四（一）不能立即改正的要下达现场监察文书，明确整改时限。文书由有执法权的网格下达
-- 写明现场整改的、发现当日整改完成的，是当场改正；两样都没有写的，就没有当场改正
-- 文书编号先空着、后来才填，又没有下达时间的，以填了编号的那一版收到之时计
with changed as (
    select
        key as problem_id,
        min(received_at) as first_changed_at,
        min_by(coalesce(old, ''), concat_ws('', cast(received_at as varchar), to_row_id)) as first_old
    from staging.problem_revision
    where field = 'document_no' and not is_relabel
    group by key
),

standing as (
    select
        problem.problem_id,
        problem.discovered_at,
        problem.row_id,
        case when finder.level <= 2 then problem.finder_grid_id else finder.county_id end as grid_id,
        problem.discovered_precision,
        case
            when coalesce(problem.source not in ('patrol', 'spot_check'), true) then problem.source_until
            when problem.corrected_on_spot then problem.denied_until
        end as withdrawn_at,
        coalesce(problem.document_no, cast(problem.document_issued_at as varchar)) is not null as has_document,
        deadline.due_at is not null or coalesce(deadline.kind in ('long_term', 'unreadable'), false) as has_deadline,
        case when changed.first_old = '' then changed.first_changed_at end as numbered_at,
        problem.document_issued_at,
        problem.document_issued_precision,
        problem.served_at,
        problem.served_precision
    from core.problem_handling as problem
    join core.problem_deadline as deadline on problem.problem_id = deadline.problem_id and deadline.round = 1
    join staging.grid_home as finder on problem.finder_grid_id = finder.grid_id
    left join changed on problem.problem_id = changed.problem_id
    where
        (problem.source in ('patrol', 'spot_check') or problem.former_source in ('patrol', 'spot_check'))
        and (not coalesce(problem.corrected_on_spot, false) or problem.denied_until is not null)
        and not coalesce(cast(problem.rectified_at as date) = cast(problem.discovered_at as date), false)
)

select
    'document_complete' as metric_id,
    problem_id,
    '' as part,
    grid_id,
    discovered_at as started_at,
    'discovered_at' as start_field,
    discovered_precision as started_precision,
    '' as limit_class,
    false as is_undated,
    cast(null as timestamp) as stated_due_at,
    case
        when not has_document or not has_deadline then null
        else coalesce(document_issued_at, served_at, numbered_at, discovered_at)
    end as met_at,
    case
        when document_issued_at is not null then 'document_issued_at'
        when served_at is not null then 'served_at'
        else 'document_no'
    end as met_field,
    case
        when document_issued_at is not null then document_issued_precision
        when served_at is not null then served_precision
        when numbered_at is not null then 'minute'
        else discovered_precision
    end as met_precision,
    row_id as duty_row_id,
    concat_ws(
        '',
        case when has_document then '' else '；未见文书编号或下达时间' end,
        case when has_deadline then '' else '；未明确整改时限' end,
        case
            when not has_document or not has_deadline or coalesce(document_issued_at, served_at) is not null then ''
            when numbered_at is not null then '；文书编号后来才填、未写下达时间，以台账收到时间计'
            else '；有文书编号而未写下达时间，以发现时间计'
        end
    ) as remark,
    withdrawn_at
from standing
