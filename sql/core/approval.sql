-- 上级批准：一行是台账一版所写、由责任网格的上级作出的一次批准（批准延期，或批准缓办）
-- 粒度：problem_id, version_no
-- 依据：四（一）整改时限；延期、缓办须经上级网格批准
select
    version.row_key as problem_id,
    version.version_no,
    approver.round,
    version.file_received_at,
    approver.approver_grid_id,
    version.extension_approved_at as approved_at,
    case
        when version.extended_due_precision = 'minute' then version.extended_due
        else end_of_day(version.extended_due)
    end as extended_due_at,
    coalesce(version.closure = 'suspended', false) as is_suspended
from staging.problem_version as version
join core.approver as approver on version.row_key = approver.problem_id and version.version_no = approver.version_no
cross join seed.moment as moment
where
    version.disposition = 'accepted'
    and approver.is_above
    -- 发现之前的、收到之后的日期不是批准
    and version.extension_approved_at >= start_of_day(version.discovered_at)
    and version.extension_approved_at <= least(end_of_day(version.file_received_at), moment.as_of)
