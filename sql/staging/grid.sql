-- 网格登记表：类型化之后，加上跨列的核查
-- 粒度：row_id
-- 依据：方案二 网格划分，五（二）五定
select
    typed.* replace (
        concat_ws(
            ';', nullif(typed.faults, ''),
            case when typed.valid_to < typed.valid_from then 'valid_to:ends_before_start:reject' end,
            case
                when
                    not regexp_matches(typed.code, '^\d{9}$')
                    and typed.code not in (select seed_grid.code from seed.grid as seed_grid)
                    then 'code:code_unknown:reject'
            end
        ) as faults)
from staging.grid_typed as typed
