-- 上级批准：一行是台账一版所写、由责任网格的上级作出的一次批准（批准延期，或批准缓办）
-- 粒度：problem_id, version_no
-- 依据：四（一）整改时限；延期、缓办须经上级网格批准
with told as (
    select
        version.row_key as problem_id,
        version.version_no,
        version.file_received_at,
        version.county_id,
        version.extension_approved_by as approved_by,
        version.extension_approved_at as approved_at,
        case
            when version.extended_due_precision = 'minute' then version.extended_due
            else end_of_day(version.extended_due)
        end as extended_due_at,
        coalesce(version.closure = 'suspended', false) as is_suspended,
        problem.duty_grid_id
    from staging.problem_version as version
    join core.problem as problem on version.row_key = problem.problem_id
    cross join seed.moment as moment
    where
        version.disposition = 'accepted'
        and version.extension_approved_by is not null
        -- 发现之前的、收到之后的日期不是批准
        and version.extension_approved_at >= start_of_day(version.discovered_at)
        and version.extension_approved_at <= least(end_of_day(version.file_received_at), moment.as_of)
),

above as (
    select leaf_id, ancestor_id from core.grid_path where ancestor_id <> leaf_id
),

by_grid as (
    select told.problem_id, told.version_no, name.grid_id
    from told
    join staging.grid_name as name on told.county_id = name.county_id and grid_text(told.approved_by) = name.name
    where name.grid_id is not null
),

-- 写的是人名的：批准当日在上级网格任职，且上级之中只有这一人同名
by_person as (
    select told.problem_id, told.version_no, min(post.grid_id) as grid_id
    from told
    join above on told.duty_grid_id = above.leaf_id
    join core.person_post as post
        on
            above.ancestor_id = post.grid_id
            and read_name(told.approved_by) = post.name
            and cast(told.approved_at as date) >= post.valid_from
            and (post.valid_to is null or cast(told.approved_at as date) <= post.valid_to)
    left join by_grid on told.problem_id = by_grid.problem_id and told.version_no = by_grid.version_no
    where by_grid.problem_id is null
    group by told.problem_id, told.version_no
    having count(distinct post.person_id) = 1
),

approver as (
    select * from by_grid
    union all
    select * from by_person
)

select
    told.problem_id,
    told.version_no,
    told.file_received_at,
    approver.grid_id as approver_grid_id,
    told.approved_at,
    told.extended_due_at,
    told.is_suspended
from told
join approver on told.problem_id = approver.problem_id and told.version_no = approver.version_no
join above on told.duty_grid_id = above.leaf_id and approver.grid_id = above.ancestor_id
