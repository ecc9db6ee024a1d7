-- 重点点位清单：类型化之后，加上跨列的核查
-- 粒度：row_id
-- 依据：方案二（二）2、二（三）1 排查点位
select
    typed.* replace (
        concat_ws(
            ';', nullif(typed.faults, ''),
            case when typed.valid_to < typed.valid_from then 'valid_to:ends_before_start:reject' end
        ) as faults)
from staging.site_typed as typed
