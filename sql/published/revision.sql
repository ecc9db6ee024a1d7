-- 更正：一行是一个字段的一次变化
-- 粒度：to_row_id, field
-- 依据：后来的报送不抹去先前的
select
    table_name,
    key,
    field,
    old,
    new,
    from_row_id,
    to_row_id,
    received_at
from staging.revision
