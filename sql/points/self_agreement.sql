-- 自评与所算的成对数据：一行是比较得了的一项，自评占比与所算占比；Python 由此算一致性
-- 粒度：self_evaluation_id
-- 依据：方案四（四）评价；只取 published.self_gap 中已比较的
select
    gap.self_evaluation_id,
    gap.year,
    gap.grid_id,
    gap.owner_level,
    home.county_id,
    gap.self_share,
    gap.computed_share
from published.self_gap as gap
join staging.grid_home as home on gap.grid_id = home.grid_id
where gap.state = 'compared'
