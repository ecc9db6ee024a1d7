-- 复核：一行一次复核，现行版本
-- 粒度：backcheck_id
-- 依据：方案五（三）履职监督
select
    backcheck_id,
    county_id,
    patrol_no,
    problem_no,
    patrol_id,
    problem_id,
    match_state,
    grid_id,
    site,
    subject,
    sampled_by,
    checked_at,
    checked_at_precision,
    checker,
    result,
    note,
    version_no,
    absent_in_latest,
    row_id
from core.backcheck
