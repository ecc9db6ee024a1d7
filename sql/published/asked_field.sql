-- 应有字段：各表应有哪些列，哪些还须逐格填写
-- 粒度：subject_id
-- 依据：sql/contracts 的必填列，sql/metrics.toml 各指标所需的列
select
    concat_ws('', asked.table_name, '.', asked.field) as subject_id,
    asked.table_name,
    ledger.zh as table_zh,
    asked.field,
    asked.field_zh,
    asked.is_required
from seed.asked_field as asked
join seed.ledger as ledger on asked.table_name = ledger.table_name
