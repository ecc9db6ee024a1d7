-- 责任人员：一行一人
-- 粒度：person_id
-- 依据：方案一 责任到人
select
    post.person_id,
    max(post.name) as name,
    max(post.person_no) as person_no,
    min(grid.county_id) as county_id
from core.person_post as post
join staging.grid_home as grid on post.grid_id = grid.grid_id
group by post.person_id
