-- 问题：一行一个，现行版本；晚于计算时点的事件视为尚未发生。时限见 core.problem_deadline
-- 粒度：problem_id
-- 依据：四（一）登记备案
with base as (
    select
        problem.*,
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

owned as (
    select
        base.*,
        -- 写“支队”的，落到管这一片的一级网格单元
        case
            when base.duty_grid_id = 'city' then coalesce(base.unit_grid_id, 'city')
            else coalesce(base.duty_grid_id, base.county_grid_id, base.grid_id)
        end as owing_grid_id,
        case
            when base.extended_due_precision = 'minute' then base.extended_due
            else end_of_day(base.extended_due)
        end as extended_due_end
    from base
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
    owned.rectify_due_kind,
    owned.extended_due_end as extended_due_at,
    owned.corrected_on_spot,
    case when owned.rectified_at <= moment.as_of then owned.rectified_at end as rectified_at,
    case when owned.verified_at <= moment.as_of then owned.verified_at end as verified_at,
    case when owned.cleared_at <= moment.as_of then owned.cleared_at end as cleared_at,
    case when owned.closed_at <= moment.as_of then owned.closed_at end as closed_at,
    list_contains(owned.fields, 'rectified_at') as has_rectified_at,
    list_contains(owned.fields, 'rectify_due')
    and (list_contains(owned.fields, 'rectified_at') or list_contains(owned.fields, 'closed_at')) as is_datable,
    owned.closure,
    owned.progress,
    owned.is_duplicate,
    owned.status,
    owned.version_no,
    owned.absent_in_latest,
    owned.row_id
from owned
cross join seed.moment as moment
