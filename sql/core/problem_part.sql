-- 拆分：一行是一个拆分件与它的原件；直接或辗转互为上级的不算
-- 粒度：problem_id
-- 依据：四（一）登记备案；拆分件计数，原件不重复计
with recursive part as (
    select child.problem_id, origin.problem_id as origin_id
    from core.problem as child
    join core.problem_number as origin
        on
            child.county_id = origin.county_id
            and child.key_month = origin.key_month
            and child.parent_problem_no = origin.number
    where child.problem_id <> origin.problem_id
),

-- 逐级向上，到过的不再走
climb as (
    select problem_id, origin_id from part
    union
    select climb.problem_id, part.origin_id
    from climb
    join part on climb.origin_id = part.problem_id
)

select part.problem_id, part.origin_id
from part
left join climb as back on part.origin_id = back.problem_id and part.problem_id = back.origin_id
where back.problem_id is null
