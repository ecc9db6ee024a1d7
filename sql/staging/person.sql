-- 责任人员：类型化之后，加上跨列的核查
-- 粒度：row_id
-- 依据：方案一 责任到人、二（一）（二）（三）网格长与负责人
select
    typed.* replace (
        concat_ws(
            ';',
            -- 空缺不是人：说明缘由，不叫人补填姓名
            nullif(
                case
                    when trimmed(cell.name) <> ''
                        then replace(typed.faults, 'name:missing:reject', 'name:post_vacant:reject')
                    else typed.faults
                end, ''
            ),
            case when typed.valid_to < typed.valid_from then 'valid_to:ends_before_start:reject' end,
            case when regexp_matches(typed.name, '[、，,;；/／]') then 'name:several_people:reject' end,
            -- 姓名后括号里的职务可以不看，写着已离任的不能当作在任
            case
                when
                    typed.valid_to is null
                    and regexp_matches(cell.name, '[(（][^)）]*(调离|调走|调出|离职|离任|离岗|退休|辞职|免职|撤职|去世|病故)')
                    then 'name:left_office:reject'
            end,
            case
                when
                    coalesce(typed.kind, 'post') = 'post' and typed.post = 'grid_chief' and grid.level = 3
                    then 'post:chief_of_level_three:warn'
            end
        ) as faults)
from staging.person_typed as typed
join raw.person as cell on typed.row_id = cell.row_id
left join seed.grid as grid on typed.grid_id = grid.grid_id
