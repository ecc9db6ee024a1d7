-- 得分明细：一行是评分卡上的一项在一个网格一个期间的得分，或不能评的缘由
-- 粒度：grid_id, period_kind, period, metric_id
-- 依据：sql/scorecard.toml；只看网格自己承担的义务，未报送按未履行计；看不出的月份只能失分、不能得分
with span as (
    select 'month' as period_kind, month as period, month, month as last_month from core.month
    union all
    select 'to_date' as period_kind, upto.month as period, part.month, upto.month as last_month
    from core.month as upto
    join core.month as part on substr(upto.month, 1, 4) = substr(part.month, 1, 4) and part.month <= upto.month
    union all
    select
        'year' as period_kind, substr(month, 1, 4) as period, month,
        max(month) over (partition by substr(month, 1, 4)) as last_month
    from core.month
),

-- 期间里有一天在的网格，逐月；各取期间最后一个月首日有效的评分卡
scored_grid as (
    select distinct
        grid.grid_id, grid.level, grid.county_id, span.period_kind, span.period, span.month,
        first_of_month(span.last_month) as on_day
    from span
    join core.month as month on span.month = month.month
    join core.grid as grid
        on
            grid.level in (1, 2, 3)
            and grid.valid_from <= month.last_day
            and (grid.owes_until is null or grid.owes_until >= month.first_day)
),

carded as (
    select
        grid.grid_id, grid.level, max(grid.county_id) as county_id, grid.period_kind, grid.period, grid.on_day,
        card.version, count(distinct grid.month) as months
    from scored_grid as grid
    join seed.score_card as card
        on
            grid.level = card.level
            and grid.on_day >= card.valid_from
            and (card.valid_to is null or grid.on_day <= card.valid_to)
    group by grid.grid_id, grid.level, grid.period_kind, grid.period, grid.on_day, card.version
),

-- 一个月里判断不了的：网格自己的，或所属单位的；台账没有来的，也看不出有没有应办的
blind_month as (
    select
        metric_id, grid_id, cast(null as varchar) as sender_id, month, concat_ws('', reason_zh, '（' || rows_zh || '）') as reason_zh,
        false as is_silent
    from core.unmeasurable_grid
    union all
    select
        metric_id, cast(null as varchar) as grid_id, county_id as sender_id, month,
        case when measurable = 'no' then reason_zh else '所需台账未报送，看不出有没有应办的' end as reason_zh,
        not is_delivered as is_silent
    from core.measurable
    where measurable = 'no' or (not is_delivered and reason_zh is not null)
),

blind as (
    select
        carded.grid_id, carded.period_kind, carded.period, weighed.metric_id,
        count(distinct missing.month) as months, count(distinct missing.month) filter (where not is_silent) as unsaid_months,
        min(missing.reason_zh) as reason_zh
    from carded
    join seed.score_weight as weighed on carded.level = weighed.level and carded.version = weighed.version
    join scored_grid as span
        on
            carded.grid_id = span.grid_id
            and carded.period_kind = span.period_kind
            and carded.period = span.period
    join blind_month as missing
        on
            weighed.metric_id = missing.metric_id
            and span.month = missing.month
            and (
                carded.grid_id = missing.grid_id
                or case when carded.level = 1 then 'city' else carded.county_id end = missing.sender_id
            )
    group by carded.grid_id, carded.period_kind, carded.period, weighed.metric_id
),

counted as (
    select
        carded.grid_id, carded.level, carded.version, carded.period_kind, carded.period, weighed.group_id,
        weighed.group_zh, weighed.metric_id, weighed.place, weighed.weight, weighed.floor, goal.value as goal,
        coalesce(value.on_time, 0) as on_time,
        coalesce(value.late, 0) as late,
        coalesce(value.overdue, 0) as overdue,
        coalesce(value.unreported, 0) as unreported,
        coalesce(value.pending, 0) as pending,
        coalesce(value.no_deadline, 0) as no_deadline,
        coalesce(value.bad_dates, 0) as bad_dates,
        coalesce(value.void, 0) as void,
        coalesce(value.on_time + value.late + value.overdue + value.unreported, 0) as denominator,
        carded.months,
        -- 自己没有报送的月份已按未报送失分，不再算看不出的
        case
            when carded.level < 3 and value.unreported > 0 then coalesce(blind.unsaid_months, 0)
            else coalesce(blind.months, 0)
        end as blind_months,
        card.undated_at_most,
        blind.reason_zh as blind_zh
    from carded
    join seed.score_card as card on carded.level = card.level and carded.version = card.version
    join seed.score_weight as weighed on carded.level = weighed.level and carded.version = weighed.version
    join seed.metric_target as goal
        on
            weighed.metric_id = goal.metric_id
            and carded.on_day >= goal.valid_from
            and (goal.valid_to is null or carded.on_day <= goal.valid_to)
    left join points.metric_sum as value
        on
            weighed.metric_id = value.metric_id
            and carded.grid_id = value.grid_id
            and cast(carded.level as varchar) = value.owner_level
            and carded.period_kind = value.period_kind
            and carded.period = value.period
    left join blind
        on
            weighed.metric_id = blind.metric_id
            and carded.grid_id = blind.grid_id
            and carded.period_kind = blind.period_kind
            and carded.period = blind.period
),

-- share 得分率：看得见的应办；seen 看得见的月份之比，说不清时限的太多即为 0
rated as (
    select
        counted.*,
        no_deadline + bad_dates > undated_at_most * (denominator + no_deadline + bad_dates) + 1e-9 as is_undated,
        case
            when no_deadline + bad_dates > undated_at_most * (denominator + no_deadline + bad_dates) + 1e-9 then 0e0
            else 1e0 - cast(blind_months as double) / months
        end as seen,
        cast(on_time as double) / nullif(denominator, 0) as rate,
        case
            when denominator > 0
                then least(1e0, greatest(0e0, (cast(on_time as double) / denominator - floor) / (goal - floor)))
        end as share
    from counted
),

judged as (
    select
        rated.*,
        case
            when denominator > 0 and (seen > 0 or share < 1) then 'scored'
            when blind_months = months then 'not_measurable'
            when is_undated then 'undated'
            when pending > 0 then 'pending'
            when blind_months > 0 then 'not_measurable'
            when void > 0 then 'void'
            else 'not_due'
        end as state
    from rated
)

select
    grid_id,
    level,
    version,
    period_kind,
    period,
    group_id,
    group_zh,
    metric_id,
    place,
    weight,
    floor,
    goal,
    state,
    on_time as numerator,
    denominator,
    late,
    overdue,
    unreported,
    pending,
    no_deadline,
    bad_dates,
    void,
    rate,
    months,
    blind_months,
    is_undated,
    case when state = 'scored' then weight * seen * share end as points,
    -- 失去的照失，得到的只算看得见的
    case when state = 'scored' then weight * (1 - (1 - seen) * share) else 0 end as assessed,
    weight * (1 - seen) as unseen,
    case
        when state = 'pending' then concat_ws('', '还有 ', cast(pending as varchar), ' 件在办')
        when is_undated
            then concat_ws(
                '',
                case when state = 'scored' then '只计失分：' end,
                '未定时限 ', cast(no_deadline as varchar), ' 件、时间矛盾 ', cast(bad_dates as varchar), ' 件'
            )
        when state = 'void' then concat_ws('', '共 ', cast(void as varchar), ' 件，没有别的应办')
        when blind_months = 0 then case when state = 'not_due' then '没有应办的' end
        when period_kind = 'month' then concat_ws('', case when state = 'scored' then '只计失分，另有判断不了的：' end, blind_zh)
        else concat_ws('', case when state = 'scored' then '另有 ' end, cast(blind_months as varchar), ' 个月判断不了，如：', blind_zh)
    end as reason_zh
from judged
