-- 网格管理记录：类型化之后，加上跨列的核查
-- 粒度：row_id
-- 依据：方案五（一）巡查小组，五（二）实施方案与各项制度
select
    typed.* replace (
        concat_ws(
            ';', nullif(typed.faults, ''),
            case
                when
                    typed.kind in ('scheme', 'rule') and typed.document_no is null
                    and list_contains(sheet.fields, 'document_no')
                    then 'document_no:document_unnumbered:warn'
            end
        ) as faults)
from staging.grid_record_typed as typed
join staging.sheet as sheet on typed.file_id = sheet.file_id and typed.sheet_name = sheet.sheet_name
