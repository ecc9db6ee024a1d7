-- 名册核查：巡查人员当日不在任何岗位；一行是一次巡查的一人，只提示，不退回
-- 粒度：row_id, value
-- 依据：一 定人定岗；名册覆盖到的县区和日子才核查
select
    patrol.row_id,
    case when bool_and(credit.basis = 'none') then 'patrol_uncredited' else 'inspector_not_in_post' end as rule,
    string_agg(distinct inspector.name, '、' order by inspector.name) as value
from core.patrol_inspector as inspector
join core.patrol as patrol on inspector.patrol_id = patrol.patrol_id
join core.patrol_credit as credit on patrol.patrol_id = credit.patrol_id
where
    inspector.grid_id = ''
    and exists (
        select 1
        from core.person_post as post
        join staging.grid_home as grid on post.grid_id = grid.grid_id
        where
            grid.county_id = patrol.county_id
            and cast(patrol.started_at as date) >= post.valid_from
            and (post.valid_to is null or cast(patrol.started_at as date) <= post.valid_to)
    )
group by patrol.row_id
