-- 月报汇总：类型化之后，加上跨列的核查；没有月份列的报表，以所在文件夹的月份为准
-- 粒度：row_id
-- 依据：方案四（三）反馈；报表数只用来与台账核对
with checked as (
    select
        typed.* replace (
            case
                when list_contains(sheet.fields, 'about_month') then typed.about_month else typed.month
            end as about_month,
            concat_ws(
                ';', nullif(typed.faults, ''),
                case
                    when typed.about_month > month_of(typed.file_received_at) then 'about_month:in_future:reject'
                end
            ) as faults)
    from staging.monthly_summary_typed as typed
    join staging.sheet as sheet on typed.file_id = sheet.file_id and typed.sheet_name = sheet.sheet_name
)

-- 只在本来可以接收的行之间比较
select
    checked.* replace (
        concat_ws(
            ';', nullif(checked.faults, ''),
            case
                when
                    checked.faults not like '%:reject%'
                    and min(checked.content_hash) over of_grid <> max(checked.content_hash) over of_grid
                    then 'grid:stated_twice:reject'
            end
        ) as faults)
from checked
window of_grid as (
    partition by checked.file_id, checked.grid_id, checked.about_month, checked.faults like '%:reject%'
)
