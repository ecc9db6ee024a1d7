-- 更正：一行是一个字段的一次变化；整份改换说法的另有标记
-- 粒度：to_row_id, field
-- 依据：后来的报送不抹去先前的
select
    revision.table_name,
    revision.key,
    revision.field,
    coalesce(heading.zh, revision.field) as field_zh,
    revision.old,
    revision.new,
    revision.from_row_id,
    revision.to_row_id,
    revision.received_at,
    revision.is_relabel
from staging.revision as revision
left join seed.heading as heading
    on revision.table_name = heading.table_name and revision.field = heading.column_name
