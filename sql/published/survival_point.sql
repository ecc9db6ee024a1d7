-- 整改用时的曲线：县区、单元与全市，一行是曲线上的一日
-- 粒度：metric_id, grid_id, period_kind, period, day
-- 依据：页面只画，不计算；乡镇各期件数太少，只有中位数
select
    'median_days_to_rectify' as metric_id, point.grid_id, point.period_kind, point.period, point.day, point.at_risk,
    point.events, point.censored, point.survival, point.low, point.high
from points.survival_point as point
join core.grid_path as own on point.grid_id = own.leaf_id and own.leaf_id = own.ancestor_id
where own.leaf_level <= 2
