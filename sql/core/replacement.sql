-- 代替：后来收到的一件重报代替先前的一件，自收到之时起
-- 粒度：table_name, earlier_id, later_id
-- 依据：收件次序；同时收到的几件是一次报送，谁也不代替谁
select
    resend.table_name,
    resend.earlier_id,
    resend.later_id,
    later.month,
    later.received_at as replaced_at
from staging.resend as resend
join staging.source_file as earlier on resend.earlier_id = earlier.file_id
join staging.source_file as later on resend.later_id = later.file_id
where later.received_at > earlier.received_at
