-- 制度、例会、自查：会议与自查每个网格每年各至少一件，制度定了就一直算有；一行是一个网格一年的一项
-- 粒度：grid_id, period, subject_id
-- 依据：方案五（一）制定巡查制度、进行自查、定期召开会议。只问报过网格管理记录的单位，自首次报来的那一年起
with since as (
    select county_id, min(year(first_of_month(month))) as first_year
    from core.delivered
    where table_name = 'grid_record'
    group by county_id
),

-- 某年报来过的：那年的月份报过，或报来过那年的记录
told as (
    select county_id, year(first_of_month(month)) as year from core.delivered
    where table_name = 'grid_record'
    union
    select county_id, year(held_on) as year from core.grid_record
),

-- 制度只取最早的一件：此后每年都有
held as (
    select
        grid_id,
        kind,
        min(year(held_on)) as year,
        min(held_on) as held_on,
        min_by(row_id, concat_ws('', cast(held_on as varchar), row_id)) as row_id
    from core.grid_record
    group by grid_id, kind, case when kind = 'rule' then 0 else year(held_on) end
),

due as (
    select
        owed.*,
        kind.kind,
        start_of_day(held.held_on) as met_at,
        held.row_id,
        told.county_id is not null as is_told
    from core.grid_year as owed
    join since on owed.county_id = since.county_id and owed.year >= since.first_year
    cross join (values ('rule'), ('meeting'), ('self_check')) as kind (kind)
    left join held
        on
            owed.grid_id = held.grid_id
            and kind.kind = held.kind
            and case when kind.kind = 'rule' then owed.year >= held.year else owed.year = held.year end
    left join told on owed.county_id = told.county_id and owed.year = told.year
)

select
    'grid_management' as metric_id,
    concat_ws('/', 'grid_management', due.grid_id, cast(due.year as varchar), due.kind) as obligation_id,
    due.grid_id,
    due.owner_level,
    due.county_id,
    'grid_record' as subject_kind,
    due.kind as subject_id,
    cast(1 as bigint) as round,
    cast(null as varchar) as about_month,
    month_of(due.ends_at) as period,
    due.starts_at as started_at,
    due.ends_at as original_due_at,
    due.ends_at as due_at,
    false as is_extended,
    due.met_at,
    case
        when due.met_at is not null then 'on_time'
        when not due.is_over then 'pending'
        when not due.is_told then 'unreported'
        else 'overdue'
    end as state,
    cast(null as varchar) as duty_row_id,
    due.row_id as met_row_id,
    concat_ws(
        '', duty_limit.text_zh,
        case when due.met_at is null and due.is_over and not due.is_told then '；该年网格管理记录未报送' else '' end
    ) as due_basis
from due
join seed.duty_limit as duty_limit
    on
        duty_limit.metric_id = 'grid_management'
        and cast(due.starts_at as date) >= duty_limit.valid_from
        and (duty_limit.valid_to is null or cast(due.starts_at as date) <= duty_limit.valid_to)
