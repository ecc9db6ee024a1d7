-- 应报台账：一行是一个县区一个已结束的月份应报的一张表，何时为限、何时收到
-- 粒度：county_id, month, table_name
-- 依据：四（三）反馈。报送是县区的义务：支队的表由支队自收，不另设报送义务；起报之前自愿补报的旧台账也没有迟报之说
-- 报送是事件：回看固化的月份时，计算时点之后才收到的，当时还没有报
with arrived as (
    select delivered.*
    from core.delivered as delivered
    cross join seed.moment as moment
    where delivered.first_received_at <= moment.as_of
)

select
    owed.county_id,
    county.level as owner_level,
    owed.month,
    owed.table_name,
    ledger.zh as table_zh,
    due.period,
    due.started_at,
    due.due_at,
    -- 字段随表而到：表迟报的，迟报另有一项指标，不使每个字段再迟一回
    case when due.due_at is not null then greatest(due.due_at, delivered.first_received_at) end as fields_due_at,
    due.limit_zh,
    delivered.county_id is not null as is_delivered,
    delivered.first_received_at,
    header.row_id as header_row_id,
    coalesce(cast(delivered.last_received_at as date) < due.last_day, false) as is_early,
    owed.is_returned
from core.sender_month as owed
join core.report_due as due on owed.month = due.month
join seed.grid as county on owed.county_id = county.grid_id and county.level = 2
join seed.ledger as ledger on owed.table_name = ledger.table_name
left join arrived as delivered
    on
        owed.county_id = delivered.county_id
        and owed.month = delivered.month
        and owed.table_name = delivered.table_name
left join core.ledger_header as header
    on delivered.first_content_id = header.file_id and owed.table_name = header.table_name
where owed.is_owed and owed.table_name in ('patrol', 'problem')
