-- 网格管理记录：一行一件；计算时点之后的尚未发生
-- 粒度：grid_record_id
-- 依据：方案五（一）（二）组织领导与管理水平
select
    record.row_key as grid_record_id,
    record.county_id,
    record.grid_id,
    record.kind,
    record.held_on,
    record.subject,
    record.document_no,
    record.note,
    record.version_no,
    record.absent_in_latest,
    record.row_id
from staging.grid_record_now as record
cross join seed.moment as moment
where record.held_on <= cast(moment.as_of as date)
