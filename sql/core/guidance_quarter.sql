-- 上级督导的一个季度：一行是一个下级网格一个季度，上级网格的人来督导过没有，能不能判断
-- 粒度：subject_grid_id, quarter
-- 依据：二（一）1、3，二（二）3 对所监管的网格巡查、抽查、督查，指导监督二、三级网格；不论下级是否承担巡查
-- 整季都在、整季在同一上级之下的网格才算，由那个上级承担；季中换了上级的，哪个上级也不欠这一季
-- 上级的人来过而地点只写到上级自己的，说不出督导了哪个下级，不算来过
with lower_grid as (
    select
        owed.grid_id,
        span.window_id as quarter,
        max_by(owed.name, owed.month) as name,
        max_by(owed.parent_id, owed.month) as parent_id
    from (select distinct window_id, first_day, last_day from core.patrol_window where cycle = 'quarter') as span
    cross join seed.moment as moment
    join core.grid_month as owed
        on owed.owner_level in (2, 3) and owed.month between month_of(span.first_day) and month_of(span.last_day)
    group by owed.grid_id, span.window_id, span.first_day, span.last_day, moment.as_of
    having count(*) = months_apart(month_of(span.first_day), month_of(least(span.last_day, cast(moment.as_of as date)))) + 1
),

guiding as (
    select patrol_id, grid_id, started_at, row_id
    from core.patrol
    where kind in ('spot_check', 'supervision', 'guidance')
),

came as (
    select
        credit.grid_id,
        path.ancestor_id as subject_grid_id,
        span.window_id as quarter,
        min(guiding.started_at) as met_at,
        min_by(guiding.row_id, concat_ws('', cast(guiding.started_at as varchar), guiding.row_id)) as met_row_id
    from guiding
    join core.patrol_credit as credit on guiding.patrol_id = credit.patrol_id and credit.basis <> 'none'
    join core.grid_path as path
        on guiding.grid_id = path.leaf_id and cast(guiding.started_at as date) between path.valid_from and path.valid_to
    join core.window_day as span on span.cycle = 'quarter' and cast(guiding.started_at as date) = span.day
    group by credit.grid_id, path.ancestor_id, span.window_id
),

blind as (
    select
        unsure.grid_id,
        path.ancestor_id as subject_grid_id,
        span.window_id as quarter,
        list(distinct unsure.row_id) as row_ids
    from core.patrol_unsure as unsure
    join core.grid_path as path
        on unsure.where_grid_id = path.leaf_id and unsure.day between path.valid_from and path.valid_to
    join core.window_day as span on span.cycle = 'quarter' and unsure.day = span.day
    where unsure.because = 'people' and unsure.kind in ('spot_check', 'supervision', 'guidance')
    group by unsure.grid_id, path.ancestor_id, span.window_id
)

select
    lower_grid.parent_id as grid_id,
    home.level as owner_level,
    home.county_id,
    lower_grid.grid_id as subject_grid_id,
    lower_grid.name as subject_name,
    lower_grid.quarter,
    span.period,
    span.started_at,
    span.due_at,
    span.is_over,
    span.is_delivered,
    span.has_kind,
    came.met_at,
    came.met_row_id,
    came.met_at is null and span.is_over and span.is_delivered and blind.grid_id is not null as is_blind,
    blind.row_ids as unsure_row_ids
from lower_grid
join staging.grid_home as home on lower_grid.parent_id = home.grid_id and home.level in (1, 2)
join core.patrol_window as span
    on home.county_id = span.county_id and span.cycle = 'quarter' and lower_grid.quarter = span.window_id
join core.grid_path as throughout
    on
        lower_grid.grid_id = throughout.leaf_id
        and lower_grid.parent_id = throughout.ancestor_id
        and span.first_day >= throughout.valid_from
        and span.last_day <= throughout.valid_to
left join came
    on
        lower_grid.parent_id = came.grid_id
        and lower_grid.grid_id = came.subject_grid_id
        and lower_grid.quarter = came.quarter
left join blind
    on
        lower_grid.parent_id = blind.grid_id
        and lower_grid.grid_id = blind.subject_grid_id
        and lower_grid.quarter = blind.quarter
