-- 任职：一行是一人在一岗的一段时间
-- 粒度：person_id, grid_id, post, valid_from
-- 依据：方案一 责任到人
select
    person_id,
    name,
    grid_id,
    post,
    valid_from,
    valid_to,
    row_id
from core.person_post
