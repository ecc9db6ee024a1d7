-- 网格管理记录：一行一件管理工作，现行版本
-- 粒度：grid_record_id
-- 依据：方案五（一）（二）
select
    grid_record_id,
    county_id,
    grid_id,
    kind,
    held_on,
    subject,
    document_no,
    note,
    version_no,
    absent_in_latest,
    row_id
from core.grid_record
