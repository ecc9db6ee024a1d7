-- 数据更正：固化的一个数，按固化时点、用现在所知的全部文件重算，会成为多少；一行是一个数的一项
-- 粒度：period, stage, metric_id, grid_id, owner_level, period_kind, field
-- 依据：数据更正不改写固化的数；固化之后才发生的履行是进展，不在其内
select
    period,
    stage,
    metric_id,
    grid_id,
    owner_level,
    period_kind,
    field,
    old,
    new,
    cause_file_id,
    cause_zh,
    restated_at,
    known_at
from seed.restatement
