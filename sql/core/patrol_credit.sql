-- 巡查计入哪个网格：台账写明实施网格的从其所写，否则计入当日任职人员的网格；地点当日须在该网格之内
-- 粒度：patrol_id, grid_id
-- 依据：一 全面覆盖；四（一）各级网格责任人员对所负责的网格开展巡查
with posted as (
    select distinct patrol_id, grid_id from core.patrol_inspector where grid_id <> ''
),

claimed as (
    select patrol_id, by_grid_id as grid_id, 'stated' as basis, grid_id as where_grid_id, started_at, row_id
    from core.patrol
    where by_grid_id is not null
    union all
    select
        patrol.patrol_id, posted.grid_id, 'post' as basis, patrol.grid_id as where_grid_id, patrol.started_at,
        patrol.row_id
    from posted
    join core.patrol as patrol on posted.patrol_id = patrol.patrol_id
    where patrol.by_grid_id is null
),

inside as (
    select claimed.*
    from claimed
    join core.grid_path as path
        on
            claimed.where_grid_id = path.leaf_id
            and claimed.grid_id = path.ancestor_id
            and cast(claimed.started_at as date) between path.valid_from and path.valid_to
),

refused as (
    select patrol.patrol_id, patrol.grid_id as where_grid_id, patrol.started_at, patrol.row_id
    from core.patrol as patrol
    anti join inside on patrol.patrol_id = inside.patrol_id
),

told as (
    select distinct refused.patrol_id from refused join claimed on refused.patrol_id = claimed.patrol_id
)

select
    patrol_id, grid_id, basis, cast(null as varchar) as reason_zh, where_grid_id, started_at, row_id
from inside
union all
select
    refused.patrol_id,
    '' as grid_id,
    'none' as basis,
    case
        when told.patrol_id is not null then '巡查地点不在实施网格或巡查人员所在网格之内'
        else '巡查人员当日不在名册的任何岗位，台账也未写实施网格'
    end as reason_zh,
    refused.where_grid_id,
    refused.started_at,
    refused.row_id
from refused
left join told on refused.patrol_id = told.patrol_id
