-- 巡查：一行一次，现行版本；计算时点之后的尚未发生
-- 粒度：patrol_id
-- 依据：四（一）巡查
select
    patrol.row_key as patrol_id,
    patrol.key_basis,
    patrol.county_id,
    patrol.grid_id,
    patrol.by_grid_id,
    array_to_string(patrol.inspectors, '、') as inspectors,
    patrol.leader,
    patrol.kind,
    patrol.started_at,
    patrol.started_at_precision,
    patrol.ended_at,
    patrol.entered_at,
    array_to_string(patrol.sites, '、') as sites,
    patrol.findings,
    patrol.corrected_on_spot,
    patrol.note,
    patrol.version_no,
    patrol.absent_in_latest,
    patrol.row_id
from staging.patrol_now as patrol
cross join seed.moment as moment
where patrol.started_at <= moment.as_of
