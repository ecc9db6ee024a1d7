-- 更正所及的得分：按固化时点、用现在所知的全部文件重算，总分或结论会成为什么
-- 粒度：period, stage, grid_id, period_kind
-- 依据：数据更正不改写固化的得分
select
    period,
    stage,
    grid_id,
    period_kind,
    old_score,
    new_score,
    old_geometric,
    new_geometric,
    old_finding,
    new_finding,
    old_assessable,
    new_assessable,
    cause_file_id,
    cause_zh,
    restated_at,
    known_at
from seed.restated_score
