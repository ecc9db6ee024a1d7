-- 批准核查：现行台账写了延期而不算数的，为什么不算；一行是一个问题，只提示，不退回
-- 粒度：row_id
-- 依据：四（一）整改时限；不认的延期要说明缘由，填报的人才能更正
select
    version.row_id,
    case
        when approver.approver_grid_id is null then 'approver_unknown'
        when not approver.is_above then 'approver_not_above'
        else 'extension_late'
    end as rule,
    case
        when approver.is_above then cast(cast(version.extension_approved_at as date) as varchar)
        else approver.approved_by
    end as value
from core.problem as problem
join staging.problem_version as version
    on
        problem.problem_id = version.row_key
        and problem.version_no = version.version_no
        and version.disposition = 'accepted'
join core.approver as approver on problem.problem_id = approver.problem_id and problem.version_no = approver.version_no
join core.problem_deadline as deadline on problem.problem_id = deadline.problem_id
left join core.problem_extension as extension on problem.problem_id = extension.problem_id
where
    version.extension_approved_at is not null
    and end_of_day(version.extended_due) > end_of_day(coalesce(extension.extended_due_at, deadline.due_at))
