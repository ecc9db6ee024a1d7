-- 又退回的行：先前退回，后来同一份记录又报来、又退回的；等着改的只是最后那一行
-- 粒度：row_id
-- 依据：坏数据退回而不丢失；同一份记录只改最后报来的那一行。按月报送的表限同月，编号另有所指的须内容相同
with returned as (
    select
        outcome.row_id,
        outcome.table_name,
        outcome.row_key,
        outcome.rejected_content,
        contains(outcome.faults, ':another_record:') as is_other,
        file.county_id,
        case when ledger.cadence = 'monthly' then file.month else '' end as about,
        file.file_id,
        file.received_at,
        file.sha256
    from staging.row_outcome as outcome
    join staging.source_file as file on outcome.file_id = file.file_id
    join seed.ledger as ledger on outcome.table_name = ledger.table_name
    where outcome.disposition = 'rejected'
)

select earlier.row_id
from returned as earlier
join returned as later
    on
        earlier.table_name = later.table_name
        and earlier.county_id = later.county_id
        and earlier.about = later.about
        and earlier.row_key = later.row_key
        and earlier.file_id <> later.file_id
        and not earlier.is_other
        and not later.is_other
        and (earlier.received_at, earlier.sha256, earlier.file_id) < (later.received_at, later.sha256, later.file_id)
union
select earlier.row_id
from returned as earlier
join returned as later
    on
        earlier.table_name = later.table_name
        and earlier.county_id = later.county_id
        and earlier.about = later.about
        and earlier.rejected_content = later.rejected_content
        and earlier.file_id <> later.file_id
        and (earlier.received_at, earlier.sha256, earlier.file_id) < (later.received_at, later.sha256, later.file_id)
