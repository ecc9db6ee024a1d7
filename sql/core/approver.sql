-- 批准人：一行是台账一版所写的延期批准单位或批准人，是哪个网格、是不是责任网格的上级；认不出的网格为空
-- 粒度：problem_id, version_no
-- 依据：四（一）整改时限；延期、缓办须经上级网格批准，上级对批准时那一轮的责任网格而言
with told as (
    select
        version.row_key as problem_id,
        version.version_no,
        version.county_id,
        version.extension_approved_by as approved_by,
        version.extension_approved_at as approved_at,
        cast(coalesce(version.extension_approved_at, version.file_received_at) as date) as approved_on,
        -- 不合格复查次日以后的批准，属于那次复查另起的一轮
        1 + count(visit.visit_no) as round
    from staging.problem_version as version
    join core.problem as problem on version.row_key = problem.problem_id
    left join core.failed_visit as visit
        on
            version.row_key = visit.problem_id
            and cast(visit.done_at as date) < cast(version.extension_approved_at as date)
    where version.disposition = 'accepted' and version.extension_approved_by is not null
    group by
        version.row_key, version.version_no, version.county_id, version.extension_approved_by,
        version.extension_approved_at, version.file_received_at
),

above as (
    select told.problem_id, told.version_no, path.ancestor_id as grid_id
    from told
    join core.problem_bearer as bearer on told.problem_id = bearer.problem_id and told.round = bearer.round
    join core.grid_path as path
        on bearer.duty_grid_id = path.leaf_id and told.approved_on between path.valid_from and path.valid_to
    where path.ancestor_id <> path.leaf_id
),

by_grid as (
    select told.problem_id, told.version_no, name.grid_id
    from told
    join staging.grid_name as name on told.county_id = name.county_id and grid_text(told.approved_by) = name.name
    where name.grid_id is not null
),

-- 写的是人名的：批准当日在上级网格任职或代理，且上级之中只有这一人同名；任职的先于代理的
by_person as (
    select
        told.problem_id,
        told.version_no,
        coalesce(min(post.grid_id) filter (where post.post <> 'deputy'), min(post.grid_id)) as grid_id
    from told
    join above on told.problem_id = above.problem_id and told.version_no = above.version_no
    join core.in_post as post
        on
            above.grid_id = post.grid_id
            and read_name(told.approved_by) = post.name
            and cast(told.approved_at as date) >= post.valid_from
            and (post.valid_to is null or cast(told.approved_at as date) <= post.valid_to)
    anti join by_grid on told.problem_id = by_grid.problem_id and told.version_no = by_grid.version_no
    group by told.problem_id, told.version_no
    having
        count(distinct post.person_id) filter (where post.post <> 'deputy') = 1
        or (bool_and(post.post = 'deputy') and count(distinct post.grid_id) = 1)
),

named as (
    select * from by_grid
    union all
    select * from by_person
)

select
    told.problem_id,
    told.version_no,
    told.round,
    told.approved_by,
    named.grid_id as approver_grid_id,
    above.grid_id is not null as is_above
from told
left join named on told.problem_id = named.problem_id and told.version_no = named.version_no
left join above
    on
        told.problem_id = above.problem_id
        and told.version_no = above.version_no
        and named.grid_id = above.grid_id
