-- 网格责任人：一行是一个网格由一人负责的一段时间（一、二级网格长，三级机构负责人）
-- 粒度：grid_id, valid_from
-- 依据：方案二（一）（二）网格长、（三）负责机构的领导
select post.grid_id, post.person_id, post.name, post.valid_from, post.valid_to, post.row_id
from core.person_post as post
join staging.grid_home as grid on post.grid_id = grid.grid_id
where
    (grid.level in (1, 2) and post.post = 'grid_chief')
    or (grid.level = 3 and post.post = 'body_head')
