-- 指标目录：一行一个指标，取计算时点有效的目标与时限
-- 粒度：metric_id
-- 依据：sql/metrics.toml、sql/limits.toml
with in_force as (
    select duty_limit.metric_id, join_sorted(duty_limit.text_zh, '；') as text_zh
    from seed.duty_limit as duty_limit
    cross join seed.moment as moment
    where
        cast(moment.as_of as date) >= duty_limit.valid_from
        and (duty_limit.valid_to is null or cast(moment.as_of as date) <= duty_limit.valid_to)
    group by duty_limit.metric_id
)

select
    metric.metric_id,
    metric.zh,
    metric.en,
    metric.kind,
    metric.concept,
    metric.level,
    metric.clause,
    metric.formula_zh,
    metric.formula_en,
    metric.unit,
    metric.direction,
    target.value as target,
    target.basis_zh as target_basis_zh,
    in_force.text_zh as limit_zh,
    metric.min_n,
    metric.owner_zh,
    ledger.table_name as needed_table,
    ledger.zh as needed_table_zh,
    metric.combine,
    metric.divisor,
    metric.place,
    metric.version
from seed.metric as metric
cross join seed.moment as moment
left join (select distinct metric_id, table_name from seed.metric_field where need_no = 0) as need
    on metric.metric_id = need.metric_id
-- 一年一报、变动才报的表，不按月催要
left join seed.ledger as ledger on need.table_name = ledger.table_name and ledger.cadence = 'monthly'
left join seed.metric_target as target
    on
        metric.metric_id = target.metric_id
        and cast(moment.as_of as date) >= target.valid_from
        and (target.valid_to is null or cast(moment.as_of as date) <= target.valid_to)
left join in_force on metric.metric_id = in_force.metric_id
