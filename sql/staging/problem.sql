-- 问题台账：类型化之后，加上跨列的核查
-- 粒度：row_id
-- 依据：方案四（一）登记备案、整改时限，四（三）反馈
-- 复查之后另定了整改时限而没有结果的，即是没有通过；结果写了读不出而没有新时限的，只提示，不当作不合格
with judged as (
    select
        typed.*,
        typed.reinspection_result is null
        and coalesce(cast(typed.new_due as date) >= cast(typed.reinspected_at as date), false) as is_failed_by_due
    from staging.problem_typed as typed
)

select
    typed.* exclude (is_failed_by_due) replace (
        case when typed.is_failed_by_due then 'fail' else typed.reinspection_result end as reinspection_result,
        case when not is_nobody(typed.handler) then typed.handler end as handler,
        case when not is_nobody(typed.reinspector) then typed.reinspector end as reinspector,
        concat_ws(
            ';',
            nullif(
                replace(
                    typed.faults, 'reinspection_result:word_unknown:warn',
                    case
                        when typed.is_failed_by_due then 'reinspection_result:result_unread_failed:warn'
                        else 'reinspection_result:result_unread:warn'
                    end
                ), ''
            ),
            case
                when
                    typed.is_failed_by_due
                    and not contains(typed.faults, 'reinspection_result:word_unknown:warn')
                    then 'new_due:failed_by_new_due:warn'
            end,
            case
                when typed.grid_code is not null and typed.grid_id is not null and known_code.grid_id is null
                    then 'grid_code:code_mismatch:warn'
            end,
            case
                when cast(typed.rectified_at as date) < cast(typed.discovered_at as date)
                    then 'rectified_at:before_discovery:warn'
            end,
            case
                when
                    typed.rectified_at is not null
                    and typed.progress in ('not_started', 'in_progress', 'on_schedule', 'overdue')
                    then 'rectified_at:done_but_unfinished:warn'
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
from judged as typed
left join staging.grid_code as known_code
    on typed.grid_code = known_code.code and typed.grid_id = known_code.grid_id
