-- 巡查计划与特殊时段：类型化之后，加上跨列的核查；没有通知文号和日期的特殊时段不产生义务
-- 粒度：row_id
-- 依据：方案四（一）巡查，五（三）加大对重点区域、重点时段的巡查频率
with checked as (
    select
        typed.* replace (
            concat_ws(
                ';',
                -- 网格写了却认不出的，不能当作没有写，否则成了全县的计划
                nullif(
                    regexp_replace(typed.faults, '\b(grid|whole_county):(grid_\w+):warn', '\1:\2:reject', 'g'), ''
                ),
                case
                    when typed.grid_text is null and typed.whole_county_text is null
                        then 'grid:plan_for_nobody:reject'
                end,
                case when typed.special_to < typed.special_from then 'special_to:ends_before_start:reject' end,
                case
                    when
                        typed.special_to >= typed.special_from
                        and typed.plan_month not between month_of(typed.special_from) and month_of(typed.special_to)
                        then 'special_from:outside_month:warn'
                end,
                case
                    when
                        typed.special_name is not null
                        and (typed.special_from is null or typed.special_to is null)
                        then 'special_name:special_undated:warn'
                end,
                case
                    when
                        coalesce(typed.special_name, cast(typed.special_from as varchar)) is not null
                        and (typed.notice_no is null or typed.notice_on is null)
                        then 'notice_no:notice_missing:warn'
                end
            ) as faults)
    from staging.patrol_plan_typed as typed
)

-- 只在本来可以接收的行之间比较
select
    checked.* replace (
        concat_ws(
            ';', nullif(checked.faults, ''),
            case
                when
                    checked.faults not like '%:reject%'
                    and min(checked.content_hash) over of_plan <> max(checked.content_hash) over of_plan
                    then 'required_patrols:stated_twice:reject'
            end
        ) as faults)
from checked
window of_plan as (
    partition by
        checked.file_id, checked.grid_id,
        case when checked.grid_id is null then checked.whole_county_id end,
        checked.plan_month, checked.special_name, checked.special_from, checked.faults like '%:reject%'
)
