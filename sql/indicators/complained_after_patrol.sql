-- 巡后被举报（巡查未发现）：一行是一件投诉、交办、抽查、曝光，其点位（未写点位的，其乡镇）三十日内有过未发现问题的巡查
-- 粒度：problem_id
-- 依据：四（一）巡查；只作线索，不作结论。噪声、油烟多在夜间，另列；来源行是其前最近的那次巡查
with complaint as (
    select
        problem.problem_id,
        problem.grid_id,
        problem.county_grid_id,
        site.site_text,
        home.level,
        problem.category,
        -- 收到、发现两个时间取早的：其间的巡查不在举报之前
        least(coalesce(handling.received_at, problem.discovered_at), problem.discovered_at) as told_at,
        case
            when handling.received_at < problem.discovered_at then handling.received_precision
            else handling.discovered_precision
        end as told_precision
    from core.problem as problem
    join core.problem_handling as handling on problem.problem_id = handling.problem_id
    join staging.grid_home as home on problem.grid_id = home.grid_id
    left join core.site_text as site on problem.site = site.site
    where
        problem.source in ('petition', 'hotline', 'assigned', 'inspection', 'spot_check', 'media')
        and not exists (select 1 from core.problem_struck as struck where struck.problem_id = problem.problem_id)
),

-- 此前三十日所跨的月份，最多三个；按点位、月份去找巡查，不逐件比对
reach as (
    select problem_id, month_of(told_at) as month from complaint
    union
    select problem_id, month_of(plus_days(told_at, -15)) as month from complaint
    union
    select problem_id, month_of(plus_days(told_at, -30)) as month from complaint
),

clean as (
    select
        patrol_id, grid_id, started_at, started_at_precision, row_id, month_of(started_at) as month
    from core.patrol
    where findings = 0
),

at_site as (
    select visited.site_text, path.ancestor_id as county_grid_id, clean.*
    from core.patrol_site as named
    join core.site_text as visited on named.site = visited.site
    join clean on named.patrol_id = clean.patrol_id
    join core.grid_path as path
        on
            clean.grid_id = path.leaf_id
            and path.ancestor_level = 2
            and cast(clean.started_at as date) between path.valid_from and path.valid_to
    where visited.site_text in (select complaint.site_text from complaint where complaint.site_text is not null)
),

near as (
    select complaint.*, at_site.started_at, at_site.started_at_precision, at_site.row_id
    from complaint
    join reach on complaint.problem_id = reach.problem_id
    join at_site
        on
            complaint.site_text = at_site.site_text
            and complaint.county_grid_id = at_site.county_grid_id
            and reach.month = at_site.month
    union all
    select complaint.*, clean.started_at, clean.started_at_precision, clean.row_id
    from complaint
    join reach on complaint.problem_id = reach.problem_id
    join clean on complaint.grid_id = clean.grid_id and reach.month = clean.month
    where complaint.site_text is null and complaint.level = 3
)

select
    case
        when category in ('noise', 'fume') then 'complained_after_patrol_night' else 'complained_after_patrol'
    end as indicator_id,
    grid_id,
    month_of(told_at) as month,
    cast(told_at as date) as on_day,
    'problem' as subject_kind,
    problem_id as subject_id,
    cast(1 as bigint) as numerator,
    cast(null as bigint) as denominator,
    max_by(row_id, concat_ws('', cast(started_at as varchar), row_id)) as row_id
from near
where
    cast(started_at as date) >= plus_days(told_at, -30)
    -- 有一方只写到日的，同日分不出先后，不算之前
    and (
        cast(started_at as date) < cast(told_at as date)
        or (started_at_precision = 'minute' and told_precision = 'minute' and started_at < told_at)
    )
group by problem_id, grid_id, category, told_at
