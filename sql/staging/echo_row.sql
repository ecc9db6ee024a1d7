-- 原样发回的行：退回待核里未认出的工作表没有改就发回，一行说的仍是原件那一行，以原件为准
-- 粒度：row_id
-- 依据：同一行只请改一次；自写的“退回行标识”指向本单位先前收到、同样未认出（或收件登记写明不是台账）的行，且各格未改
with arrived as (
    select file_id, county_id, min(received_at) as received_at from raw.delivery group by file_id, county_id
)

select line.row_id, line.file_id, line.sheet_name, original.row_id as original_row_id, original.file_id as original_id
from raw.source_row as line
join raw.source_row as original
    on
        line.mends_row = original.row_id
        and line.own_digest = original.own_digest
        and line.file_id <> original.file_id
join arrived as again on line.file_id = again.file_id
join arrived as before on original.file_id = before.file_id
where
    line.kind = 'body'
    and line.own_digest is not null
    and original.own_digest is not null
    and again.county_id = before.county_id
    -- 同时收到的两件不得互指
    and (before.received_at, original.file_id) < (again.received_at, line.file_id)
