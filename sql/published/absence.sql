-- 请假、抽调、代理：一行一段
-- 粒度：person_id, grid_id, kind, valid_from, row_id
-- 依据：方案一 责任到人
select
    person_id,
    name,
    grid_id,
    kind,
    deputy,
    valid_from,
    valid_to,
    row_id
from core.absence
