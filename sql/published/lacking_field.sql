-- 缺列：一行是一个县区一个月报来的一张表里没有的一个应有的列
-- 粒度：county_id, month, table_name, field
-- 依据：contracts 缺列不得利：缺列使别的指标不可测，所缺的是哪一列要说清
select
    county_id,
    month,
    table_name,
    table_zh,
    field,
    field_zh,
    latest_path
from core.report_field
where is_delivered and not has_header
