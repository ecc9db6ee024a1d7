-- 督办复查记录：类型化之后，加上跨列的核查
-- 粒度：row_id
-- 依据：方案四（一）做好后续督察
-- 复查之后另定了整改时限而没有结果的，即是没有通过；结果写了读不出而没有新时限的，只提示，不当作不合格
with judged as (
    select
        typed.*,
        typed.result is null
        and typed.kind in ('reinspect', 'look_back', 'accept')
        and coalesce(cast(typed.new_due as date) >= cast(typed.done_at as date), false) as is_failed_by_due
    from staging.follow_up_typed as typed
)

select
    judged.* exclude (is_failed_by_due) replace (
        case when judged.is_failed_by_due then 'fail' else judged.result end as result,
        concat_ws(
            ';',
            nullif(
                replace(
                    judged.faults, 'result:word_unknown:warn',
                    case
                        when judged.is_failed_by_due then 'result:result_unread_failed:warn'
                        else 'result:result_unread:warn'
                    end
                ), ''
            ),
            case
                when judged.problem_no is null and judged.site is null then 'problem_no:about_nothing:reject'
            end,
            case
                when cast(judged.new_due as date) < cast(judged.done_at as date) then 'new_due:before_visit:warn'
            end,
            case
                when judged.is_failed_by_due and not contains(judged.faults, 'result:word_unknown:warn')
                    then 'new_due:failed_by_new_due:warn'
            end
        ) as faults)
from judged
