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
