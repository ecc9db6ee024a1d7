-- 可测性：指标 × 报送单位 × 月份。缺少所需的列、或判断不了的网格，为 no 或 partial 并说明；未报送的月份另按“未报送”计
-- 粒度：metric_id, county_id, month
-- 依据：contracts 表头缺失不归咎于人；缺列不得利
with need as (
    select
        metric.metric_id,
        metric.kind,
        sender.county_id,
        sender.month,
        field.table_name,
        field.need_no,
        field.if_missing,
        field.reason_zh,
        ledger.cadence,
        ledger.zh as table_zh,
        sender.is_delivered,
        sender.is_returned,
        -- 别的表里的列、不按月报的表，以前报过就算有
        max(
            case
                when given.field is not null then 1
                when since.first_month <= sender.month then 1
                else 0
            end
        ) as is_met
    from seed.metric as metric
    join seed.metric_field as field on metric.metric_id = field.metric_id
    join seed.ledger as ledger on field.table_name = ledger.table_name
    -- 只问承担这项义务的报送单位：支队的台账看一级，县区的台账看二、三级；一级为县区台账里的问题承担的，也问县区
    join core.sender_month as sender
        on
            field.table_name = sender.table_name
            and (
                (sender.county_id = 'city' and metric.level like '%1%')
                or (sender.county_id <> 'city' and (metric.level like '%2%' or metric.level like '%3%'))
                or (metric.level = '1' and field.table_name = 'problem')
            )
    left join core.field_delivered as given
        on
            sender.county_id = given.county_id
            and sender.month = given.month
            and field.field_table = given.table_name
            and field.field = given.field
    left join core.field_since as since
        on
            sender.county_id = since.county_id
            and field.field_table = since.table_name
            and field.field = since.field
            and (field.field_table <> field.table_name or ledger.cadence <> 'monthly')
    group by
        metric.metric_id, metric.kind, sender.county_id, sender.month, field.table_name, field.need_no, field.if_missing,
        field.reason_zh, ledger.cadence, ledger.zh, sender.is_delivered, sender.is_returned
),

judged as (
    select
        need.metric_id,
        need.kind,
        need.county_id,
        need.month,
        min(case when need.is_delivered then 1 else 0 end) as is_delivered,
        max(case when need.is_returned then 1 else 0 end) as is_returned,
        -- 一年一报的表：没有报过的，未报送另有一项指标，这里只是还看不出
        min(case when need.cadence = 'yearly' and not need.is_delivered then need.table_zh end) as awaited_zh,
        max(case when need.is_met = 0 and need.if_missing = 'no' then 1 else 0 end) as lacks_all,
        max(case when need.is_met = 0 and need.if_missing = 'partial' then 1 else 0 end) as lacks_some,
        min(case when need.is_met = 0 and need.if_missing = 'no' then need.reason_zh end) as reason_no,
        min(case when need.is_met = 0 and need.if_missing = 'partial' then need.reason_zh end) as reason_partial
    from need
    group by need.metric_id, need.kind, need.county_id, need.month
),

-- 逐个网格才知道可不可测的指标：该单位当月有几个网格判断不了，各因何故，是否全部
undecided_for as (
    select
        lacking.metric_id,
        lacking.county_id,
        lacking.month,
        lacking.reason_zh,
        count(*) as grids,
        string_agg(lacking.name, '、' order by lacking.grid_id) as names,
        min(lacking.county_rows_zh) as rows_zh
    from core.unmeasurable_grid as lacking
    group by lacking.metric_id, lacking.county_id, lacking.month, lacking.reason_zh
),

undecided as (
    select
        metric_id,
        county_id,
        month,
        cast(sum(grids) as bigint) as grids,
        string_agg(concat(reason_zh, '（' || rows_zh || '）'), '；' order by reason_zh) as reasons_zh,
        string_agg(
            concat(cast(grids as varchar), ' 个网格不可测（', names, '）：', reason_zh, '（' || rows_zh || '）'), '；'
            order by reason_zh
        ) as told_zh
    from undecided_for
    group by metric_id, county_id, month
),

-- 各指标逐个网格判断的，各有几个网格应办
owing as (
    select metric.metric_id, coverage.county_id, coverage.month, count(*) as grids
    from core.coverage_month as coverage
    cross join (values ('patrol_coverage'), ('patrol_frequency')) as metric (metric_id)
    group by metric.metric_id, coverage.county_id, coverage.month
    union all
    -- 清单不说哪些是重点的，一个也判断不了；个别点位判断不了的，不在此列
    select 'key_site_visit' as metric_id, list.county_id, month.month, 1 as grids
    from core.site_list as list
    join core.month as month on month.last_day between list.known_on and list.known_to
    where list.is_told and not list.says_key
    union all
    select 'surprise_inspection' as metric_id, county_id, month, count(*) as grids
    from core.surprise_month
    group by county_id, month
)

select
    judged.metric_id,
    judged.county_id,
    judged.month,
    case
        when judged.awaited_zh is not null then 'no'
        when judged.is_delivered = 0 then 'yes'
        when judged.lacks_all = 1 or undecided.grids = owing.grids then 'no'
        when judged.lacks_some = 1 or undecided.grids > 0 then 'partial'
        else 'yes'
    end as measurable,
    judged.is_delivered = 1 or judged.awaited_zh is not null as is_delivered,
    case
        when judged.awaited_zh is not null then concat('该单位还没有报过', judged.awaited_zh, '，本指标不可测')
        when judged.is_delivered = 0 and not month.is_over then null
        when judged.is_delivered = 0 and judged.kind = 'indicator' then '该月所需台账未报送或各行全部退回'
        when judged.is_delivered = 0 and judged.is_returned = 1 then '该月所需台账各行全部退回，义务按“未报送”计'
        when judged.is_delivered = 0 then '该月所需台账未报送，义务按“未报送”计'
        when judged.lacks_all = 1 then judged.reason_no
        when undecided.grids = owing.grids then concat(undecided.reasons_zh, '，本指标不可测')
        when undecided.grids > 0 then undecided.told_zh
        when judged.lacks_some = 1 then judged.reason_partial
    end as reason_zh
from judged
join core.month as month on judged.month = month.month
left join undecided
    on
        judged.metric_id = undecided.metric_id
        and judged.county_id = undecided.county_id
        and judged.month = undecided.month
left join owing
    on
        judged.metric_id = owing.metric_id
        and judged.county_id = owing.county_id
        and judged.month = owing.month
union all
-- 不靠台账内容的指标：有没有报来、有没有那一列，总能看出；按义务计入的月份列
select
    metric.metric_id,
    owing_sender.county_id,
    owing_sender.period as month,
    'yes' as measurable,
    true as is_delivered,
    cast(null as varchar) as reason_zh
from seed.metric as metric
cross join (select distinct county_id, period from core.report) as owing_sender
where
    metric.kind = 'obligation'
    and metric.metric_id not in (select field.metric_id from seed.metric_field as field)
