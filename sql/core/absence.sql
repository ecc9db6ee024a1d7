-- 请假、抽调、代理：一行一段
-- 粒度：person_id, grid_id, kind, valid_from, row_id
-- 依据：方案一 责任到人
select
    concat(grid.county_id, '/', coalesce(number.person_no, roster.name)) as person_id,
    roster.name,
    roster.grid_id,
    roster.post,
    roster.kind,
    roster.deputy,
    roster.valid_from,
    roster.valid_to,
    roster.row_id
from staging.person_now as roster
join staging.grid_home as grid on roster.grid_id = grid.grid_id
left join core.person_number as number on grid.county_id = number.county_id and roster.person_no = number.person_no
where roster.kind in ('leave', 'seconded', 'acting')
