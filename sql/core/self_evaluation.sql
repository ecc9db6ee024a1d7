-- 年度自评：一行是一个网格一年的一个项目；项目为空者是只报了文字报告的回执
-- 粒度：self_evaluation_id
-- 依据：方案四（四）每年自评、研究改进措施、上报自评结果
-- 改写上报时间不抹去最早一次上报
with first_sent as (
    select grid_id, year, min(submitted_at) as first_submitted_at
    from staging.self_evaluation_version
    where disposition = 'accepted'
    group by grid_id, year
),

-- 最后一次报来之日：其后的日期是打算，不是已经完成；原样重报的也是报来
seen as (
    select row_key, max(file_received_at) as last_at
    from staging.self_evaluation_version
    where disposition <> 'rejected'
    group by row_key
)

select
    stated.row_key as self_evaluation_id,
    stated.county_id,
    stated.grid_id,
    stated.year,
    stated.item,
    stated.item is null as is_receipt,
    stated.max_score,
    stated.self_score,
    stated.basis,
    stated.shortfall,
    stated.cause,
    stated.improvement,
    stated.owner,
    improvement.due_at as improvement_due_at,
    case
        when stated.improvement_done_at <= least(moment.as_of, end_of_day(seen.last_at)) then stated.improvement_done_at
    end as improvement_done_at,
    coalesce(stated.improvement_done_at > end_of_day(seen.last_at), false) as is_done_planned,
    stated.evidence,
    stated.submitted_at,
    first_sent.first_submitted_at,
    stated.document_no,
    stated.version_no,
    stated.absent_in_latest,
    stated.row_id
from staging.self_evaluation_now as stated
cross join seed.moment as moment
join seen on stated.row_key = seen.row_key
left join first_sent on stated.grid_id = first_sent.grid_id and stated.year = first_sent.year
left join core.improvement_stated as improvement
    on stated.row_key = improvement.self_evaluation_id and improvement.is_current
where stated.submitted_at <= moment.as_of
