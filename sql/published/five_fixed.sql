-- 五定：一行是一个网格的一定，现行版本
-- 粒度：grid_id, kind
-- 依据：方案五（二）五定机制
select
    grid_id,
    kind,
    document,
    dated_on,
    valid_from,
    absent_in_latest,
    row_id
from core.five_fixed
