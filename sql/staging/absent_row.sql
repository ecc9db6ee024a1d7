-- 后来不见的行：同一单位同月同表再次报送（至少一半编号相同）时没有再出现的记录；记录保留，只作标记
-- 粒度：table_name, row_key
-- 依据：收件次序；数据不因不再出现而消失
with shown as (
    select distinct
        outcome.table_name, outcome.row_key, outcome.file_id, file.county_id, file.month, file.received_at, file.sha256
    from staging.row_outcome as outcome
    join staging.source_file as file on outcome.file_id = file.file_id
    where outcome.disposition <> 'rejected'
),

sized as (
    select table_name, file_id, count(*) as row_keys from shown group by table_name, file_id
),

resent as (
    select earlier.table_name, earlier.file_id as earlier_id, later.file_id as later_id
    from shown as earlier
    join shown as later
        on
            earlier.table_name = later.table_name
            and earlier.row_key = later.row_key
            and earlier.county_id = later.county_id
            and earlier.month = later.month
            and (later.received_at, later.sha256) > (earlier.received_at, earlier.sha256)
    join sized on earlier.table_name = sized.table_name and earlier.file_id = sized.file_id
    group by earlier.table_name, earlier.file_id, later.file_id, sized.row_keys
    having 2 * count(*) >= sized.row_keys
)

select distinct shown.table_name, shown.row_key
from shown
join resent on shown.table_name = resent.table_name and shown.file_id = resent.earlier_id
where
    not exists (
        select 1
        from shown as again
        where
            again.table_name = shown.table_name
            and again.row_key = shown.row_key
            and again.file_id = resent.later_id
    )
