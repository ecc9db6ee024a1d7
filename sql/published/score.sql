-- 得分：一行是一个网格一个期间的总分，未评到的不计，另列可评分值
-- 粒度：grid_id, period_kind, period
-- 依据：sql/scorecard.toml；四（四）评价
select
    grid_id,
    level,
    period_kind,
    period,
    version,
    score,
    geometric,
    finding,
    finding_zh,
    assessable,
    unseen,
    counted,
    missed,
    compared,
    rank_low,
    rank_high
from points.score
