-- 整改完成时间的历次所报：一行是一个问题的一个时间及最早报它的行；没有该列的县区以办结时间代替
-- 粒度：problem_id, rectified_at
-- 依据：四（一）确保问题整改到位；后来的改写不抹去先前所报
with stated as (
    select
        version.row_key as problem_id,
        case when problem.has_rectified_at then version.rectified_at else version.closed_at end as rectified_at,
        version.version_no,
        version.row_id
    from staging.problem_version as version
    join core.problem as problem on version.row_key = problem.problem_id
    where version.disposition = 'accepted'
)

select
    stated.problem_id,
    stated.rectified_at,
    min_by(stated.row_id, stated.version_no) as row_id,
    max(stated.version_no) as last_version_no
from stated
cross join seed.moment as moment
where stated.rectified_at <= moment.as_of
group by stated.problem_id, stated.rectified_at
