-- 巡查计入哪个网格：台账写明实施网格的从其所写，否则计入当日任职人员的网格；地点须在该网格之内
-- 粒度：patrol_id, grid_id
-- 依据：一 全面覆盖；四（一）各级网格责任人员对所负责的网格开展巡查
with claimed as (
    select patrol_id, by_grid_id as grid_id, 'stated' as basis
    from core.patrol
    where by_grid_id is not null
    union all
    select distinct inspector.patrol_id, inspector.grid_id, 'post' as basis
    from core.patrol_inspector as inspector
    join core.patrol as patrol on inspector.patrol_id = patrol.patrol_id
    where patrol.by_grid_id is null and inspector.grid_id <> ''
),

inside as (
    select claimed.patrol_id, claimed.grid_id, claimed.basis
    from claimed
    join core.patrol as patrol on claimed.patrol_id = patrol.patrol_id
    join core.grid_path as path on patrol.grid_id = path.leaf_id and claimed.grid_id = path.ancestor_id
),

refused as (
    select
        patrol.patrol_id,
        '' as grid_id,
        'none' as basis,
        case
            when count(claimed.grid_id) > 0 then '巡查地点不在实施网格或巡查人员所在网格之内'
            else '巡查人员当日不在名册的任何岗位，台账也未写实施网格'
        end as reason_zh
    from core.patrol as patrol
    left join claimed on patrol.patrol_id = claimed.patrol_id
    where patrol.patrol_id not in (select inside.patrol_id from inside)
    group by patrol.patrol_id
),

decided as (
    select patrol_id, grid_id, basis, cast(null as varchar) as reason_zh from inside
    union all
    select patrol_id, grid_id, basis, reason_zh from refused
)

select
    decided.patrol_id,
    decided.grid_id,
    decided.basis,
    decided.reason_zh,
    patrol.grid_id as where_grid_id,
    patrol.started_at,
    patrol.row_id
from decided
join core.patrol as patrol on decided.patrol_id = patrol.patrol_id
