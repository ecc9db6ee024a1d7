-- 巡查覆盖的网格月：谁应当巡查、巡查了没有、能不能判断是谁的人巡查；一行是一个网格一个月
-- 粒度：grid_id, month
-- 依据：一 全面覆盖、定人定岗；四（一）巡查。有巡查而判断不了是谁的人，不能说没有巡查；报来的台账里没有巡查，就是没有
with owed as (
    select grid_id, name, owner_level, county_id, month, starts_at, ends_at, is_over
    from core.grid_month
    where is_patrol_grid
),

met as (
    select
        grid_id,
        month_of(started_at) as month,
        min(started_at) as met_at,
        min_by(row_id, concat(cast(started_at as varchar), row_id)) as met_row_id
    from core.patrol_credit
    where basis <> 'none'
    group by grid_id, month_of(started_at)
),

-- 地点与网格相干：网格之内的地点，或只写到上级、不知在哪个下级的地点
around as (
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
),

-- 本网格的人确曾出去，地点却只写到上级，看不出在不在本网格之内
vague as (
    select distinct went.grid_id, month_of(patrol.started_at) as month
    from went
    join core.patrol as patrol on went.patrol_id = patrol.patrol_id
    join core.grid_path as path on went.grid_id = path.leaf_id and patrol.grid_id = path.ancestor_id
    where went.grid_id <> patrol.grid_id
),

-- 本单位台账里说不出是谁的人，可能是哪些网格的：地点相干，且当日该网格没有在册的网格员；同去的人是谁无关
unknown as (
    select distinct around.grid_id, month_of(patrol.started_at) as month
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
),

blind as (
    select
        coalesce(vague.grid_id, unknown.grid_id) as grid_id,
        coalesce(vague.month, unknown.month) as month,
        case when vague.grid_id is not null then 'place' else 'people' end as because
    from vague
    full join unknown on vague.grid_id = unknown.grid_id and vague.month = unknown.month
)

select
    owed.grid_id,
    owed.name,
    owed.owner_level,
    owed.county_id,
    owed.month,
    owed.starts_at,
    owed.ends_at,
    owed.is_over,
    sender.is_delivered,
    met.met_at,
    met.met_row_id,
    met.met_at is not null
    or not owed.is_over
    or not sender.is_delivered
    or blind.grid_id is null as is_measurable,
    blind.because as blind_because
from owed
join core.sender_month as sender
    on owed.county_id = sender.county_id and owed.month = sender.month and sender.table_name = 'patrol'
left join met on owed.grid_id = met.grid_id and owed.month = met.month
left join blind on owed.grid_id = blind.grid_id and owed.month = blind.month
