-- 巡查频次：网格每月（有通知的特殊时段另加）应有几个巡查日；一行是一个网格一个月的第 k 个巡查日
-- 粒度：obligation_id
-- 依据：四（一）巡查；五（三）加大对重点区域、重点时段的巡查频率。次数见 core.patrol_asked
-- 特殊时段已过而当月未结束的，台账还没有到报送之时，不算未履行
select
    'patrol_frequency' as metric_id,
    concat_ws('/', 'patrol_frequency', turn.grid_id, turn.month, nullif(turn.part, ''), cast(turn.k as varchar))
        as obligation_id,
    turn.grid_id,
    turn.owner_level,
    turn.county_id,
    'grid' as subject_kind,
    turn.grid_id as subject_id,
    cast(1 as bigint) as round,
    cast(null as varchar) as about_month,
    turn.month as period,
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
    turn.duty_row_id,
    turn.met_row_id,
    concat_ws('', turn.basis_zh, '；第 ', cast(turn.k as varchar), ' 次') as due_basis
from core.patrol_turn as turn
where turn.blind_because is null
