-- 五定：每个网格每年“定区域、定人员、定职责、定任务、定奖惩”各有文件；一行是一个网格一年的一定
-- 粒度：grid_id, period, subject_id
-- 依据：方案五（二）。定过的此后各年仍算已定，计在当年首日（年中设立的，设立之日）；次年才印发的，不算当年已定
with due as (
    select
        owed.*,
        kind.kind,
        kind.zh,
        fixed.is_dated,
        fixed.row_id as fixed_row_id,
        case
            when start_of_day(fixed.fixed_on) < owed.starts_at then owed.starts_at
            else start_of_day(fixed.fixed_on)
        end as met_at
    from core.grid_year as owed
    cross join (
        values ('area', '定区域'), ('staff', '定人员'), ('duty', '定职责'), ('task', '定任务'), ('reward', '定奖惩')
    ) as kind (kind, zh)
    left join core.first_fixed as fixed
        on
            owed.grid_id = fixed.grid_id
            and kind.kind = fixed.kind
            and start_of_day(fixed.fixed_on) <= owed.ends_at
)

select
    'five_fixed' as metric_id,
    concat_ws('/', 'five_fixed', due.grid_id, cast(due.year as varchar), due.kind) as obligation_id,
    due.grid_id,
    due.owner_level,
    due.county_id,
    'five_fixed' as subject_kind,
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
        when column_sent.county_id is null then 'unreported'
        else 'overdue'
    end as state,
    cast(null as varchar) as duty_row_id,
    due.fixed_row_id as met_row_id,
    concat_ws(
        '',
        duty_limit.text_zh,
        case
            when due.met_at is null and column_sent.county_id is null
                then concat_ws('', '；未报有“', due.zh, '”列的网格登记表')
            when due.met_at is not null and not due.is_dated then '；登记表未写文件日期，以该行设立日期计'
            else ''
        end
    ) as due_basis
from due
left join core.fixed_column as column_sent on due.county_id = column_sent.county_id and due.kind = column_sent.kind
join seed.duty_limit as duty_limit
    on
        duty_limit.metric_id = 'five_fixed'
        and cast(due.starts_at as date) >= duty_limit.valid_from
        and (duty_limit.valid_to is null or cast(due.starts_at as date) <= duty_limit.valid_to)
