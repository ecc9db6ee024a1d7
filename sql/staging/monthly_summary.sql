-- 月报汇总：类型化之后，加上跨列的核查；没有月份列的报表，以所在文件夹的月份为准
-- 粒度：row_id
-- 依据：方案四（三）反馈；报表数只用来与台账核对
with monthly as (
    select typed.* replace (coalesce(typed.about_month, typed.month) as about_month)
    from staging.monthly_summary_typed as typed
)

select
    monthly.* replace (
        concat_ws(
            ';', nullif(monthly.faults, ''),
            case
                when monthly.about_month > month_of(monthly.file_received_at) then 'about_month:in_future:reject'
            end,
            case
                when
                    min(monthly.content_hash) over of_grid <> max(monthly.content_hash) over of_grid
                    then 'grid:stated_twice:reject'
            end
        ) as faults)
from monthly
window of_grid as (partition by monthly.file_id, coalesce(monthly.grid_id, monthly.row_id), monthly.about_month)
