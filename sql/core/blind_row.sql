-- 使人判断不了的巡查：一行是一条巡查记录使一个网格一个月判断不了，附缘由（place 地点只写到上级，people 说不出是谁的人）
-- 粒度：grid_id, month, because, row_id
-- 依据：一 全面覆盖、定人定岗；四（一）巡查。判断不了的要指出是哪几行，改了就能判断
with around as (
    -- 地点与网格相干：网格之内的地点，或只写到上级、不知在哪个下级的地点
    select leaf_id as where_grid_id, ancestor_id as grid_id from core.grid_path
    union
    select ancestor_id as where_grid_id, leaf_id as grid_id from core.grid_path
),

-- 各次巡查是谁的人：台账写明实施网格的从其所写，否则是各人的网格；有一人说不出是谁的，另有空串一行
went as (
    select patrol_id, by_grid_id as grid_id from core.patrol where by_grid_id is not null
    union
    select patrol.patrol_id, coalesce(inspector.grid_id, '') as grid_id
    from core.patrol as patrol
    left join core.patrol_inspector as inspector on patrol.patrol_id = inspector.patrol_id
    where patrol.by_grid_id is null
)

-- 本网格的人确曾出去，地点却只写到上级，看不出在不在本网格之内
select distinct went.grid_id, month_of(patrol.started_at) as month, 'place' as because, patrol.row_id
from went
join core.patrol as patrol on went.patrol_id = patrol.patrol_id
join core.grid_path as path on went.grid_id = path.leaf_id and patrol.grid_id = path.ancestor_id
where went.grid_id <> patrol.grid_id
union all
-- 本单位台账里说不出是谁的人，可能是哪些网格的：地点相干，且当日该网格没有在册的网格员；同去的人是谁无关
select distinct around.grid_id, month_of(patrol.started_at) as month, 'people' as because, patrol.row_id
from went
join core.patrol as patrol on went.patrol_id = patrol.patrol_id
join around on patrol.grid_id = around.where_grid_id
join staging.grid_home as home on around.grid_id = home.grid_id and patrol.county_id = home.county_id
left join core.person_post as post
    on
        around.grid_id = post.grid_id
        and post.post = 'inspector'
        and cast(patrol.started_at as date) >= post.valid_from
        and (post.valid_to is null or cast(patrol.started_at as date) <= post.valid_to)
where went.grid_id = '' and post.grid_id is null
