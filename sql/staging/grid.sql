-- 网格登记表：类型化之后认出所指网格与上级，加上跨列的核查；不合名录、越出本县区、上级不通的行退回
-- 粒度：row_id
-- 依据：方案二 网格划分，五（二）五定；县区只登记自己的二级网格和本县区的三级网格，一级网格由市支队登记
select
    typed.* replace (
        coalesce(above.grid_id, typed.parent) as parent,
        concat_ws(
            ';', nullif(typed.faults, ''),
            -- 没有设立日期就不成一个时期；缺这一列的表也一样
            case when not list_contains(sheet.fields, 'valid_from') then 'valid_from:missing:reject' end,
            case when typed.valid_to < typed.valid_from then 'valid_to:ends_before_start:reject' end,
            case
                when
                    typed.county_id <> 'city'
                    and typed.valid_to >= typed.valid_from
                    and typed.valid_to < cast(typed.file_received_at as date)
                    then 'valid_to:end_told_late:warn'
            end,
            case
                when typed.county_id <> 'city' and typed.is_patrol_grid <> coalesce(listed.is_patrol_grid, true)
                    then 'is_patrol_grid:not_for_county:warn'
            end,
            case
                when typed.code is not null and identity.candidates = 0 and identity.grid_id is null
                    then 'code:code_unknown:reject'
            end,
            case when identity.candidates > 1 then 'code:code_in_two_lists:reject' end,
            case
                when cast(typed.level as bigint) <> identity.grid_level then 'level:level_mismatch:reject'
            end,
            case
                when typed.county_id <> 'city' and identity.grid_county_id <> typed.county_id
                    then 'code:outside_county:reject'
            end,
            case when identity.is_name_taken then 'name:name_taken:reject' end,
            case
                when typed.parent is not null and above.grid_id is null then 'parent:parent_unknown:reject'
                when
                    -- 没有一级网格单元的名录，二级网格直属最上一级
                    above.level <> case
                        when identity.grid_level = 2 and not exists (select 1 from seed.grid as unit where unit.level = 1)
                            then 0
                        else identity.grid_level - 1
                    end
                    or (identity.grid_level = 3 and above.grid_id <> identity.grid_county_id)
                    then 'parent:parent_impossible:reject'
            end
        ) as faults)
from staging.grid_typed as typed
join staging.sheet as sheet on typed.file_id = sheet.file_id and typed.sheet_name = sheet.sheet_name
join staging.grid_identity as identity on typed.row_id = identity.row_id
left join seed.grid as listed on identity.grid_id = listed.grid_id
left join staging.grid_above as above
    on typed.county_id = above.county_id and read_code(typed.parent) = above.name
