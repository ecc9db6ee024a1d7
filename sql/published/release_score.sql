-- 固化的得分：固化时的总分与结论，一字不改；损坏的固化不在其内
-- 粒度：period, stage, grid_id, period_kind
-- 依据：data/releases/ 各月的 score
select
    period,
    stage,
    grid_id,
    period_kind,
    score,
    geometric,
    finding,
    finding_zh,
    assessable
from seed.release_score
