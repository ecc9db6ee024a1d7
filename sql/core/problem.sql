-- 问题：一行一个，现行版本；时限已换算为末秒，晚于计算时点的事件视为尚未发生
-- 粒度：problem_id
-- 依据：四（一）明确整改时限、登记备案
with base as (
    select
        problem.*,
        coalesce(problem.served_at, problem.document_issued_at, problem.assigned_at, problem.discovered_at) as counted_from,
        case
            when problem.served_at is not null then '送达'
            when problem.document_issued_at is not null then '文书下达'
            when problem.assigned_at is not null then '交办'
            else '发现'
        end as counted_from_zh,
        -- 编号每月从头编起的县区，编号只在本月之内有所指
        case when scope.scope = 'month' then problem.month else '' end as key_month,
        path.ancestor_id as county_grid_id,
        unit_path.ancestor_id as unit_grid_id
    from staging.problem_now as problem
    cross join seed.moment as moment
    left join core.grid_path as path on problem.grid_id = path.leaf_id and path.ancestor_level = 2
    left join core.grid_path as unit_path on problem.grid_id = unit_path.leaf_id and unit_path.ancestor_level = 1
    left join seed.key_scope as scope on problem.county_id = scope.county_id and scope.table_name = 'problem'
    where problem.discovered_at <= moment.as_of
),

dated as (
    select
        base.*,
        case base.rectify_due_kind
            when 'same_day' then end_of_day(base.discovered_at)
            when 'days' then end_of_day(plus_days(base.counted_from, base.rectify_due_number))
            when 'working_days' then end_of_day(nth.day)
            when 'months' then end_of_day(plus_months(base.counted_from, base.rectify_due_number))
            when 'date' then
                case
                    when base.rectify_due_precision = 'minute' then base.rectify_due_at
                    else end_of_day(base.rectify_due_at)
                end
            when 'month_end' then end_of_day(base.rectify_due_at)
            when 'year_end' then
                coalesce(
                    end_of_day(base.rectify_due_at), end_of_day(make_date(year(base.discovered_at), 12, 31))
                )
            when 'long_term' then null
            -- 当场改正的不必另定时限：发现当日即为限
            else case when base.corrected_on_spot then end_of_day(base.discovered_at) end
        end as rectify_due_end,
        case base.rectify_due_kind
            when 'same_day' then '立行立改：发现当日'
            when 'days' then concat(base.rectify_due_number, '日内，自', base.counted_from_zh, '次日起算')
            when 'working_days' then concat(base.rectify_due_number, '个工作日内，自', base.counted_from_zh, '次日起算')
            when 'months' then concat(base.rectify_due_number, '个月内，自', base.counted_from_zh, '次日起算')
            when 'date' then '台账所写整改时限'
            when 'month_end' then '台账所写月份之末'
            when 'year_end' then '年底前'
            when 'long_term' then '长期坚持，按年复核，未定时限'
            else
                case
                    when base.corrected_on_spot then '现场整改：发现当日'
                    when base.rectify_due_kind = 'unreadable' then '台账所写时限无法识别，按未定时限计'
                    else '台账未写整改时限'
                end
        end as rectify_due_basis
    from base
    left join core.calendar as start_day on cast(base.counted_from as date) = start_day.day
    left join core.calendar as nth
        on nth.is_workday and nth.workday_no = start_day.workday_no + base.rectify_due_number
        and base.rectify_due_kind = 'working_days'
),

owned as (
    select
        dated.*,
        -- 写“支队”的，落到管这一片的一级网格单元
        case
            when dated.duty_grid_id = 'city' then coalesce(dated.unit_grid_id, 'city')
            else coalesce(dated.duty_grid_id, dated.county_grid_id, dated.grid_id)
        end as owing_grid_id,
        case
            when dated.extended_due_precision = 'minute' then dated.extended_due
            else end_of_day(dated.extended_due)
        end as extended_due_end,
        approver.grid_id as approver_grid_id
    from dated
    left join staging.grid_name as approver
        on dated.county_id = approver.county_id and grid_text(dated.extension_approved_by) = approver.name
)

select
    owned.row_key as problem_id,
    owned.problem_no,
    owned.key_month,
    owned.parent_problem_no,
    owned.county_id,
    owned.grid_id,
    owned.owing_grid_id as duty_grid_id,
    case when owned.duty_grid_id is null then 'default' else 'stated' end as duty_basis,
    owned.description,
    owned.source,
    owned.category,
    owned.site,
    owned.discovered_at,
    owned.registered_at,
    owned.rectify_due_end as rectify_due_at,
    owned.rectify_due_kind,
    owned.rectify_due_basis,
    owned.extended_due_end as extended_due_at,
    coalesce(
        owned.extended_due_end is not null
        and above.ancestor_id is not null
        and owned.extension_approved_at <= owned.rectify_due_end
        and owned.extended_due_end > owned.rectify_due_end,
        false
    ) as is_lawful_extension,
    owned.corrected_on_spot,
    case when owned.rectified_at <= moment.as_of then owned.rectified_at end as rectified_at,
    case when owned.verified_at <= moment.as_of then owned.verified_at end as verified_at,
    case when owned.cleared_at <= moment.as_of then owned.cleared_at end as cleared_at,
    case when owned.closed_at <= moment.as_of then owned.closed_at end as closed_at,
    list_contains(owned.fields, 'rectified_at') as has_rectified_at,
    list_contains(owned.fields, 'rectify_due')
    and (list_contains(owned.fields, 'rectified_at') or list_contains(owned.fields, 'closed_at')) as is_datable,
    rewritten.key is not null as is_due_rewritten,
    owned.closure,
    owned.progress,
    owned.is_duplicate,
    owned.status,
    owned.version_no,
    owned.absent_in_latest,
    owned.row_id
from owned
cross join seed.moment as moment
-- 批准的须是责任网格的上级；认不出是哪个网格的，不算批准
left join core.grid_path as above
    on
        owned.owing_grid_id = above.leaf_id
        and owned.approver_grid_id = above.ancestor_id
        and above.ancestor_id <> above.leaf_id
left join (
    select distinct key from staging.revision where table_name = 'problem' and field = 'rectify_due'
) as rewritten on owned.row_key = rewritten.key
