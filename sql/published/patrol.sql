-- 巡查：一行一次，现行版本
-- 粒度：patrol_id
-- 依据：四（一）巡查
select
    patrol_id,
    key_basis,
    county_id,
    grid_id,
    by_grid_id,
    inspectors,
    leader,
    kind,
    started_at,
    started_at_precision,
    ended_at,
    entered_at,
    sites,
    findings,
    corrected_on_spot,
    note,
    version_no,
    absent_in_latest,
    row_id
from core.patrol
