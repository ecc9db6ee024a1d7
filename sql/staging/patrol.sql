-- 巡查记录：类型化之后，加上跨列的核查
-- 粒度：row_id
-- 依据：方案四（一）巡查
select
    typed.* replace (
        concat_ws(
            ';', nullif(typed.faults, ''),
            case
                when
                    typed.ended_at < case
                        when typed.ended_at_precision = 'minute' then typed.started_at
                        else start_of_day(typed.started_at)
                    end
                    then 'ended_at:ends_before_start:warn'
            end,
            case
                when typed.grid_code is not null and typed.grid_id is not null and known_code.grid_id is null
                    then 'grid_code:code_mismatch:warn'
            end,
            case when typed.corrected_on_spot > typed.findings then 'corrected_on_spot:more_than_found:warn' end
        ) as faults)
from staging.patrol_typed as typed
left join staging.grid_code as known_code
    on typed.grid_code = known_code.code and typed.grid_id = known_code.grid_id
