-- 突击检查的一个月：一行是一个一级网格单元一个月，有没有突击检查重点企业，能不能判断
-- 粒度：grid_id, month
-- 依据：二（一）2 每月至少组织一次对重点企业进行突击检查
-- 重点企业以月末时的点位清单当日在列、类型为企业、写明重点的为准；巡查所在的县区没有清单（或清单不说哪些是重点）的，写明去了哪个点位即算
with surprise as (
    select patrol_id, grid_id, started_at, row_id from core.patrol where kind = 'surprise'
),

listed as (
    select distinct visit.patrol_id
    from core.site_visit as visit
    join core.site_place as place
        on
            visit.site_id = place.site_id
            and visit.day between place.valid_from and place.valid_to
            and last_day_of_month(month_of(visit.day)) between place.known_on and place.known_to
            and place.kind = 'enterprise'
            and place.is_key
),

unlisted as (
    select distinct surprise.patrol_id
    from surprise
    join core.patrol_site as named on surprise.patrol_id = named.patrol_id
    join core.grid_around as around
        on
            surprise.grid_id = around.where_grid_id
            and cast(surprise.started_at as date) between around.valid_from and around.valid_to
    join core.site_list as list
        on
            around.grid_id = list.county_id
            and not list.says_key
            and last_day_of_month(month_of(surprise.started_at)) between list.known_on and list.known_to
),

fitting as (
    select surprise.*, listed.patrol_id is null as is_unlisted
    from surprise
    left join listed on surprise.patrol_id = listed.patrol_id
    left join unlisted on surprise.patrol_id = unlisted.patrol_id
    where listed.patrol_id is not null or unlisted.patrol_id is not null
),

met as (
    select
        credit.grid_id,
        month_of(fitting.started_at) as month,
        min(fitting.started_at) as met_at,
        min_by(fitting.row_id, concat_ws('', cast(fitting.started_at as varchar), fitting.row_id)) as met_row_id,
        min_by(fitting.is_unlisted, concat_ws('', cast(fitting.started_at as varchar), fitting.row_id)) as is_unlisted
    from fitting
    join core.patrol_credit as credit on fitting.patrol_id = credit.patrol_id and credit.basis <> 'none'
    group by credit.grid_id, month_of(fitting.started_at)
),

blind as (
    select unsure.grid_id, unsure.month, list(fitting.row_id) as row_ids
    from fitting
    join core.patrol_unsure as unsure on fitting.patrol_id = unsure.patrol_id
    group by unsure.grid_id, unsure.month
)

select
    owed.grid_id,
    owed.name,
    owed.owner_level,
    owed.county_id,
    owed.month,
    owed.starts_at,
    owed.ends_at,
    span.is_over,
    span.is_delivered,
    span.has_kind and span.has_sites as has_columns,
    met.met_at,
    met.met_row_id,
    coalesce(met.is_unlisted, false) as is_unlisted,
    met.met_at is null and span.is_over and span.is_delivered and blind.grid_id is not null as is_blind,
    blind.row_ids as unsure_row_ids
from core.grid_month as owed
join core.patrol_window as span
    on owed.county_id = span.county_id and span.cycle = 'month' and owed.month = span.window_id
left join met on owed.grid_id = met.grid_id and owed.month = met.month
left join blind on owed.grid_id = blind.grid_id and owed.month = blind.month
where owed.owner_level = 1
