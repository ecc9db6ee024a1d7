-- 报送：文件 × 表。读到 = 接收 + 退回 + 重复
-- 粒度：file_id, table_name
-- 依据：数据不消失：每一行都有去向
with warned as (
    select distinct row_id from published.quarantine where severity = 'warn'
),

-- 只是改换说法的行，不算更正
revised as (
    select to_row_id as row_id, bool_and(is_relabel) as is_only_relabel from staging.revision group by to_row_id
),

counted as (
    select
        outcome.file_id,
        outcome.table_name,
        count(*) filter (where outcome.disposition = 'accepted') as accepted,
        count(*) filter (where outcome.disposition = 'rejected') as rejected,
        count(*) filter (where outcome.disposition = 'identical') as identical,
        count(*) filter (where outcome.disposition <> 'rejected' and warned.row_id is not null) as warned,
        count(*) filter (where outcome.disposition = 'accepted' and not revised.is_only_relabel) as revised,
        count(*) filter (where outcome.disposition = 'accepted' and revised.is_only_relabel) as relabelled
    from staging.row_outcome as outcome
    left join warned on outcome.row_id = warned.row_id
    left join revised on outcome.row_id = revised.row_id
    group by outcome.file_id, outcome.table_name
),

-- 读到的行数来自读取文件时的清点，与去向分开数，才能互相核对
read_rows as (
    select file_id, table_name, cast(sum(found) as bigint) as found
    from raw.sheet
    where table_name <> ''
    group by file_id, table_name
    union all
    select file_id, table_name, count(*) as found
    from raw.source_row
    where table_name = '' and kind = 'body'
    group by file_id, table_name
)

select
    file.file_id,
    coalesce(read_rows.table_name, '') as table_name,
    coalesce(ledger.zh, '未识别') as table_zh,
    file.county_id,
    file.month,
    row_number() over (
        partition by file.county_id, file.month, coalesce(read_rows.table_name, '')
        order by file.received_at, file.sha256, file.file_id
    ) as version,
    coalesce(read_rows.found, 0) as found,
    case when file.state = 'identical' then 0 else coalesce(counted.accepted, 0) end as accepted,
    case when file.state = 'identical' then 0 else coalesce(counted.rejected, 0) end as rejected,
    case
        when file.state = 'identical' then coalesce(read_rows.found, 0)
        else coalesce(counted.identical, 0)
    end as identical,
    case when file.state = 'identical' then 0 else coalesce(counted.warned, 0) end as warned,
    case when file.state = 'identical' then 0 else coalesce(counted.revised, 0) end as revised,
    case when file.state = 'identical' then 0 else coalesce(counted.relabelled, 0) end as relabelled,
    file.state
from staging.source_file as file
left join read_rows on file.content_id = read_rows.file_id
left join seed.ledger as ledger on read_rows.table_name = ledger.table_name
left join counted on file.file_id = counted.file_id and read_rows.table_name = counted.table_name
