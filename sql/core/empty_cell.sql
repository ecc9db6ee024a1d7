-- 该填而空着的格：一行是一行数据里一个应填而未填的字段
-- 粒度：row_id, field
-- 依据：必填的格空着，此行已退回；整改时限不填，该问题永无到期之日，也算未填（现场整改、重复、作废、并案的不必有时限）
select row_id, column_name as field from staging.finding where rule = 'missing'
union all
select row_id, 'rectify_due' as field
from staging.problem
where
    rectify_due_kind is null
    and coalesce(not corrected_on_spot, true)
    and coalesce(not is_duplicate, true)
    and coalesce(closure not in ('void', 'merged'), true)
