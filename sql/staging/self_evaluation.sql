-- 年度自评：类型化之后，加上跨列的核查
-- 粒度：row_id
-- 依据：方案四（四）每年自评、研究改进措施、上报自评结果
select
    typed.* replace (
        concat_ws(
            ';', nullif(typed.faults, ''),
            case when typed.year > year(typed.submitted_at) then 'year:year_not_begun:reject' end,
            case when typed.self_score > typed.max_score then 'self_score:score_above_max:warn' end,
            case
                when typed.item is null and (typed.self_score is not null or typed.shortfall is not null)
                    then 'item:item_unnamed:warn'
            end,
            case
                when cast(typed.improvement_done_at as date) > cast(typed.file_received_at as date)
                    then 'improvement_done_at:after_receipt:warn'
            end
        ) as faults)
from staging.self_evaluation_typed as typed
