-- 台账数：一个网格（含下级）一个月里台账所载的人次、家次、问题数、办结数；一行是一网格一月
-- 粒度：grid_id, month
-- 依据：方案四（三）反馈；巡查归实施者所在网格，无从认定者归巡查地点；问题归所在网格
with did as (
    select distinct
        credit.patrol_id,
        path.ancestor_id as grid_id,
        month_of(credit.started_at) as month
    from core.patrol_credit as credit
    join core.grid_path as path
        on
            coalesce(nullif(credit.grid_id, ''), credit.where_grid_id) = path.leaf_id
            and cast(credit.started_at as date) between path.valid_from and path.valid_to
),

people as (
    select patrol_id, count(distinct name) as person_times from core.patrol_inspector group by patrol_id
),

places as (
    select patrol_id, count(*) as site_times from core.patrol_site group by patrol_id
),

patrolled as (
    select
        did.grid_id, did.month,
        sum(people.person_times) as person_times, sum(places.site_times) as site_times
    from did
    left join people on did.patrol_id = people.patrol_id
    left join places on did.patrol_id = places.patrol_id
    group by did.grid_id, did.month
),

-- 台账没有“办结时间”列的，以整改完成时间代替
event as (
    select problem.grid_id, problem.discovered_at as at, 1 as discovered, 0 as closed
    from core.problem as problem
    union all
    select
        problem.grid_id,
        case when list_contains(current.fields, 'closed_at') then problem.closed_at else problem.rectified_at end as at,
        0 as discovered,
        1 as closed
    from core.problem as problem
    join staging.problem_now as current on problem.problem_id = current.row_key
),

found as (
    select
        path.ancestor_id as grid_id, month_of(event.at) as month, sum(event.discovered) as problems,
        sum(event.closed) as closed
    from event
    join core.grid_path as path
        on event.grid_id = path.leaf_id and cast(event.at as date) between path.valid_from and path.valid_to
    group by path.ancestor_id, month_of(event.at)
)

select
    coalesce(patrolled.grid_id, found.grid_id) as grid_id,
    coalesce(patrolled.month, found.month) as month,
    cast(patrolled.person_times as bigint) as person_times,
    cast(patrolled.site_times as bigint) as site_times,
    cast(found.problems as bigint) as problems,
    cast(found.closed as bigint) as closed
from patrolled
full outer join found on patrolled.grid_id = found.grid_id and patrolled.month = found.month
