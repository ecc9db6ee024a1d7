-- 批准核查：现行台账写了延期而不算数的，为什么不算；一行是一个问题，只提示，不退回
-- 粒度：row_id
-- 依据：四（一）整改时限；不认的延期要说明缘由，填报的人才能更正
with refused as (
    select
        problem.problem_id,
        coalesce(approver.round, 1) as round,
        version.row_id,
        case
            when approver.problem_id is null or version.extension_approved_at is null then 'extension_unapproved'
            when approver.approver_grid_id is null then 'approver_unknown'
            when not approver.is_above then 'approver_not_above'
            else 'extension_late'
        end as rule,
        version.extended_due,
        version.extension_approved_at as approved_at,
        approver.approved_by
    from core.problem as problem
    join staging.problem_version as version
        on
            problem.problem_id = version.row_key
            and problem.version_no = version.version_no
            and version.disposition = 'accepted'
    left join core.approver as approver
        on problem.problem_id = approver.problem_id and problem.version_no = approver.version_no
    join core.problem_deadline as deadline
        on problem.problem_id = deadline.problem_id and deadline.round = coalesce(approver.round, 1)
    left join core.problem_extension as extension
        on deadline.problem_id = extension.problem_id and deadline.round = extension.round
    where end_of_day(version.extended_due) > end_of_day(coalesce(extension.extended_due_at, deadline.due_at))
),

stated as (
    select
        refused.*,
        case refused.rule
            when 'extension_unapproved' then strftime(refused.extended_due, '%Y-%m-%d')
            when 'extension_late' then strftime(refused.approved_at, '%Y-%m-%d')
            else refused.approved_by
        end as value
    from refused
)

select
    stated.problem_id,
    stated.round,
    stated.row_id,
    stated.rule,
    stated.value,
    replace(rule.message_zh, '{value}', stated.value) as reason_zh
from stated
join seed.rule as rule on stated.rule = rule.rule
