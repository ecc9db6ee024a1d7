-- 整改完成时间属于哪一轮：一行是一版所报的一个时间；同日分不出先后的，该轮别无所报才算复查之前，否则算其后
-- 粒度：problem_id, version_no
-- 依据：四（一）做好后续督察；复查之后的再次整改不能算在前一轮
with compared as (
    select
        statement.problem_id,
        statement.version_no,
        count(*) filter (
            where cast(visit.done_at as date) < cast(statement.stated_at as date)
            or (
                statement.stated_precision = 'minute'
                and visit.done_precision = 'minute'
                and cast(visit.done_at as date) = cast(statement.stated_at as date)
                and visit.done_at < statement.stated_at
            )
        ) as visits_before,
        count(*) filter (
            where cast(visit.done_at as date) = cast(statement.stated_at as date)
            and (statement.stated_precision <> 'minute' or visit.done_precision <> 'minute')
        ) as visits_same_day
    from core.problem_statement as statement
    left join core.failed_visit as visit on statement.problem_id = visit.problem_id
    where statement.stated_at is not null
    group by statement.problem_id, statement.version_no
),

certain as (
    select distinct problem_id, visits_before + 1 as round from compared where visits_same_day = 0
)

select
    statement.problem_id,
    statement.version_no,
    statement.stated_at,
    statement.row_id,
    statement.is_current,
    compared.visits_before + 1
    + case when compared.visits_same_day > 0 and certain.round is not null then 1 else 0 end as round
from compared
join core.problem_statement as statement
    on compared.problem_id = statement.problem_id and compared.version_no = statement.version_no
left join certain on compared.problem_id = certain.problem_id and compared.visits_before + 1 = certain.round
