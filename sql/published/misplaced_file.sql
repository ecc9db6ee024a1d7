-- 未读：放错位置、无法读取的文件，以及收件登记中不能采用的行
-- 粒度：path, reason_zh
-- 依据：数据不消失：没有读的也要说出来，并说明怎样改正
select distinct path, reason_zh from raw.misplaced
