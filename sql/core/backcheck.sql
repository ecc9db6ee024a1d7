-- 复核：一行一次；所复核的巡查、问题按编号对应，先在本单位台账里找，对得上不止一条的不认
-- 粒度：backcheck_id
-- 依据：方案五（三）履职监督；只有随机抽取的复核可以说明总体
with checked as (
    select visit.*, home.county_id as grid_county_id
    from staging.backcheck_now as visit
    cross join seed.moment as moment
    left join staging.grid_home as home on visit.grid_id = home.grid_id
    where visit.checked_at <= moment.as_of
),

candidate as (
    select checked.row_key, 'patrol' as kind, patrol.row_key as subject_id, patrol.county_id
    from checked
    join staging.patrol_now as patrol on checked.patrol_no = patrol.patrol_no
    join core.patrol as happened on patrol.row_key = happened.patrol_id
    union all
    select checked.row_key, 'problem' as kind, problem.problem_id as subject_id, problem.county_id
    from checked
    join core.problem_number as problem on checked.problem_no = problem.number
),

-- 写了网格的，只认其县区与市支队的台账；先本县区、本单位的；市支队与县区可互为对方复核
nearest as (
    select
        candidate.row_key, candidate.kind, candidate.subject_id,
        case
            when candidate.county_id = checked.grid_county_id then 1
            when candidate.county_id = checked.county_id then 2
            else 3
        end as distance
    from candidate
    join checked on candidate.row_key = checked.row_key
    where
        (checked.county_id in (candidate.county_id, 'city') or candidate.county_id = 'city')
        and (
            coalesce(checked.grid_county_id, 'city') = 'city'
            or candidate.county_id in (checked.grid_county_id, 'city')
        )
    qualify distance = min(distance) over (partition by candidate.row_key, candidate.kind)
),

matched as (
    select
        row_key,
        case when count(*) filter (where kind = 'patrol') = 1 then max(subject_id) filter (where kind = 'patrol') end
            as patrol_id,
        case when count(*) filter (where kind = 'problem') = 1 then max(subject_id) filter (where kind = 'problem') end
            as problem_id,
        greatest(count(*) filter (where kind = 'patrol'), count(*) filter (where kind = 'problem')) as candidates
    from nearest
    group by row_key
)

select
    checked.row_key as backcheck_id,
    checked.county_id,
    checked.patrol_no,
    checked.problem_no,
    matched.patrol_id,
    matched.problem_id,
    case
        when coalesce(matched.candidates, 0) = 0 then 'none'
        when matched.candidates > 1 then 'several'
        when
            (checked.patrol_no is not null and matched.patrol_id is null)
            or (checked.problem_no is not null and matched.problem_id is null)
            then 'partly'
        else 'found'
    end as match_state,
    checked.grid_id,
    checked.site,
    checked.subject,
    checked.sampled_by,
    checked.checked_at,
    checked.checked_at_precision,
    array_to_string(checked.checker, '、') as checker,
    checked.result,
    checked.note,
    checked.version_no,
    checked.absent_in_latest,
    checked.row_id
from checked
left join matched on checked.row_key = matched.row_key
