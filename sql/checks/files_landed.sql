-- 收到的文件都已读入；一行是一个登记了却没有读入的文件
-- 粒度：path
-- 依据：数据不消失：只读了部分月份的运行不得发布
select delivery.path, delivery.file_id
from raw.delivery as delivery
cross join seed.moment as moment
left join raw.content as content on delivery.file_id = content.file_id
-- 只引用发布表所依据的时点之前收到的文件
left join published.source_file as known on delivery.path = known.path
where delivery.received_at <= moment.known_at and (content.file_id is null or known.path is null)
