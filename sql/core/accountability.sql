-- 问责：一行一次决定；计算时点之后的尚未发生；所及的网格、问题各凭台账所写，对得上唯一一个的才连
-- 粒度：accountability_id
-- 依据：方案五（三）从严实施问责追责；没有写网格的，看被问责的各人当日在哪个网格任职
with decision as (
    select stated.*, home.county_id as grid_county_id
    from staging.accountability_now as stated
    cross join seed.moment as moment
    left join staging.grid_home as home on stated.grid_id = home.grid_id
    where stated.decided_on <= cast(moment.as_of as date)
),

named as (
    select row_key, county_id, decided_on, unnest(person) as name
    from decision
    where grid_id is null
),

-- 各人都有任职、且都在同一个网格的
held as (
    select named.row_key, min(post.grid_id) as grid_id
    from named
    left join core.person_post as post
        on
            named.name = post.name
            and named.decided_on between post.valid_from and coalesce(post.valid_to, date '9999-12-31')
            and (named.county_id = 'city' or starts_with(post.person_id, concat(named.county_id, '/')))
    group by named.row_key
    having count(distinct post.grid_id) = 1 and bool_and(post.grid_id is not null)
),

-- 先对本单位台账里的问题，市支队与县区可互及；决定在发现之前的不是这个问题
candidate as (
    select
        decision.row_key,
        problem.problem_id,
        case when problem.county_id = decision.county_id then 1 else 2 end as distance
    from decision
    join core.problem_number as called on decision.problem_no = called.number
    join core.problem as problem on called.problem_id = problem.problem_id
    join staging.grid_home as home on problem.grid_id = home.grid_id
    where
        (decision.county_id in (problem.county_id, 'city') or problem.county_id = 'city')
        and coalesce(decision.grid_county_id, 'city') in (home.county_id, 'city')
        and decision.decided_on >= cast(problem.discovered_at as date)
    qualify distance = min(distance) over (partition by decision.row_key)
),

matched as (
    select row_key, min(problem_id) as problem_id
    from candidate
    group by row_key
    having count(*) = 1
)

select
    decision.row_key as accountability_id,
    decision.county_id,
    array_to_string(decision.person, '、') as person,
    decision.post,
    coalesce(decision.grid_id, held.grid_id) as grid_id,
    case
        when decision.grid_id is not null then 'told'
        when held.grid_id is not null then 'post'
        else 'none'
    end as grid_basis,
    decision.matter,
    decision.problem_no,
    matched.problem_id,
    decision.decided_on,
    decision.measure,
    decision.document_no,
    decision.note,
    decision.version_no,
    decision.absent_in_latest,
    decision.row_id
from decision
left join held on decision.row_key = held.row_key
left join matched on decision.row_key = matched.row_key
