-- 查处：一行是一个立案、一笔罚款，一个采取强制措施的问题，或其中一个移送的；计入有执法权的网格
-- 粒度：indicator_id, problem_id
-- 依据：四（二）查处；不分好坏，不排名。罚款以分计入整数，未写处罚决定时间的以办结时间计，都没有的不知计入哪月，不计
-- 强制措施照文字认：查封、扣押、限产、停产、停业、关闭、移送；前面写未、拟、不予、解除、建议等的不算；移送另计一数，因无权限转交的（移送时间）不是它
with owned as (
    select
        problem.problem_id,
        role.enforcer_grid_id as grid_id,
        problem.discovered_at,
        problem.closed_at,
        handling.filed_at,
        handling.decided_at,
        handling.fine_amount,
        handling.measures,
        problem.row_id
    from core.problem as problem
    join core.problem_handling as handling on problem.problem_id = handling.problem_id
    join core.problem_role as role on problem.problem_id = role.problem_id
    where not exists (select 1 from core.problem_struck as struck where struck.problem_id = problem.problem_id)
),

measure as (
    select listed.indicator_id, listed.word
    from (
        values ('enforcement_measures', '查封'), ('enforcement_measures', '扣押'), ('enforcement_measures', '限产'),
            ('enforcement_measures', '限制生产'), ('enforcement_measures', '停产'), ('enforcement_measures', '停业'),
            ('enforcement_measures', '关闭'), ('enforcement_measures', '移送'), ('enforcement_transfers', '移送')
    ) as listed (indicator_id, word)
),

denied as (
    select listed.word
    from (
        values ('未'), ('未予'), ('拟'), ('不'), ('不予'), ('不再'), ('解除'), ('无需'), ('无须'), ('建议')
    ) as listed (word)
),

named as (
    select owned.problem_id, owned.measures, measure.indicator_id, measure.word
    from owned
    join measure on owned.measures like concat_ws('', '%', measure.word, '%')
),

-- 紧接在前写着没有、还没有或已解除的次数
refused as (
    select
        named.problem_id, named.indicator_id, named.word, named.measures,
        sum(
            (length(named.measures) - length(replace(named.measures, concat_ws('', denied.word, named.word), '')))
            / length(concat_ws('', denied.word, named.word))
        ) as times
    from named
    cross join denied
    group by named.problem_id, named.indicator_id, named.word, named.measures
),

-- 写有几样的仍是一件；一处写未、另一处写已的，算已
taken as (
    select distinct indicator_id, problem_id
    from refused
    where (length(measures) - length(replace(measures, word, ''))) / length(word) > times
),

counted as (
    select
        'enforcement_filed' as indicator_id, problem_id, grid_id, filed_at as counted_at, cast(1 as bigint) as numerator, row_id
    from owned
    where filed_at is not null
    union all
    select
        'enforcement_fine' as indicator_id, problem_id, grid_id, coalesce(decided_at, closed_at) as counted_at,
        cast(round(fine_amount * 100) as bigint) as numerator, row_id
    from owned
    where fine_amount > 0 and coalesce(decided_at, closed_at) is not null
    union all
    select
        taken.indicator_id, owned.problem_id, owned.grid_id,
        coalesce(owned.filed_at, owned.decided_at, owned.discovered_at) as counted_at, cast(1 as bigint) as numerator,
        owned.row_id
    from owned
    join taken on owned.problem_id = taken.problem_id
)

select
    indicator_id,
    grid_id,
    month_of(counted_at) as month,
    cast(counted_at as date) as on_day,
    'problem' as subject_kind,
    problem_id as subject_id,
    numerator,
    cast(null as bigint) as denominator,
    row_id
from counted
