-- 在岗责任人：一行是一个网格无人变动的一段时间，由谁任职、由谁代理；没有人的时候没有行
-- 粒度：grid_id, valid_from
-- 依据：方案一 责任到人、定人定岗
select
    grid_id,
    valid_from,
    valid_to,
    name,
    since,
    deputy,
    row_id
from core.in_charge
where name is not null or deputy is not null
