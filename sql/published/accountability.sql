-- 问责：一行一次问责决定，现行版本
-- 粒度：accountability_id
-- 依据：方案五（三）从严实施问责追责
select
    accountability_id,
    county_id,
    person,
    post,
    grid_id,
    grid_basis,
    matter,
    problem_no,
    problem_id,
    decided_on,
    measure,
    document_no,
    note,
    version_no,
    absent_in_latest,
    row_id
from core.accountability
