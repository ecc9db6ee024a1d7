-- 复查对的是哪个问题：一行是一条写了问题编号的督办复查记录；只有一个候选才认，认不出的、可疑的如实提示（rule）
-- 粒度：row_key
-- 依据：四（一）做好后续督察；张冠李戴等于错误追责，对上了编号而不认等于隐瞒
with candidate as (
    select
        visit.row_key,
        problem.problem_id,
        cast(visit.done_at as date) < cast(problem.discovered_at as date) as is_before_discovery,
        -- 点位写得详略不同的是同一处
        not coalesce(
            contains(grid_text(visit.site), grid_text(problem.site))
            or contains(grid_text(problem.site), grid_text(visit.site)),
            true
        ) as is_other_site,
        -- 先对本单位台账、本月编号；县区的复查再对市支队台账中本县的问题，市支队的复查再对其所管各县
        case when visit.county_id = problem.county_id then 0 else 2 end
        + case when problem.key_month in ('', visit.month) then 0 else 1 end as distance
    from staging.follow_up_now as visit
    join core.problem_number as called on visit.problem_no = called.number
    join core.problem as problem on called.problem_id = problem.problem_id
    left join core.grid_path as below
        on
            problem.grid_id = below.leaf_id
            and visit.by_grid_id = below.ancestor_id
            and cast(visit.done_at as date) between below.valid_from and below.valid_to
    join staging.grid_home as home on problem.grid_id = home.grid_id
    where
        visit.county_id = problem.county_id
        or (visit.county_id = 'city' and below.leaf_id is not null)
        or (problem.county_id = 'city' and visit.county_id = home.county_id)
),

fitting as (
    select *
    from candidate
    where not is_before_discovery and not is_other_site
    qualify distance = min(distance) over (partition by row_key)
),

-- 点位、日期都合的优先；都不合的，编号须只对得上一个问题
considered as (
    select * from fitting
    union all
    select candidate.* from candidate
    anti join fitting on candidate.row_key = fitting.row_key
),

counted as (
    select
        row_key,
        min(problem_id) as problem_id,
        count(*) as candidates,
        bool_and(is_before_discovery) as is_before_discovery,
        bool_or(is_other_site) as is_other_site
    from considered
    group by row_key
)

select
    visit.row_key,
    visit.row_id,
    visit.problem_no,
    case when counted.candidates = 1 and not counted.is_before_discovery then counted.problem_id end as problem_id,
    case
        when counted.row_key is null then 'problem_unknown'
        when counted.is_before_discovery then 'visit_before_discovery'
        when counted.candidates > 1 then 'problem_ambiguous'
        when counted.is_other_site then 'visit_other_site'
    end as rule
from staging.follow_up_now as visit
left join counted on visit.row_key = counted.row_key
where visit.problem_no is not null
