-- 逐行去向齐全：每一行数据都在某次报送的清点之内；一行是一个有去向而无清点的文件
-- 粒度：file_id
-- 依据：数据不消失
select outcome.file_id, outcome.table_name, count(*) as stray_rows
from staging.row_outcome as outcome
left join published.submission as submission
    on outcome.file_id = submission.file_id and outcome.table_name = submission.table_name
where submission.file_id is null
group by outcome.file_id, outcome.table_name
