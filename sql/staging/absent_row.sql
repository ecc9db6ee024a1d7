-- 后来不见的行：重报的文件里没有再出现的记录；记录保留、照样计算，只作标记
-- 粒度：table_name, row_key
-- 依据：收件次序；数据不因不再出现而消失
with shown as (
    select distinct table_name, row_key, file_id from staging.row_outcome where disposition <> 'rejected'
),

-- 后来的一份里有它而退回了的，不是不见了
told as (
    select distinct table_name, row_key, file_id from staging.row_outcome
)

select distinct shown.table_name, shown.row_key
from shown
join staging.resend as resend on shown.table_name = resend.table_name and shown.file_id = resend.earlier_id
where
    not exists (
        select 1
        from told as again
        where
            again.table_name = shown.table_name
            and again.row_key = shown.row_key
            and again.file_id = resend.later_id
    )
