-- 来源文件：所知时点前收到的文件，一行一个；同一内容再次出现者编号加 ~n，其行只读一次
-- 粒度：file_id
-- 依据：收件登记（data/raw 下的 _receipts.csv 与 data/state/receipts.csv）
with known as (
    select
        delivery.*,
        row_number() over (partition by delivery.file_id order by delivery.received_at, delivery.path) as copy_no
    from raw.delivery as delivery
    cross join seed.moment as moment
    where delivery.received_at <= moment.known_at
)

select
    case when known.copy_no = 1 then known.file_id else concat(known.file_id, '~', known.copy_no) end as file_id,
    known.file_id as content_id,
    known.path,
    known.sha256,
    known.size_bytes,
    known.received_at,
    known.received_basis,
    known.county_id,
    known.month,
    case when known.copy_no = 1 then content.state else 'identical' end as state,
    case
        when known.copy_no = 1 then content.reason_zh
        else '与先前收到的文件逐字节相同，未重复计入'
    end as reason_zh,
    case when known.copy_no = 1 then content.mend_zh end as mend_zh
from known
join raw.content as content on known.file_id = content.file_id
