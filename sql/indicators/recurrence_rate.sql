-- 反弹：一行是一个已销号（未销号的，末轮整改完成）、此后已满九十日的问题；分子为九十日内同县同一点位又有同类问题
-- 粒度：problem_id
-- 依据：四（一）确保问题整改到位；未写点位的看不出是否反弹，不计；计入销号的月份、问题所在网格
with cleared as (
    select
        problem.problem_id,
        problem.grid_id,
        problem.county_grid_id,
        problem.category,
        problem.row_id,
        site.site_text,
        problem.discovered_at,
        coalesce(problem.cleared_at, stage.met_at) as cleared_at
    from core.problem as problem
    join core.site_text as site on problem.site = site.site
    join core.problem_round as stage on problem.problem_id = stage.problem_id and stage.ended_at is null
    where not exists (select 1 from core.problem_struck as struck where struck.problem_id = problem.problem_id)
),

event as (
    select
        county_grid_id, site_text, category,
        days_between(date '2000-01-01', discovered_at) as day_no,
        concat_ws('', cast(10000000 + days_between(date '2000-01-01', discovered_at) as varchar), row_id) as found,
        cast(null as varchar) as problem_id
    from cleared
    union all
    select
        county_grid_id, site_text, category,
        days_between(date '2000-01-01', cleared_at) as day_no,
        cast(null as varchar) as found,
        problem_id
    from cleared
    cross join seed.moment as moment
    where
        -- 销号之日不计，其后九十个整日已过
        end_of_day(plus_days(cleared_at, 90)) < moment.as_of
        -- 先销号后发现的，时间矛盾
        and cast(cleared_at as date) >= cast(discovered_at as date)
),

followed as (
    select
        problem_id,
        min(found) over (
            partition by county_grid_id, site_text, category order by day_no
            range between 1 following and 90 following
        ) as first_found
    from event
)

select
    'recurrence_rate' as indicator_id,
    cleared.grid_id,
    month_of(cleared.cleared_at) as month,
    cast(cleared.cleared_at as date) as on_day,
    'problem' as subject_kind,
    cleared.problem_id as subject_id,
    cast(case when followed.first_found is null then 0 else 1 end as bigint) as numerator,
    cast(1 as bigint) as denominator,
    coalesce(substr(followed.first_found, 9), cleared.row_id) as row_id
from followed
join cleared on followed.problem_id = cleared.problem_id
