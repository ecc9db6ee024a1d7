-- 巡查人员与其当日岗位：一行是一次巡查的一人一岗；无岗者 grid_id 为空串
-- 粒度：patrol_id, name, grid_id
-- 依据：方案一 定人定岗；带队人也是去的人；请假、抽调期间由代理人算在岗；姓名先在本县区找，再在一级网格单元找，市支队台账在全市找
with named as (
    select distinct
        current.row_key as patrol_id,
        unnest(
            case
                when current.leader is null then current.inspectors
                else list_append(coalesce(current.inspectors, []), current.leader)
            end
        ) as name,
        current.county_id,
        cast(current.started_at as date) as on_day
    from staging.patrol_now as current
    join core.patrol as patrol on current.row_key = patrol.patrol_id
),

held as (
    select
        named.patrol_id,
        named.name,
        post.person_id,
        post.grid_id,
        post.post,
        case when named.county_id = grid.county_id or named.county_id = 'city' then 1 else 2 end as distance
    from named
    join core.in_post as post
        on
            named.name = post.name
            and named.on_day >= post.valid_from
            and (post.valid_to is null or named.on_day <= post.valid_to)
    join staging.grid_home as grid
        on
            post.grid_id = grid.grid_id
            and (named.county_id in (grid.county_id, 'city') or grid.county_id = 'city')
),

nearest as (
    select patrol_id, name, person_id, grid_id, post
    from held
    qualify
        distance = min(distance) over (partition by patrol_id, name)
        and row_number() over (partition by patrol_id, name, grid_id order by distance, post, person_id) = 1
)

select
    named.patrol_id,
    named.name,
    nearest.person_id,
    coalesce(nearest.grid_id, '') as grid_id,
    nearest.post
from named
left join nearest on named.patrol_id = nearest.patrol_id and named.name = nearest.name
