-- 月报汇总：一行是一个网格一个月自报的合计数，现行版本
-- 粒度：grid_id, month
-- 依据：方案四（三）反馈
select
    month,
    grid_id,
    county_id,
    person_times,
    site_times,
    problems,
    closed,
    note,
    version_no,
    absent_in_latest,
    row_id
from core.monthly_summary
