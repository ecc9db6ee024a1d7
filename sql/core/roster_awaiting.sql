-- 名册待改：一行是一个网格，它的名册有几行退回而尚未改好、是哪几行
-- 粒度：grid_id
-- 依据：坏数据退回而不丢失，缘由要说清
select
    grid_id,
    concat_ws(
        '', '名册退回 ', cast(count(*) as varchar), ' 行待改：第 ',
        string_agg(cast(row_number as varchar), '、' order by row_number), ' 行'
    ) as told_zh
from core.roster_returned
group by grid_id
