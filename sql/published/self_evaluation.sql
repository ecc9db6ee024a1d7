-- 年度自评：一行是一个网格一年的一个项目或一份回执，现行版本
-- 粒度：self_evaluation_id
-- 依据：方案四（四）评价
select
    self_evaluation_id,
    county_id,
    grid_id,
    year,
    item,
    is_receipt,
    max_score,
    self_score,
    basis,
    shortfall,
    cause,
    improvement,
    owner,
    improvement_due_at,
    improvement_done_at,
    evidence,
    submitted_at,
    first_submitted_at,
    document_no,
    version_no,
    absent_in_latest,
    row_id
from core.self_evaluation
