-- 核查发现：一行是一行数据的一处问题，写明问题、原值与如何改正
-- 粒度：row_id, column_name, rule
-- 依据：坏数据退回而不丢失，缘由要说清
with found as (
    select row_id, file_id, grid_id, table_name, column_name, rule, severity, value, advice from staging.finding
    union all by name
    select
        roster.row_id, source.file_id, cast(null as varchar) as grid_id, 'patrol' as table_name, 'inspectors' as column_name,
        roster.rule, 'warn' as severity, roster.value
    from core.roster_finding as roster
    join raw.source_row as source on roster.row_id = source.row_id
    union all by name
    select
        subject.row_id, source.file_id, cast(null as varchar) as grid_id, 'follow_up' as table_name, 'problem_no' as column_name,
        subject.rule, 'warn' as severity, subject.problem_no as value
    from core.visit_subject as subject
    join raw.source_row as source on subject.row_id = source.row_id
    where subject.rule is not null
    union all by name
    -- 只写点位的复查不知是对哪个问题的：不合格也开不了下一轮，须补编号
    select
        visit.row_id, source.file_id, cast(null as varchar) as grid_id, 'follow_up' as table_name, 'problem_no' as column_name,
        'visit_unnumbered' as rule, 'warn' as severity, visit.site as value
    from staging.follow_up_now as visit
    join raw.source_row as source on visit.row_id = source.row_id
    where visit.problem_no is null and visit.result in ('fail', 'partial')
    union all by name
    select
        approval.row_id, source.file_id, cast(null as varchar) as grid_id, 'problem' as table_name,
        'extended_due' as column_name, approval.rule, 'warn' as severity, approval.value
    from core.approval_finding as approval
    join raw.source_row as source on approval.row_id = source.row_id
    -- 没写批准的，逐行核查时已提示
    where approval.rule <> 'extension_unapproved'
    union all by name
    select
        plan.row_id, source.file_id, cast(null as varchar) as grid_id, 'patrol_plan' as table_name,
        'plan_month' as column_name, 'plan_told_late' as rule, 'warn' as severity,
        case
            when plan.special_from is null then plan.month
            else concat_ws('', cast(plan.special_from as varchar), ' 至 ', cast(plan.last_day as varchar))
        end as value
    from core.plan_told as plan
    join raw.source_row as source on plan.row_id = source.row_id
    where plan.is_late and plan.is_binding
    union all by name
    select
        row_id, file_id, cast(null as varchar) as grid_id, table_name, 'mends_row' as column_name,
        'mends_unknown' as rule, 'warn' as severity, mends_row as value
    from staging.mend
    where not is_known
    union all by name
    select
        far.row_id, far.file_id, cast(null as varchar) as grid_id, 'problem' as table_name, 'discovered_at' as column_name,
        'far_from_month' as rule, 'warn' as severity, raw_row.discovered_at as value
    from core.far_from_month as far
    join raw.problem as raw_row on far.row_id = raw_row.row_id
    union all by name
    select
        row_id, file_id, grid_id, table_name, 'grid' as column_name, 'place_citywide' as rule, 'warn' as severity, value
    from core.citywide
)

select
    found.row_id,
    found.file_id,
    file.county_id,
    file.month,
    found.grid_id,
    found.table_name,
    found.column_name,
    case when found.column_name = 'mends_row' then '退回行标识' else coalesce(heading.zh, '') end as column_zh,
    found.rule,
    found.severity,
    coalesce(successor.disposition = 'rejected', again.row_id is not null) as is_mended,
    found.severity = 'reject' and successor.row_id is null and again.row_id is null as is_awaiting,
    found.value,
    replace(
        replace(
            replace(rule.message_zh, '{column}', coalesce(heading.zh, '')),
            '{elsewhere}', coalesce(elsewhere.county_name, '')
        ),
        '{value}', coalesce(found.value, '')
    ) as message_zh,
    replace(
        replace(coalesce(fitting.mend_zh, rule.mend_zh), '{column}', coalesce(heading.zh, '')), '{expected}', coalesce(heading.expected, '')
    ) as mend_zh
from found
join staging.source_file as file on found.file_id = file.file_id
join seed.rule as rule on found.rule = rule.rule
join seed.rule as fitting on coalesce(found.advice, found.rule) = fitting.rule
left join staging.successor as successor on found.row_id = successor.row_id and successor.disposition = 'rejected'
left join core.returned_again as again on found.row_id = again.row_id
left join seed.heading as heading
    on found.table_name = heading.table_name and found.column_name = heading.column_name
left join core.grid_elsewhere as elsewhere
    on found.row_id = elsewhere.row_id and found.column_name = elsewhere.column_name
