-- 报送月：某单位某月应报的巡查记录、问题台账（及其他指标所需的表），及虽不应报而已报来的；一行是一单位一月一表
-- 粒度：county_id, month, table_name
-- 依据：四（一）按月履行；自哪月起应报见 sender.csv，未定的自任何单位最早报来的月份起。起报之前自愿补报的旧台账照样计算，
-- 但只限报来的那月那表，不因此追问其余月份；也不使别的单位的义务提前
with sender as (
    select county.county_id, stated.reports_from
    from (select distinct county_id from seed.grid) as county
    left join seed.sender as stated on county.county_id = stated.county_id
),

-- 起报之前的旧台账不开启任何人的义务；没有一行是那个月的（放错文件夹、只有表头），也不开启
opening as (
    select min(delivered.month) as first_month
    from core.delivered as delivered
    join sender on delivered.county_id = sender.county_id
    cross join seed.moment as moment
    where
        delivered.is_of_month
        and delivered.month <= month_of(moment.as_of)
        and (sender.reports_from is null or delivered.month >= sender.reports_from)
),

-- 报来过记录的月份；仍不算报送的，是各行全部退回
returned as (
    select distinct county_id, month, table_name from core.sent_sheet where found > 0
),

asked as (
    select
        sender.county_id,
        month.month,
        ledger.table_name,
        ledger.cadence,
        -- 谁都没有报过的，自计算时点所在月起
        month.month >= coalesce(sender.reports_from, opening.first_month, month_of(moment.as_of)) as is_owed
    from sender
    cross join core.month as month
    cross join opening
    cross join seed.moment as moment
    join seed.ledger as ledger
        on
            ledger.table_name in ('patrol', 'problem')
            or ledger.table_name in (select field.table_name from seed.metric_field as field)
),

-- 不按月报的表（名册、点位清单），报过一次，此后各月都算有
earlier as (
    select county_id, table_name, min(month) as first_month from core.delivered group by county_id, table_name
),

told as (
    select
        asked.*,
        delivered.county_id is not null or earlier.county_id is not null as is_delivered
    from asked
    left join core.delivered as delivered
        on
            asked.county_id = delivered.county_id
            and asked.month = delivered.month
            and asked.table_name = delivered.table_name
    left join earlier
        on
            asked.cadence <> 'monthly'
            and asked.county_id = earlier.county_id
            and asked.table_name = earlier.table_name
            and earlier.first_month <= asked.month
)

select
    told.county_id,
    told.month,
    told.table_name,
    told.is_owed,
    told.is_delivered,
    not told.is_delivered and returned.county_id is not null as is_returned
from told
left join returned
    on
        told.county_id = returned.county_id
        and told.month = returned.month
        and told.table_name = returned.table_name
where told.is_owed or told.is_delivered
