-- 已报送的列：某单位某月某表里有哪些列，最早何时收到；县区写法（profiles）里逐行填固定值的列也在内
-- 粒度：county_id, month, table_name, field
-- 依据：缺列不是人的过错，指标按列判断可测与否。回看固化的月份时，当时已有该表的，其后才补来的列不算：
-- 当时看不出的，不因后来有了列而成为没有履行；当时还没有该表的，按后来报来的整张计
with sheet as (
    select
        sent.county_id,
        sent.month,
        sent.table_name,
        sent.fields,
        sent.received_at,
        moment.as_of,
        min(sent.received_at) over (partition by sent.county_id, sent.month, sent.table_name) as first_received_at
    from core.sent_sheet as sent
    cross join seed.moment as moment
),

seen as (
    select * from sheet where received_at <= as_of or first_received_at > as_of
),

given as (
    select county_id, month, table_name, received_at, unnest(fields) as field from seen
    union all
    select seen.county_id, seen.month, seen.table_name, seen.received_at, fixed.column_name as field
    from seen
    join seed.constant as fixed on seen.table_name = fixed.table_name and seen.county_id = fixed.county_id
)

select county_id, month, table_name, field, min(received_at) as first_received_at
from given
group by county_id, month, table_name, field
