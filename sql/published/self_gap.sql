-- 自评与所算：一行是自评的一个项目（或一份回执），旁边是系统按同类指标为该网格自己的义务算出的占比；比不了的说明缘由
-- 粒度：self_evaluation_id
-- 依据：方案四（四）评价；项目与指标的对应见 sql/self_items.toml。分子、分母各自相加只除一次；未报送的计入分母；应办少于 min_n 的只列 x/n
with item as (
    select
        told.*,
        home.level as owner_level,
        home.county_id as home_county_id,
        moment.as_of > end_of_day(make_date(told.year, 12, 31)) as is_over,
        opened.county_id is not null as is_whole
    from core.self_evaluation as told
    join staging.grid_home as home on told.grid_id = home.grid_id
    cross join seed.moment as moment
    -- 自 1 月起就应报台账的，全年的数才在
    left join core.sender_month as opened
        on
            home.county_id = opened.county_id
            and concat_ws('', cast(told.year as varchar), '-01') = opened.month
            and opened.table_name = 'patrol'
            and opened.is_owed
),

-- 该年有几个月不可测：整县的，或单个网格的
lack as (
    select metric_id, county_id as whose, month, reason_zh from published.measurable where measurable = 'no'
    union all
    select metric_id, grid_id as whose, month, reason_zh from published.unmeasurable_grid
),

blind as (
    select
        item.self_evaluation_id,
        means.metric_id,
        count(distinct lack.month) as months,
        min(lack.reason_zh) as reason_zh
    from item
    join core.self_item as means on item.self_evaluation_id = means.self_evaluation_id
    join lack
        on
            means.metric_id = lack.metric_id
            and lack.whose in (item.home_county_id, item.grid_id)
            and cast(item.year as varchar) = substr(lack.month, 1, 4)
    group by item.self_evaluation_id, means.metric_id
),

asked as (
    select
        item.self_evaluation_id,
        metric.metric_id,
        metric.zh,
        metric.min_n,
        coalesce(counted.on_time, 0) as on_time,
        coalesce(counted.on_time + counted.late + counted.overdue, 0) as due,
        coalesce(counted.unreported, 0) as unreported,
        coalesce(counted.no_deadline, 0) as no_deadline,
        coalesce(counted.bad_dates, 0) as bad_dates,
        coalesce(blind.months, 0) as blind_months,
        blind.reason_zh as blind_zh
    from item
    join core.self_item as means on item.self_evaluation_id = means.self_evaluation_id
    join seed.metric as metric on means.metric_id = metric.metric_id
    left join points.metric_sum as counted
        on
            metric.metric_id = counted.metric_id
            and item.grid_id = counted.grid_id
            and cast(item.owner_level as varchar) = counted.owner_level
            and counted.period_kind = 'year'
            and cast(item.year as varchar) = counted.period
    left join blind
        on item.self_evaluation_id = blind.self_evaluation_id and metric.metric_id = blind.metric_id
),

summed as (
    select
        self_evaluation_id,
        join_sorted(metric_id, '、') as metrics,
        join_sorted(zh, '、') as metrics_zh,
        max(min_n) as min_n,
        cast(sum(on_time) as bigint) as on_time,
        cast(sum(due) as bigint) as due,
        cast(sum(unreported) as bigint) as unreported,
        cast(sum(no_deadline) as bigint) as no_deadline,
        cast(sum(bad_dates) as bigint) as bad_dates,
        cast(max(blind_months) as bigint) as blind_months,
        join_sorted(case when due + unreported = 0 and blind_months > 0 then zh end, '、') as blind_zh,
        min(blind_zh) as blind_reason_zh,
        join_sorted(case when due + unreported = 0 and blind_months = 0 then zh end, '、') as undue_zh,
        join_sorted(
            case
                when blind_months > 0
                    then concat_ws('', zh, ' ', cast(blind_months as varchar), ' 个月')
            end,
            '、'
        ) as partly_zh
    from asked
    group by self_evaluation_id
),

judged as (
    select
        item.*,
        summed.metrics,
        summed.metrics_zh,
        summed.min_n,
        summed.on_time,
        summed.due,
        summed.unreported,
        summed.due + summed.unreported as whole,
        summed.no_deadline,
        summed.bad_dates,
        summed.blind_months,
        summed.blind_zh,
        summed.blind_reason_zh,
        summed.undue_zh,
        summed.partly_zh,
        coalesce(item.max_score > 0 and item.self_score between 0 and item.max_score, false) as is_scored,
        case
            when item.item is null then 'receipt_only'
            when summed.self_evaluation_id is null then 'no_metric'
            when not coalesce(item.max_score > 0 and item.self_score between 0 and item.max_score, false)
                then 'no_score'
            when not item.is_over or not item.is_whole then 'year_partial'
            when
                summed.blind_months > line.blind_months_at_most
                or (summed.due + summed.unreported = 0 and summed.blind_zh is not null)
                then 'not_measurable'
            -- 余量：0.1 × 10 与 1 之间不因浮点而判
            when
                summed.no_deadline + summed.bad_dates
                > line.undated_at_most * (summed.due + summed.no_deadline + summed.bad_dates) + 1e-9
                then 'undated'
            when summed.due + summed.unreported = 0 then 'not_due'
            when summed.due + summed.unreported < summed.min_n then 'small'
            else 'compared'
        end as state
    from item
    left join summed on item.self_evaluation_id = summed.self_evaluation_id
    left join seed.self_line as line
        on
            make_date(item.year, 12, 31) >= line.valid_from
            and (line.valid_to is null or make_date(item.year, 12, 31) <= line.valid_to)
)

select
    judged.self_evaluation_id,
    judged.county_id,
    judged.grid_id,
    cast(judged.owner_level as bigint) as owner_level,
    judged.year,
    judged.item,
    judged.max_score,
    judged.self_score,
    case when judged.is_scored then judged.self_score / judged.max_score end as self_share,
    judged.metrics,
    judged.metrics_zh,
    judged.on_time,
    judged.due,
    judged.unreported,
    judged.no_deadline,
    judged.bad_dates,
    judged.blind_months,
    case when judged.state = 'compared' then cast(judged.on_time as double) / judged.whole end as computed_share,
    case
        when judged.state = 'compared'
            then (judged.self_score / judged.max_score - cast(judged.on_time as double) / judged.whole) * 100e0
    end as gap,
    case
        when judged.state = 'compared'
            then
                cast(
                    floor(
                        (judged.self_score / judged.max_score - cast(judged.on_time as double) / judged.whole) * 10000e0
                        + 0.5e0
                    ) as bigint
                )
    end as gap_per_10000,
    judged.min_n,
    judged.state,
    case judged.state
        when 'receipt_only' then '只报了文字报告，没有分项，不能逐项比较'
        when 'no_metric' then '无对应指标：系统不算这一项，只列出，不比较'
        when 'no_score' then
            case
                when judged.max_score is null or judged.self_score is null then '没有写明分值或自评得分，或写的不是数，不能比较'
                else '自评得分不在 0 与分值之间，不能比较'
            end
        when 'year_partial' then
            case
                when judged.is_over then '该年 1 月尚未起报台账，只有部分月份的数，不比较'
                else '该年度尚未结束，年末之后才比较'
            end
        when 'not_measurable' then
            concat_ws(
                '', judged.partly_zh, '不可测（', coalesce(judged.blind_reason_zh, '缺少依据'), '）；其余按期 ',
                cast(judged.on_time as varchar), '/', cast(judged.whole as varchar), '，不比较'
            )
        when 'undated' then
            concat_ws(
                '', '未定时限 ', cast(judged.no_deadline as varchar), ' 件、时间矛盾 ', cast(judged.bad_dates as varchar),
                ' 件，应办只有 ', cast(judged.due as varchar), ' 件：按期 ', cast(judged.on_time as varchar), '/',
                cast(judged.whole as varchar), '，只与定了时限的比较等于隐去其余，不比较'
            )
        when 'not_due' then concat_ws('', judged.undue_zh, '该年没有应办，不比较')
        when 'small' then
            concat_ws(
                '', '应办只有 ', cast(judged.whole as varchar), '，少于 ', cast(judged.min_n as varchar), '：按期 ',
                cast(judged.on_time as varchar), '/', cast(judged.whole as varchar), '，不作比较'
            )
        else
            concat_ws(
                '；',
                case when judged.undue_zh is not null then concat_ws('', judged.undue_zh, '该年没有应办，未计入') end,
                case when judged.partly_zh is not null then concat_ws('', judged.partly_zh, '不可测，只按其余月份计') end,
                case
                    when judged.no_deadline + judged.bad_dates > 0
                        then
                            concat_ws(
                                '', '未定时限 ', cast(judged.no_deadline as varchar), ' 件、时间矛盾 ',
                                cast(judged.bad_dates as varchar), ' 件，未计入'
                            )
                end
            )
    end as reason_zh,
    judged.submitted_at,
    sent.state as submission,
    coalesce(cast(sent.due_at as date), make_date(judged.year + 1, 1, 31)) as due_on,
    judged.row_id
from judged
left join published.obligation as sent
    on
        sent.metric_id = 'self_evaluation_submission'
        -- 由上级接着承担的，不是该网格自己的那一项
        and sent.obligation_id
        = concat_ws('/', 'self_evaluation_submission', judged.grid_id, cast(judged.year as varchar))
