-- 复核记录：类型化之后，加上跨列的核查
-- 粒度：row_id
-- 依据：方案五（三）对网格长、网格检查员的履职监督
select
    typed.* replace (
        concat_ws(
            ';', nullif(typed.faults, ''),
            case
                when typed.patrol_no is null and typed.problem_no is null
                    then 'patrol_no:backcheck_of_nothing:reject'
            end
        ) as faults)
from staging.backcheck_typed as typed
