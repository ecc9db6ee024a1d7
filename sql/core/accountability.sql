-- 问责：一行一次决定；计算时点之后的尚未发生
-- 粒度：accountability_id
-- 依据：方案五（三）从严实施问责追责
select
    decision.row_key as accountability_id,
    decision.county_id,
    array_to_string(decision.person, '、') as person,
    decision.post,
    decision.grid_id,
    decision.matter,
    decision.decided_on,
    decision.measure,
    decision.document_no,
    decision.note,
    decision.version_no,
    decision.absent_in_latest,
    decision.row_id
from staging.accountability_now as decision
cross join seed.moment as moment
where decision.decided_on <= cast(moment.as_of as date)
