-- 复查对的是哪个问题：一行是一条写了问题编号的督办复查记录；只有一个候选才认，认不出的如实提示
-- 粒度：row_key
-- 依据：四（一）做好后续督察；张冠李戴等于错误追责
with candidate as (
    select
        visit.row_key,
        problem.problem_id,
        -- 先对本单位台账、本月编号；县区的复查再对市支队台账中本县的问题，市支队的复查再对其所管各县
        case when visit.county_id = problem.county_id then 0 else 2 end
        + case when problem.key_month in ('', visit.month) then 0 else 1 end as distance
    from staging.follow_up_now as visit
    join core.problem as problem
        on
            visit.problem_no = problem.problem_no
            and cast(visit.done_at as date) >= cast(problem.discovered_at as date)
            -- 两处都写了点位而不同的，不是同一件事
            and coalesce(grid_text(visit.site) = grid_text(problem.site), true)
    left join core.grid_path as below
        on problem.grid_id = below.leaf_id and visit.by_grid_id = below.ancestor_id
    join staging.grid_home as home on problem.grid_id = home.grid_id
    where
        visit.county_id = problem.county_id
        or (visit.county_id = 'city' and below.leaf_id is not null)
        or (problem.county_id = 'city' and visit.county_id = home.county_id)
),

nearest as (
    select row_key, problem_id
    from candidate
    qualify distance = min(distance) over (partition by row_key)
),

counted as (
    select row_key, min(problem_id) as problem_id, count(*) as candidates from nearest group by row_key
)

select
    visit.row_key,
    visit.row_id,
    visit.problem_no,
    case when counted.candidates = 1 then counted.problem_id end as problem_id,
    coalesce(counted.candidates, 0) as candidates
from staging.follow_up_now as visit
left join counted on visit.row_key = counted.row_key
where visit.problem_no is not null
