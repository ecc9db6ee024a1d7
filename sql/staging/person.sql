-- 责任人员：类型化之后，加上跨列的核查
-- 粒度：row_id
-- 依据：方案一 责任到人、二（一）（二）（三）网格长与负责人
select
    typed.* replace (
        concat_ws(
            ';', nullif(typed.faults, ''),
            case when typed.valid_to < typed.valid_from then 'valid_to:ends_before_start:reject' end,
            case
                when
                    coalesce(typed.kind, 'post') = 'post' and typed.post = 'grid_chief' and grid.level = 3
                    then 'post:chief_of_level_three:warn'
            end
        ) as faults)
from staging.person_typed as typed
left join seed.grid as grid on typed.grid_id = grid.grid_id
