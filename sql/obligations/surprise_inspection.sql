-- 突击检查：一级网格单元每月至少突击检查一次重点企业；一行是一个单元一个月
-- 粒度：obligation_id
-- 依据：二（一）2 每月至少组织一次对重点企业进行突击检查
-- 支队台账没有“巡查类型”或“巡查点位”列而看不出检查过的，没有这项义务（不可测）
select
    'surprise_inspection' as metric_id,
    concat_ws('/', 'surprise_inspection', owed.grid_id, owed.month) as obligation_id,
    owed.grid_id,
    owed.owner_level,
    owed.county_id,
    'grid' as subject_kind,
    owed.grid_id as subject_id,
    cast(1 as bigint) as round,
    cast(null as varchar) as about_month,
    owed.month as period,
    owed.starts_at as started_at,
    owed.ends_at as original_due_at,
    owed.ends_at as due_at,
    false as is_extended,
    owed.met_at,
    case
        when owed.met_at is not null then 'on_time'
        when not owed.is_over then 'pending'
        when not owed.is_delivered then 'unreported'
        else 'overdue'
    end as state,
    cast(null as varchar) as duty_row_id,
    owed.met_row_id,
    concat_ws(
        '',
        duty_limit.text_zh,
        case when owed.is_unlisted then '；该处县区没有写明重点的点位清单，写明去了哪个点位即算' else '' end
    ) as due_basis
from core.surprise_month as owed
join seed.duty_limit as duty_limit
    on
        duty_limit.metric_id = 'surprise_inspection'
        and cast(owed.starts_at as date) >= duty_limit.valid_from
        and (duty_limit.valid_to is null or cast(owed.starts_at as date) <= duty_limit.valid_to)
where
    not owed.is_blind
    and (owed.met_at is not null or not owed.is_over or not owed.is_delivered or owed.has_columns)
