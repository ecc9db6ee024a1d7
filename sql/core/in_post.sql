-- 在岗与代理：一行是一人在一个网格任职，或替请假、抽调的人代理的一段时间
-- 粒度：name, grid_id, post, valid_from, row_id
-- 依据：方案一 责任到人，定人定岗；请假、抽调期间由代理人算在岗
select name, person_id, grid_id, post, valid_from, valid_to, row_id
from core.person_post
union all
select deputy as name, cast(null as varchar) as person_id, grid_id, 'deputy' as post, valid_from, valid_to, row_id
from core.absence
where deputy is not null
union all
select name, person_id, grid_id, 'deputy' as post, valid_from, valid_to, row_id
from core.absence
where kind = 'acting' and deputy is null
