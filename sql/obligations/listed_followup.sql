-- 挂牌督办跟进：挂牌而月初尚未办结的问题、整月挂牌的点位，其上的一级网格单元当月应督办一次；一行是一个问题（点位）一个月
-- 粒度：obligation_id
-- 依据：二（一）2 督促被列入挂牌督办或限期治理名单和重大环境问题台账的环境问题的整改
-- 月内或其后才写的作废、拆分，与整改同一规矩
select
    'listed_followup' as metric_id,
    concat_ws('/', 'listed_followup', owed.subject_kind, owed.subject_id, owed.month) as obligation_id,
    owed.grid_id,
    cast(1 as bigint) as owner_level,
    'city' as county_id,
    owed.subject_kind,
    owed.subject_id,
    cast(1 as bigint) as round,
    cast(null as varchar) as about_month,
    owed.month as period,
    owed.starts_at as started_at,
    owed.ends_at as original_due_at,
    owed.ends_at as due_at,
    false as is_extended,
    owed.met_at,
    case
        when
            (owed.is_voided and is_struck_in_time(owed.voided_at, owed.is_void_approved, owed.ends_at, owed.met_at))
            or (owed.is_split and is_struck_in_time(owed.split_at, false, owed.ends_at, owed.met_at))
            then 'void'
        when owed.met_at is not null then 'on_time'
        when not owed.is_over then 'pending'
        when not owed.is_delivered then 'unreported'
        else 'overdue'
    end as state,
    owed.row_id as duty_row_id,
    owed.met_row_id,
    concat_ws(
        '', duty_limit.text_zh,
        case
            when owed.is_retold and owed.subject_kind = 'problem'
                then '；该月结束之后台账改报为不再挂牌，不及于该月'
            when owed.is_retold then '；点位清单在该月之后又有改报，不及于该月'
            else ''
        end
    ) as due_basis
from core.listed_month as owed
join seed.duty_limit as duty_limit
    on
        duty_limit.metric_id = 'listed_followup'
        and cast(owed.starts_at as date) >= duty_limit.valid_from
        and (duty_limit.valid_to is null or cast(owed.starts_at as date) <= duty_limit.valid_to)
