-- 自评的一致性：一行是一个年度、一个范围（全部、各级、各县区）、一种成对（逐项、逐网格），旁边是缺了什么
-- 粒度：year, scope_kind, scope, pair_kind
-- 依据：方案四（四）评价；Bland–Altman 一致性界限与 ICC(A,1)。没有报、没有分项、比不了的都数出来
with owed as (
    select
        duty.grid_id,
        cast(duty.subject_id as bigint) as year,
        duty.owner_level,
        cast(null as varchar) as self_evaluation_id,
        cast(null as varchar) as state
    from published.obligation as duty
    where duty.metric_id = 'self_evaluation_submission' and duty.state <> 'void'
    union all
    select grid_id, year, owner_level, self_evaluation_id, state
    from published.self_gap
),

placed as (
    select owed.*, home.county_id
    from owed
    join staging.grid_home as home on owed.grid_id = home.grid_id
),

scoped as (
    select placed.*, 'all' as scope_kind, 'all' as scope from placed
    union all
    select placed.*, 'level' as scope_kind, cast(owner_level as varchar) as scope from placed
    union all
    select placed.*, 'county' as scope_kind, county_id as scope from placed
),

counted as (
    select
        year,
        scope_kind,
        scope,
        count(distinct grid_id) filter (where self_evaluation_id is null) as grids_owed,
        count(distinct grid_id) filter (where self_evaluation_id is not null) as grids_sent,
        count(distinct grid_id) filter (where state = 'compared') as grids_compared,
        count(*) filter (where state <> 'receipt_only') as items,
        count(*) filter (where state = 'compared') as compared,
        count(*) filter (where state = 'receipt_only') as receipt_only,
        count(*) filter (where state = 'no_metric') as no_metric,
        count(*) filter (where state = 'no_score') as no_score,
        count(*) filter (where state = 'not_due') as not_due,
        count(*) filter (where state = 'not_measurable') as not_measurable,
        count(*) filter (where state = 'undated') as undated,
        count(*) filter (where state = 'small') as small,
        count(*) filter (where state = 'year_partial') as year_partial
    from scoped
    group by year, scope_kind, scope
)

select
    counted.year,
    counted.scope_kind,
    counted.scope,
    pair.pair_kind,
    coalesce(point.pairs, 0) as pairs,
    point.bias,
    point.bias_low,
    point.bias_high,
    point.sd,
    point.lower,
    point.lower_low,
    point.lower_high,
    point.upper,
    point.upper_low,
    point.upper_high,
    point.icc,
    point.icc_low,
    point.icc_high,
    counted.grids_owed,
    counted.grids_sent,
    counted.grids_compared,
    counted.items,
    counted.compared,
    counted.receipt_only,
    counted.no_metric,
    counted.no_score,
    counted.not_due,
    counted.not_measurable,
    counted.undated,
    counted.small,
    counted.year_partial,
    concat_ws(
        '；',
        concat_ws(
            '', '应自评 ', cast(counted.grids_owed as varchar), ' 个网格，报来 ', cast(counted.grids_sent as varchar),
            ' 个，比较得了的 ', cast(counted.grids_compared as varchar), ' 个'
        ),
        case
            when counted.receipt_only > 0
                then concat_ws('', '只有文字报告 ', cast(counted.receipt_only as varchar), ' 份')
        end,
        case when counted.no_metric > 0 then concat_ws('', '无对应指标 ', cast(counted.no_metric as varchar), ' 项') end,
        case when counted.no_score > 0 then concat_ws('', '没有可用的得分 ', cast(counted.no_score as varchar), ' 项') end,
        case when counted.not_due > 0 then concat_ws('', '没有应办 ', cast(counted.not_due as varchar), ' 项') end,
        case when counted.not_measurable > 0 then concat_ws('', '不可测 ', cast(counted.not_measurable as varchar), ' 项') end,
        case when counted.undated > 0 then concat_ws('', '没有时限、时间矛盾的太多 ', cast(counted.undated as varchar), ' 项') end,
        case when counted.small > 0 then concat_ws('', '应办太少 ', cast(counted.small as varchar), ' 项') end,
        case when counted.year_partial > 0 then concat_ws('', '年度不全 ', cast(counted.year_partial as varchar), ' 项') end
    ) as missing_zh
from counted
cross join (values ('item'), ('grid')) as pair (pair_kind)
left join points.self_agreement as point
    on
        counted.year = point.year
        and counted.scope_kind = point.scope_kind
        and counted.scope = point.scope
        and pair.pair_kind = point.pair_kind
