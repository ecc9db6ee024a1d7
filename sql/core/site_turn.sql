-- 重点点位的第几次巡查：一行是一个重点点位一期里应有的第 k 次，有了没有，能不能判断
-- 粒度：site_id, window_id, k
-- 依据：二（二）2、二（三）1。照期末时的清单，整期都在列、都是重点的才算；同日几次算一次，次数多于天数的以天数为限
with asked as (
    select
        cycle.site_id, cycle.owner_grid_id, cycle.owner_level, cycle.owner_county_id, cycle.cycle, cycle.row_id,
        cycle.limit_zh, least(cycle.visits, span.days) as visits, span.window_id, span.period, span.started_at,
        span.due_at, span.is_over, span.is_delivered, span.has_sites, cycle.last_on > span.last_day as is_retold
    from core.site_cycle as cycle
    join core.patrol_window as span
        on
            cycle.owner_county_id = span.county_id
            and cycle.cycle = span.cycle
            and span.last_day between cycle.known_on and cycle.known_to
            and span.first_day between cycle.valid_from and cycle.valid_to
            and span.last_day <= cycle.key_to
),

seen as (
    select
        visit.site_id,
        visit.day,
        bool_or(visit.is_by_owner) as is_by_owner,
        min(visit.started_at) filter (where visit.is_by_owner) as met_at,
        min_by(visit.row_id, concat_ws('', cast(visit.started_at as varchar), visit.row_id)) filter (where visit.is_by_owner)
            as met_row_id
    from core.site_visit as visit
    where visit.is_by_owner or visit.is_unsure
    group by visit.site_id, visit.day
),

done as (
    select
        pair.site_id, span.cycle, span.window_id, seen.is_by_owner, seen.met_at, seen.met_row_id,
        row_number() over (
            partition by pair.site_id, span.cycle, span.window_id, seen.is_by_owner order by seen.day
        ) as k,
        count(*) over (partition by pair.site_id, span.cycle, span.window_id) as possible
    from (select distinct site_id, cycle from core.site_cycle) as pair
    join seen on pair.site_id = seen.site_id
    join core.window_day as span on pair.cycle = span.cycle and seen.day = span.day
),

-- 连同说不出是谁的，至多可能有几次
possible as (
    select site_id, cycle, window_id, max(possible) as days from done group by site_id, cycle, window_id
)

select
    asked.site_id,
    asked.owner_grid_id,
    asked.owner_level,
    asked.owner_county_id,
    asked.cycle,
    asked.window_id,
    ordinal.n as k,
    asked.visits,
    asked.period,
    asked.started_at,
    asked.due_at,
    asked.is_over,
    asked.is_delivered,
    asked.has_sites,
    asked.row_id,
    asked.limit_zh,
    asked.is_retold,
    done.met_at,
    done.met_row_id,
    coalesce(
        done.met_at is null and asked.is_over and asked.is_delivered and ordinal.n <= possible.days, false
    ) as is_blind
from asked
join core.ordinal as ordinal on asked.visits >= ordinal.n
left join done
    on
        asked.site_id = done.site_id
        and asked.cycle = done.cycle
        and asked.window_id = done.window_id
        and done.is_by_owner
        and ordinal.n = done.k
left join possible
    on asked.site_id = possible.site_id and asked.cycle = possible.cycle and asked.window_id = possible.window_id
