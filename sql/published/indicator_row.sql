-- 数值的明细：一行是一件事实，凭它逐级、逐期相加
-- 粒度：indicator_id, grid_id, month, subject_kind, subject_id
-- 依据：每个数字都能走回文件、工作表、行
select
    indicator_id,
    grid_id,
    month,
    on_day,
    subject_kind,
    subject_id,
    numerator,
    denominator,
    row_id
from indicators.part
union all
-- 自评偏差凭全年的件数才算得出，其明细在发布层；与各项义务一样计入到期的月份
select
    'self_gap' as indicator_id,
    grid_id,
    month_of(due_on) as month,
    due_on as on_day,
    'self_evaluation' as subject_kind,
    self_evaluation_id as subject_id,
    gap_per_10000 as numerator,
    cast(1 as bigint) as denominator,
    row_id
from published.self_gap
where state = 'compared'
