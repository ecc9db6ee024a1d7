-- 问题台账：类型化之后，加上跨列的核查
-- 粒度：row_id
-- 依据：方案四（一）登记备案、整改时限，四（三）反馈
select
    typed.* replace (
        case when not is_nobody(typed.handler) then typed.handler end as handler,
        case when not is_nobody(typed.reinspector) then typed.reinspector end as reinspector,
        concat_ws(
            ';', nullif(typed.faults, ''),
            case
                when typed.grid_code is not null and typed.grid_id is not null and known_code.grid_id is null
                    then 'grid_code:code_mismatch:warn'
            end,
            case
                when cast(typed.rectified_at as date) < cast(typed.discovered_at as date)
                    then 'rectified_at:before_discovery:warn'
            end,
            case
                when cast(typed.rectify_due_at as date) < cast(typed.discovered_at as date)
                    then 'rectify_due:before_discovery:warn'
            end,
            case
                when cast(typed.rectified_at as date) > cast(typed.file_received_at as date)
                    then 'rectified_at:after_receipt:warn'
            end,
            case
                when
                    typed.extended_due is not null
                    and (typed.extension_approved_at is null or typed.extension_approved_by is null)
                    then 'extended_due:extension_unapproved:warn'
            end
        ) as faults)
from staging.problem_typed as typed
left join staging.grid_code as known_code
    on typed.grid_code = known_code.code and typed.grid_id = known_code.grid_id
