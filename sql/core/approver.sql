-- 批准人：一行是台账一版所写的延期批准单位或批准人，是哪个网格、是不是责任网格的上级；认不出的网格为空
-- 粒度：problem_id, version_no
-- 依据：四（一）整改时限；延期、缓办须经上级网格批准
with told as (
    select
        version.row_key as problem_id,
        version.version_no,
        version.county_id,
        version.extension_approved_by as approved_by,
        version.extension_approved_at as approved_at,
        problem.duty_grid_id
    from staging.problem_version as version
    join core.problem as problem on version.row_key = problem.problem_id
    where version.disposition = 'accepted' and version.extension_approved_by is not null
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
    anti join by_grid on told.problem_id = by_grid.problem_id and told.version_no = by_grid.version_no
    group by told.problem_id, told.version_no
    having count(distinct post.person_id) = 1
),

named as (
    select * from by_grid
    union all
    select * from by_person
)

select
    told.problem_id,
    told.version_no,
    told.approved_by,
    named.grid_id as approver_grid_id,
    above.leaf_id is not null as is_above
from told
left join named on told.problem_id = named.problem_id and told.version_no = named.version_no
left join above on told.duty_grid_id = above.leaf_id and named.grid_id = above.ancestor_id
