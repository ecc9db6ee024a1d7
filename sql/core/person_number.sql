-- 人员编号：一行是一个县区里只属于一人的编号；几人同写一个编号的，编号不能认人，改以姓名认人
-- 粒度：county_id, person_no
-- 依据：方案一 责任到人
select grid.county_id, roster.person_no
from staging.person_now as roster
join staging.grid_home as grid on roster.grid_id = grid.grid_id
where roster.person_no is not null
group by grid.county_id, roster.person_no
having count(distinct roster.name) = 1
