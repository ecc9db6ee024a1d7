-- 行数守恒：读到 = 接收 + 退回 + 重复；一行是一处不守恒
-- 粒度：file_id, table_name
-- 依据：数据不消失
select file_id, table_name, found, accepted, rejected, identical
from published.submission
where found <> accepted + rejected + identical
