-- 自报的后继：一行写明它代替先前退回的哪一行（退回行标识）；不是本单位、本表先前退回的行的，不采用（is_known）
-- 粒度：row_id
-- 依据：退回待核发出时写在“退回行标识”一列；未认出的工作表改好后才知道是哪张表，两边有一边未认出的也算同表
with told as (
    select
        line.row_id,
        line.file_id,
        line.table_name,
        line.mends_row,
        outcome.row_key,
        outcome.disposition,
        file.county_id,
        file.received_at
    from raw.source_row as line
    join staging.row_outcome as outcome on line.row_id = outcome.row_id
    join staging.source_file as file on line.file_id = file.file_id
    where line.mends_row is not null and line.row_id not in (select echo.row_id from staging.echo_row as echo)
),

sent_back as (
    select outcome.row_id, outcome.row_key, outcome.file_id, outcome.table_name, file.county_id, file.month, file.received_at
    from staging.row_outcome as outcome
    join staging.source_file as file on outcome.file_id = file.file_id
    where outcome.disposition = 'rejected'
)

select
    told.row_id,
    told.row_key,
    told.disposition,
    told.file_id,
    told.table_name,
    told.received_at,
    told.mends_row,
    coalesce(sent_back.row_id is not null, false) as is_known,
    sent_back.table_name as mended_table,
    sent_back.row_key as mended_key,
    sent_back.month as mended_month
from told
left join sent_back
    on
        told.mends_row = sent_back.row_id
        and told.county_id = sent_back.county_id
        and told.file_id <> sent_back.file_id
        and told.received_at >= sent_back.received_at
        and (told.table_name = sent_back.table_name or '' in (told.table_name, sent_back.table_name))
