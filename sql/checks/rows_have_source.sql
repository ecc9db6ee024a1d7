-- 凡引用的来源行都在来源行表中；一行是一个走不回去的引用
-- 粒度：row_id
-- 依据：每个数字都能走回文件、工作表、行
with cited as (
    select 'obligation' as cited_by, duty_row_id as row_id from published.obligation
    union
    select 'obligation' as cited_by, met_row_id as row_id from published.obligation
    union
    select 'patrol' as cited_by, row_id from published.patrol
    union
    select 'problem' as cited_by, row_id from published.problem
    union
    select 'follow_up' as cited_by, row_id from published.follow_up
    union
    select 'person_post' as cited_by, row_id from published.person_post
    union
    select 'site' as cited_by, row_id from published.site
    union
    select 'five_fixed' as cited_by, row_id from published.five_fixed
    union
    select 'self_evaluation' as cited_by, row_id from published.self_evaluation
    union
    select 'backcheck' as cited_by, row_id from published.backcheck
    union
    select 'patrol_plan' as cited_by, row_id from published.patrol_plan
    union
    select 'grid_record' as cited_by, row_id from published.grid_record
    union
    select 'accountability' as cited_by, row_id from published.accountability
    union
    select 'reconciliation' as cited_by, row_id from published.reconciliation
    union
    select 'indicator_row' as cited_by, row_id from published.indicator_row
    union
    select 'quarantine' as cited_by, row_id from published.quarantine
)

select cited.cited_by, cited.row_id
from cited
left join published.source_row as source on cited.row_id = source.row_id
where cited.row_id is not null and source.row_id is null
