-- 说不清的巡查：也许是某网格的人在本网格内巡查，而台账、名册看不出；一行是一次巡查与它可能属于的一个网格
-- 粒度：patrol_id, grid_id
-- 依据：一 定人定岗。有巡查而判断不了是谁的人，不能说没有巡查；because：place 地点只写到上级，people 说不出是谁的人
-- 各次巡查是谁的人：台账写明实施网格的从其所写，否则是各人的网格；有一人说不出是谁的，另有空串一行
with went as (
    select patrol_id, by_grid_id as grid_id, grid_id as where_grid_id, county_id, kind, started_at, row_id
    from core.patrol
    where by_grid_id <> grid_id
    union all
    select
        patrol.patrol_id, coalesce(inspector.grid_id, '') as grid_id, patrol.grid_id as where_grid_id,
        patrol.county_id, patrol.kind, patrol.started_at, patrol.row_id
    from core.patrol as patrol
    left join core.patrol_inspector as inspector on patrol.patrol_id = inspector.patrol_id
    where patrol.by_grid_id is null and coalesce(inspector.grid_id, '') <> patrol.grid_id
),

-- 本网格的人确曾出去，地点却只写到上级，看不出在不在本网格之内
vague as (
    select went.*
    from went
    join core.grid_path as path
        on
            went.grid_id = path.leaf_id
            and went.where_grid_id = path.ancestor_id
            and cast(went.started_at as date) between path.valid_from and path.valid_to
),

-- 本单位台账里说不出是谁的人，可能是哪些网格的：地点相干，且当日该网格没有在册的网格员；同去的人是谁无关
unknown as (
    select went.* replace (around.grid_id as grid_id)
    from went
    join core.grid_around as around
        on
            went.where_grid_id = around.where_grid_id
            and cast(went.started_at as date) between around.valid_from and around.valid_to
    join staging.grid_home as home on around.grid_id = home.grid_id and went.county_id = home.county_id
    left join core.person_post as post
        on
            around.grid_id = post.grid_id
            and post.post = 'inspector'
            and cast(went.started_at as date) >= post.valid_from
            and (post.valid_to is null or cast(went.started_at as date) <= post.valid_to)
    where went.grid_id = '' and post.grid_id is null
),

-- 当日不在册、而名册上他的一行已退回待改的人，也许是那个网格的
returned as (
    select
        patrol.patrol_id, held.grid_id, patrol.grid_id as where_grid_id, patrol.county_id, patrol.kind,
        patrol.started_at, patrol.row_id
    from core.patrol as patrol
    join core.patrol_inspector as inspector on patrol.patrol_id = inspector.patrol_id and inspector.grid_id = ''
    join core.roster_returned as held
        on
            inspector.name = held.name
            and patrol.county_id = held.county_id
            and cast(patrol.started_at as date) >= coalesce(held.valid_from, date '1900-01-01')
            and cast(patrol.started_at as date) <= coalesce(held.valid_to, date '9999-12-31')
    join core.grid_around as around
        on
            patrol.grid_id = around.where_grid_id
            and held.grid_id = around.grid_id
            and cast(patrol.started_at as date) between around.valid_from and around.valid_to
    where patrol.by_grid_id is null
),

either as (
    select *, 'place' as because from vague
    union all
    select *, 'people' as because from unknown
    union all
    select *, 'people' as because from returned
)

select
    patrol_id,
    grid_id,
    max(because) as because,
    where_grid_id,
    kind,
    cast(started_at as date) as day,
    month_of(started_at) as month,
    row_id
from either
group by patrol_id, grid_id, where_grid_id, kind, started_at, row_id
