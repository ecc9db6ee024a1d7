-- 得分：一行是一个网格一个期间的总分、几何平均、结论与排名区间；由各项得分与评分卡的各线算出
-- 粒度：grid_id, period_kind, period
-- 依据：sql/scorecard.toml；对照目标，不对照平均
select
    part.grid_id,
    part.level,
    part.version,
    part.period_kind,
    part.period,
    part.group_zh,
    part.place,
    metric.zh as metric_zh,
    part.weight,
    part.goal - part.floor as span,
    part.points,
    part.assessed,
    case when part.denominator > 0 then least(1e0, greatest(0e0, (part.rate - part.floor) / (part.goal - part.floor))) end
        as share,
    part.numerator,
    part.denominator,
    part.no_deadline + part.bad_dates as undated,
    part.is_undated,
    part.unseen,
    card.assessable_at_least,
    card.attained_at_least,
    card.failed_below,
    card.failed_misses,
    card.failed_metric_from,
    card.unseen_at_most,
    card.ranked_from,
    card.agreement,
    card.draws,
    card.seed
from published.score_part as part
join seed.score_card as card on part.level = card.level and part.version = card.version
join seed.metric as metric on part.metric_id = metric.metric_id
