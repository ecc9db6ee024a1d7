-- 问题：一行一个，现行版本
-- 粒度：problem_id
-- 依据：四（一）登记备案
select
    problem_id,
    problem_no,
    parent_problem_no,
    county_id,
    grid_id,
    duty_grid_id,
    duty_basis,
    description,
    source,
    category,
    site,
    discovered_at,
    registered_at,
    rectify_due_at,
    rectify_due_basis,
    extended_due_at,
    is_lawful_extension,
    corrected_on_spot,
    rectified_at,
    verified_at,
    cleared_at,
    closed_at,
    closure,
    is_duplicate,
    status,
    version_no,
    absent_in_latest,
    row_id
from core.problem
