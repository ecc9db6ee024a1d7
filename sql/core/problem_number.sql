-- 问题的叫法：一行是一个问题可以凭以称呼它的一个编号——台账所写的，以及去掉前面的零、又不是别的问题编号的
-- 粒度：problem_id, number
-- 依据：四（一）登记备案；Excel 会去掉编号前面的零，复查、拆分、复核所写的仍是那一件
with bare as (
    select
        problem_id,
        county_id,
        key_month,
        regexp_replace(problem_no, '^0+(\d+)$', '\1') as number
    from core.problem
)

select problem_id, county_id, key_month, problem_no as number
from core.problem
union all
select bare.problem_id, bare.county_id, bare.key_month, bare.number
from bare
join core.problem as problem on bare.problem_id = problem.problem_id and bare.number <> problem.problem_no
anti join core.problem as other
    on bare.county_id = other.county_id and bare.key_month = other.key_month and bare.number = other.problem_no
qualify count(*) over (partition by bare.county_id, bare.key_month, bare.number) = 1
