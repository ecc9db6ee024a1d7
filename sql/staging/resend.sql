-- 重报：同一单位的同一张表后来又报了一份，至少一半编号相同；按月报送的表须同月
-- 粒度：table_name, earlier_id, later_id
-- 依据：收件次序；后来的一份代替先前的一份，先前的记录不因此消失。退回待核改好发回的只有退回过的行，不是又一份
with shown as (
    select distinct
        outcome.table_name,
        outcome.row_key,
        outcome.file_id,
        file.county_id,
        file.received_at,
        file.month,
        file.sha256,
        case when ledger.cadence = 'monthly' then file.month else '' end as about
    from staging.row_outcome as outcome
    join staging.source_file as file on outcome.file_id = file.file_id
    join seed.ledger as ledger on outcome.table_name = ledger.table_name
    where outcome.disposition <> 'rejected'
),

-- 行上写着退回行标识的
mended as (
    select distinct file_id, table_name from raw.source_row where mends_row is not null
),

sized as (
    select table_name, file_id, count(*) as row_keys from shown group by table_name, file_id
)

select
    earlier.table_name,
    earlier.file_id as earlier_id,
    later.file_id as later_id,
    later.received_at as later_received_at
from shown as earlier
join shown as later
    on
        earlier.table_name = later.table_name
        and earlier.row_key = later.row_key
        and earlier.county_id = later.county_id
        and earlier.about = later.about
        and (later.received_at, later.month, later.sha256) > (earlier.received_at, earlier.month, earlier.sha256)
join sized on earlier.table_name = sized.table_name and earlier.file_id = sized.file_id
where
    not exists (
        select 1 from mended where mended.file_id = later.file_id and mended.table_name = later.table_name
    )
group by earlier.table_name, earlier.file_id, later.file_id, later.received_at, sized.row_keys
having 2 * count(*) >= sized.row_keys
