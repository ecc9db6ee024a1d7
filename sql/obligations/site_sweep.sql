-- 点位排查：清单里的每个点位，全年在列的，每年至少有一次巡查写明去过；一行是一个点位一年，到年末没有报过清单的县区每年一项
-- 粒度：obligation_id
-- 依据：二（二）2 排查工矿企业、饮用水水源地等环境安全隐患；二（三）1 全面排查。谁的人去的都算
-- 该年台账有一个月没有“巡查点位”列而没有去过的，没有这项义务（不可测）
with met as (
    select
        visit.site_id,
        span.window_id,
        min(visit.started_at) as met_at,
        min_by(visit.row_id, concat_ws('', cast(visit.started_at as varchar), visit.row_id)) as met_row_id
    from core.site_visit as visit
    join core.window_day as span on visit.day = span.day and span.cycle = 'year'
    group by visit.site_id, span.window_id
),

-- 年末在列的那一期
place as (
    select
        place.site_id, place.owner_grid_id, place.owner_level, place.owner_county_id, place.row_id,
        place.last_on > span.last_day as is_retold, span.window_id,
        span.period, span.started_at, span.due_at, span.is_over, span.is_delivered, span.has_sites
    from core.site_place as place
    join core.patrol_window as span
        on
            place.owner_county_id = span.county_id
            and span.cycle = 'year'
            and span.last_day between place.known_on and place.known_to
            and span.last_day between place.valid_from and place.valid_to
            and place.standing_from <= span.first_day
)

select
    'site_sweep' as metric_id,
    concat_ws('/', 'site_sweep', place.site_id, place.window_id) as obligation_id,
    place.owner_grid_id as grid_id,
    place.owner_level,
    place.owner_county_id as county_id,
    'site' as subject_kind,
    place.site_id as subject_id,
    cast(1 as bigint) as round,
    cast(null as varchar) as about_month,
    place.period,
    place.started_at,
    place.due_at as original_due_at,
    place.due_at,
    false as is_extended,
    met.met_at,
    case
        when met.met_at is not null then 'on_time'
        when not place.is_over then 'pending'
        when not place.is_delivered then 'unreported'
        else 'overdue'
    end as state,
    place.row_id as duty_row_id,
    met.met_row_id,
    concat_ws(
        '', duty_limit.text_zh, case when place.is_retold then '；点位清单在该年之后又有改报，不及于该年' else '' end
    ) as due_basis
from place
join seed.duty_limit as duty_limit
    on
        duty_limit.metric_id = 'site_sweep'
        and cast(place.started_at as date) >= duty_limit.valid_from
        and (duty_limit.valid_to is null or cast(place.started_at as date) <= duty_limit.valid_to)
left join met on place.site_id = met.site_id and place.window_id = met.window_id
where met.met_at is not null or not place.is_over or not place.is_delivered or place.has_sites
union all
select
    'site_sweep' as metric_id,
    concat_ws('/', 'site_sweep', 'table', missing.county_id, missing.window_id) as obligation_id,
    missing.county_id as grid_id,
    cast(2 as bigint) as owner_level,
    missing.county_id,
    'table' as subject_kind,
    'site' as subject_id,
    cast(1 as bigint) as round,
    missing.period as about_month,
    missing.period,
    missing.started_at,
    cast(null as timestamp) as original_due_at,
    cast(null as timestamp) as due_at,
    false as is_extended,
    cast(null as timestamp) as met_at,
    'unreported' as state,
    cast(null as varchar) as duty_row_id,
    cast(null as varchar) as met_row_id,
    '到年末没有报过重点点位清单，其后补报的不及于该年' as due_basis
from core.site_list_missing as missing
where missing.cycle = 'year'
