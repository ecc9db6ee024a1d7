-- 办结方式：一行是一个已办结的问题；分子为强制办结，或与发现、登记在同一分钟办结
-- 粒度：indicator_id, problem_id
-- 依据：四（一）整改到位；计入责任网格、办结的月份；缓办不是办结
-- 台账从来没有办结方式列的，看不出是不是强制办结，不计；没有写到分钟的，看不出是不是同一分钟，不计
with closed as (
    select
        problem.problem_id,
        problem.county_id,
        handling.field_set_id,
        role.handler_grid_id as grid_id,
        problem.closure,
        problem.closed_at,
        handling.closed_precision,
        case when handling.discovered_precision = 'minute' then problem.discovered_at end as discovered_at,
        case when handling.registered_precision = 'minute' then handling.registered_at end as registered_at,
        problem.row_id
    from core.problem as problem
    join core.problem_handling as handling on problem.problem_id = handling.problem_id
    join core.problem_role as role on problem.problem_id = role.problem_id
    where
        problem.closed_at is not null
        and coalesce(problem.closure <> 'suspended', true)
        and not exists (select 1 from core.problem_struck as struck where struck.problem_id = problem.problem_id)
),

told as (
    select
        'forced_closure_rate' as indicator_id, problem_id, grid_id, closed_at,
        coalesce(closure = 'forced', false) as is_counted, row_id
    from closed
    where
        not exists (
            select 1
            from core.field_set_lack as lack
            where
                lack.metric_id = 'forced_closure_rate'
                and lack.county_id = closed.county_id
                and lack.field_set_id = closed.field_set_id
        )
    union all
    select
        'closed_in_the_minute_rate' as indicator_id, problem_id, grid_id, closed_at,
        coalesce(substr(cast(closed_at as varchar), 1, 16) = substr(cast(discovered_at as varchar), 1, 16), false)
        or coalesce(substr(cast(closed_at as varchar), 1, 16) = substr(cast(registered_at as varchar), 1, 16), false)
            as is_counted,
        row_id
    from closed
    where closed_precision = 'minute' and (discovered_at is not null or registered_at is not null)
)

select
    indicator_id,
    grid_id,
    month_of(closed_at) as month,
    cast(closed_at as date) as on_day,
    'problem' as subject_kind,
    problem_id as subject_id,
    cast(case when is_counted then 1 else 0 end as bigint) as numerator,
    cast(1 as bigint) as denominator,
    row_id
from told
