-- 问题：一行一个，现行版本；晚于计算时点、晚于收到之日的事件视为尚未发生。上级以发现之日为准；时限见 core.problem_deadline，责任网格见 core.problem_bearer
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
    left join core.grid_path as path
        on
            problem.grid_id = path.leaf_id
            and path.ancestor_level = 2
            and cast(problem.discovered_at as date) between path.valid_from and path.valid_to
    left join core.grid_path as unit_path
        on
            problem.grid_id = unit_path.leaf_id
            and unit_path.ancestor_level = 1
            and cast(problem.discovered_at as date) between unit_path.valid_from and unit_path.valid_to
    left join seed.key_scope as scope on problem.county_id = scope.county_id and scope.table_name = 'problem'
    where problem.discovered_at <= moment.as_of
),

-- 现行一版最后一次见到它是什么时候：后来的台账照样又报，那时已到的日子就不再是打算
seen as (
    select told.row_key, max(told.file_received_at) as last_at
    from staging.problem_version as told
    join base on told.row_key = base.row_key and told.version_no = base.version_no
    where told.disposition <> 'rejected'
    group by told.row_key
),

ended as (
    select
        base.*,
        case
            when base.extended_due_precision = 'minute' then base.extended_due
            else end_of_day(base.extended_due)
        end as extended_due_end,
        -- 写在发生之前的时间是打算，不因那一天过去而成为事实
        least(moment.as_of, end_of_day(seen.last_at)) as happened_by
    from base
    join seen on base.row_key = seen.row_key
    cross join seed.moment as moment
)

select
    ended.row_key as problem_id,
    ended.problem_no,
    ended.key_month,
    ended.parent_problem_no,
    ended.county_id,
    ended.grid_id,
    ended.county_grid_id,
    ended.unit_grid_id,
    ended.description,
    ended.source,
    ended.category,
    ended.site,
    ended.discovered_at,
    ended.registered_at,
    ended.rectify_due_kind,
    ended.extended_due_end as extended_due_at,
    ended.corrected_on_spot,
    ended.happened_by,
    case when ended.rectified_at <= ended.happened_by then ended.rectified_at end as rectified_at,
    case when ended.verified_at <= ended.happened_by then ended.verified_at end as verified_at,
    case when ended.cleared_at <= ended.happened_by then ended.cleared_at end as cleared_at,
    case when ended.closed_at <= ended.happened_by then ended.closed_at end as closed_at,
    list_contains(ended.fields, 'rectified_at') as has_rectified_at,
    list_contains(ended.fields, 'rectify_due')
    and (list_contains(ended.fields, 'rectified_at') or list_contains(ended.fields, 'closed_at')) as is_datable,
    ended.closure,
    ended.progress,
    ended.is_duplicate,
    ended.status,
    ended.version_no,
    ended.absent_in_latest,
    ended.row_id
from ended
