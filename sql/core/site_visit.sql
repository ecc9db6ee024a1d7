-- 点位巡查：巡查写明去了清单里的哪个点位；一行是一次巡查的一个点位
-- 粒度：patrol_id, site_id
-- 依据：二（二）2、二（三）1 排查点位。名称与清单相同才认；只认点位所在县区与市支队的台账，地点须与点位相干
-- is_by_owner 是责任网格或其下级的人；说不出是谁的人、地点只写到上级的（is_unsure），也许是，也许不是
with text as (
    select named_site.site, grid_text(named_site.site) as site_text
    from (select distinct patrol_site.site from core.patrol_site as patrol_site) as named_site
),

place as (
    select distinct site_id, site_text, owner_grid_id, owner_county_id, where_grid_id from core.site_place
),

named as (
    select distinct patrol_site.patrol_id, place.site_id, place.owner_grid_id
    from core.patrol_site as patrol_site
    join text on patrol_site.site = text.site
    join place on text.site_text = place.site_text
    join core.patrol as patrol
        on patrol_site.patrol_id = patrol.patrol_id and patrol.county_id in (place.owner_county_id, 'city')
    join core.grid_around as around
        on
            patrol.grid_id = around.where_grid_id
            and place.where_grid_id = around.grid_id
            and cast(patrol.started_at as date) between around.valid_from and around.valid_to
),

own as (
    select distinct named.patrol_id, named.owner_grid_id as grid_id
    from named
    join core.patrol_credit as credit on named.patrol_id = credit.patrol_id and credit.basis <> 'none'
    join core.grid_path as path
        on
            credit.grid_id = path.leaf_id
            and named.owner_grid_id = path.ancestor_id
            and cast(credit.started_at as date) between path.valid_from and path.valid_to
),

unsure as (
    select distinct named.patrol_id, named.owner_grid_id as grid_id
    from named
    join core.patrol_unsure as unsure on named.patrol_id = unsure.patrol_id
    join core.grid_path as path
        on
            unsure.grid_id = path.leaf_id
            and named.owner_grid_id = path.ancestor_id
            and unsure.day between path.valid_from and path.valid_to
)

select
    named.patrol_id,
    named.site_id,
    own.patrol_id is not null as is_by_owner,
    own.patrol_id is null and unsure.patrol_id is not null as is_unsure,
    patrol.started_at,
    cast(patrol.started_at as date) as day,
    patrol.row_id
from named
join core.patrol as patrol on named.patrol_id = patrol.patrol_id
left join own on named.patrol_id = own.patrol_id and named.owner_grid_id = own.grid_id
left join unsure on named.patrol_id = unsure.patrol_id and named.owner_grid_id = unsure.grid_id
