-- 判断不了的指标：一行是一组台账列不够判断的一个指标；问题的台账始终没有某个指标所需的列，就没有那项义务
-- 粒度：county_id, field_set_id, metric_id
-- 依据：contracts 表头缺失不归咎于人；所需的列可以在别的表里的，该单位报过那张表就算有
-- 回看固化的月份时，计算时点之后才第一次有的列，当时还看不出；那时一张台账也没有的，按后来报来的计
with field_set as (
    select distinct county_id, md5(array_to_string(fields, ',')) as field_set_id, fields from staging.problem_now
),

told as (
    select county_id, received_at, unnest(fields) as field from core.sent_sheet where table_name = 'problem'
),

later as (
    select told.county_id, told.field
    from told
    cross join seed.moment as moment
    group by told.county_id, told.field, moment.as_of
    having min(told.received_at) > moment.as_of
),

-- 当时已有台账的单位
had as (
    select distinct told.county_id
    from told
    cross join seed.moment as moment
    where told.received_at <= moment.as_of
),

need as (
    select
        field_set.county_id,
        field_set.field_set_id,
        field.metric_id,
        field.need_no,
        max(
            case
                when field.field_table = 'problem' then
                    case
                        when list_contains(field_set.fields, field.field) and (later.field is null or had.county_id is null)
                            then 1
                        else 0
                    end
                when since.field is not null then 1
                else 0
            end
        ) as is_met
    from field_set
    join seed.metric_field as field on field.table_name = 'problem' and field.if_missing = 'no'
    left join core.field_since as since
        on field_set.county_id = since.county_id and field.field_table = since.table_name and field.field = since.field
    left join later on field_set.county_id = later.county_id and field.field = later.field
    left join had on field_set.county_id = had.county_id
    group by field_set.county_id, field_set.field_set_id, field.metric_id, field.need_no
)

select distinct county_id, field_set_id, metric_id
from need
where is_met = 0
