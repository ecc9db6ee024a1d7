-- 重点点位巡查：重点点位每期应由责任网格或其下级的人巡查几次；一行是一个点位一期的第 k 次，到季末没有报过清单的县区每季一项
-- 粒度：obligation_id
-- 依据：二（二）2、二（三）1 排查工矿企业、饮用水水源地等。该期台账没有“巡查点位”列而次数不够的，没有这项义务（不可测）
select
    'key_site_visit' as metric_id,
    concat_ws('/', 'key_site_visit', turn.site_id, turn.window_id, cast(turn.k as varchar)) as obligation_id,
    turn.owner_grid_id as grid_id,
    turn.owner_level,
    turn.owner_county_id as county_id,
    'site' as subject_kind,
    turn.site_id as subject_id,
    cast(1 as bigint) as round,
    cast(null as varchar) as about_month,
    turn.period,
    turn.started_at,
    turn.due_at as original_due_at,
    turn.due_at,
    false as is_extended,
    turn.met_at,
    case
        when turn.met_at is not null then 'on_time'
        when not turn.is_over then 'pending'
        when not turn.is_delivered then 'unreported'
        else 'overdue'
    end as state,
    turn.row_id as duty_row_id,
    turn.met_row_id,
    concat_ws(
        '',
        coalesce(turn.limit_zh, concat_ws('', '点位清单所定频次：每期 ', cast(turn.visits as varchar), ' 次')),
        '；', turn.window_id, ' 第 ', cast(turn.k as varchar), ' 次',
        case when turn.is_retold then '；点位清单在该期之后又有改报，不及于该期' else '' end
    ) as due_basis
from core.site_turn as turn
where
    not turn.is_blind
    and (turn.met_at is not null or not turn.is_over or not turn.is_delivered or turn.has_sites)
union all
select
    'key_site_visit' as metric_id,
    concat_ws('/', 'key_site_visit', 'table', missing.county_id, missing.window_id) as obligation_id,
    missing.county_id as grid_id,
    cast(2 as bigint) as owner_level,
    missing.county_id,
    'table' as subject_kind,
    'site' as subject_id,
    cast(1 as bigint) as round,
    missing.period as about_month,
    missing.period,
    missing.started_at,
    cast(null as timestamp) as original_due_at,
    cast(null as timestamp) as due_at,
    false as is_extended,
    cast(null as timestamp) as met_at,
    'unreported' as state,
    cast(null as varchar) as duty_row_id,
    cast(null as varchar) as met_row_id,
    '到期末没有报过重点点位清单，其后补报的不及于该期' as due_basis
from core.site_list_missing as missing
where missing.cycle = 'quarter'
