-- 自评项目的含义：一行是自评的一个项目所对应的一个指标；没有对应的没有行
-- 粒度：self_evaluation_id, metric_id
-- 依据：sql/self_items.toml，按所评年度的年末生效；不计括号内的字、前面的编号、后面的分值
select distinct
    told.self_evaluation_id,
    means.metric_id
from core.self_evaluation as told
join seed.self_item as means
    on
        item_text(told.item) = item_text(means.name)
        and make_date(told.year, 12, 31) >= means.valid_from
        and (means.valid_to is null or make_date(told.year, 12, 31) <= means.valid_to)
