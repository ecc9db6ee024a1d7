-- 可测性：指标 × 报送单位 × 月份。缺少所需的列为 no 或 partial 并说明；未报送的月份另按“未报送”计
-- 粒度：metric_id, county_id, month
-- 依据：contracts 表头缺失不归咎于人；缺列不得利
with need as (
    select
        metric.metric_id,
        county.county_id,
        month.month,
        field.table_name,
        field.need_no,
        field.if_missing,
        field.reason_zh,
        max(case when given.field is not null then 1 else 0 end) as is_met
    from seed.metric as metric
    join seed.metric_field as field on metric.metric_id = field.metric_id
    cross join (select distinct county_id from seed.grid) as county
    cross join core.month as month
    left join core.field_delivered as given
        on
            county.county_id = given.county_id
            and month.month = given.month
            and field.table_name = given.table_name
            and field.field = given.field
    group by
        metric.metric_id, county.county_id, month.month, field.table_name, field.need_no, field.if_missing,
        field.reason_zh
),

judged as (
    select
        need.metric_id,
        need.county_id,
        need.month,
        min(case when delivered.table_name is not null then 1 else 0 end) as is_delivered,
        max(case when need.is_met = 0 and need.if_missing = 'no' then 1 else 0 end) as lacks_all,
        max(case when need.is_met = 0 and need.if_missing = 'partial' then 1 else 0 end) as lacks_some,
        min(case when need.is_met = 0 and need.if_missing = 'no' then need.reason_zh end) as reason_no,
        min(case when need.is_met = 0 and need.if_missing = 'partial' then need.reason_zh end) as reason_partial
    from need
    left join core.delivered as delivered
        on
            need.county_id = delivered.county_id
            and need.month = delivered.month
            and need.table_name = delivered.table_name
    group by need.metric_id, need.county_id, need.month
)

select
    metric_id,
    county_id,
    month,
    case
        when is_delivered = 0 then 'yes'
        when lacks_all = 1 then 'no'
        when lacks_some = 1 then 'partial'
        else 'yes'
    end as measurable,
    is_delivered = 1 as is_delivered,
    case
        when is_delivered = 0 then '该月所需台账未报送，义务按“未报送”计'
        when lacks_all = 1 then reason_no
        when lacks_some = 1 then reason_partial
    end as reason_zh
from judged
