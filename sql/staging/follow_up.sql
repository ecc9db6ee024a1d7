-- 督办复查记录：类型化之后，加上跨列的核查
-- 粒度：row_id
-- 依据：方案四（一）做好后续督察
select
    typed.* replace (
        concat_ws(
            ';', nullif(typed.faults, ''),
            case
                when typed.problem_no is null and typed.site is null then 'problem_no:about_nothing:reject'
            end,
            case
                when cast(typed.new_due as date) < cast(typed.done_at as date) then 'new_due:before_visit:warn'
            end
        ) as faults)
from staging.follow_up_typed as typed
