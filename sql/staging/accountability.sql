-- 问责台账：类型化之后，加上跨列的核查
-- 粒度：row_id
-- 依据：方案五（三）从严实施问责追责
select
    typed.* replace (
        concat_ws(
            ';', nullif(typed.faults, ''),
            case
                when
                    typed.measure in ('criticism', 'discipline') and typed.document_no is null
                    and list_contains(sheet.fields, 'document_no')
                    then 'document_no:document_unnumbered:warn'
            end
        ) as faults)
from staging.accountability_typed as typed
join staging.sheet as sheet on typed.file_id = sheet.file_id and typed.sheet_name = sheet.sheet_name
