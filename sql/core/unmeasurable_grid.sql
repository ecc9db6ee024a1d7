-- 不可测的网格：一行是一个指标在一个网格一个月判断不了，附缘由，并指出是哪几行
-- 粒度：metric_id, grid_id, month
-- 依据：缺少依据不等于没有履行；指出了行，填报的人才改得了
with named as (
    select grid_id, max_by(name, valid_from) as name from core.grid group by grid_id
),

undecided as (
    select
        'patrol_coverage' as metric_id,
        coverage.grid_id,
        coverage.name,
        coverage.county_id,
        coverage.month,
        case coverage.blind_because
            when 'place' then '当月有本网格的人巡查，地点只写到上级，看不出是否在本网格之内'
            else '当月有巡查而说不出是谁的人：当日没有在册的网格员，或名册上其人的一行已退回待改，台账也未写实施网格'
        end as reason_zh,
        list(unsure.row_id) as row_ids
    from core.coverage_month as coverage
    join core.patrol_unsure as unsure
        on
            coverage.grid_id = unsure.grid_id
            and coverage.month = unsure.month
            and coverage.blind_because = unsure.because
    where not coverage.is_measurable
    group by coverage.grid_id, coverage.name, coverage.county_id, coverage.month, coverage.blind_because
    union all
    -- 指出的是次数不够的那个月、那个时段里的
    select
        'patrol_frequency' as metric_id,
        turn.grid_id,
        turn.name,
        turn.county_id,
        turn.month,
        case turn.blind_because
            when 'place' then '次数不够，而当月另有本网格的人巡查，地点只写到上级，看不出是否在本网格之内'
            else '次数不够，而当月另有巡查说不出是谁的人：当日没有在册的网格员，或名册上其人的一行已退回待改，台账也未写实施网格'
        end as reason_zh,
        list(distinct unsure.row_id) as row_ids
    from core.patrol_turn as turn
    join core.patrol_unsure as unsure
        on
            turn.grid_id = unsure.grid_id
            and turn.blind_because = unsure.because
            and unsure.day between turn.first_day and turn.last_day
    where turn.is_blind
    group by turn.grid_id, turn.name, turn.county_id, turn.month, turn.blind_because
    union all
    -- 清单不说哪些是重点的，该县全部判断不了
    select
        'key_site_visit' as metric_id,
        list.county_id as grid_id,
        named.name,
        list.county_id,
        span.period as month,
        '重点点位清单没有写是否重点，看不出哪些是重点点位' as reason_zh,
        cast([] as varchar[]) as row_ids
    from core.site_list as list
    join named on list.county_id = named.grid_id
    join core.patrol_window as span
        on
            list.county_id = span.county_id
            and span.cycle = 'month'
            and span.last_day between list.known_on and list.known_to
    where list.is_told and not list.says_key and span.is_over and span.is_delivered
    union all
    -- 个别点位判断不了的，其余照算
    select
        'key_site_visit' as metric_id,
        turn.owner_grid_id as grid_id,
        named.name,
        turn.owner_county_id as county_id,
        turn.period as month,
        concat(
            cast(count(distinct turn.site_id) as varchar),
            ' 个重点点位的次数不够，而另有巡查说不出是谁的人、或地点只写到上级，这几次不计'
        ) as reason_zh,
        list(distinct visit.row_id) as row_ids
    from core.site_turn as turn
    join named on turn.owner_grid_id = named.grid_id
    join core.window_day as span on turn.cycle = span.cycle and turn.window_id = span.window_id
    join core.site_visit as visit on turn.site_id = visit.site_id and span.day = visit.day and visit.is_unsure
    where turn.is_blind
    group by turn.owner_grid_id, named.name, turn.owner_county_id, turn.period
    union all
    select
        'surprise_inspection' as metric_id,
        grid_id,
        name,
        county_id,
        month,
        '当月有突击检查而说不出是谁的人、或地点只写到上级' as reason_zh,
        unsure_row_ids as row_ids
    from core.surprise_month
    where is_blind
    union all
    -- 个别下级网格判断不了的，其余照算
    select
        'upper_guidance' as metric_id,
        owed.grid_id,
        named.name,
        owed.county_id,
        owed.period as month,
        concat(
            '本季有人到 ', string_agg(owed.subject_name, '、' order by owed.subject_grid_id),
            ' 抽查、督查或指导而说不出是谁的人，这些下级网格不计'
        ) as reason_zh,
        list_distinct(flatten(list(owed.unsure_row_ids))) as row_ids
    from core.guidance_quarter as owed
    join named on owed.grid_id = named.grid_id
    where owed.is_blind
    group by owed.grid_id, named.name, owed.county_id, owed.period
),

-- 县区的同一缘由合起来另说
of_county as (
    select metric_id, county_id, month, reason_zh, rows_told(list_distinct(flatten(list(row_ids)))) as rows_zh
    from undecided
    group by metric_id, county_id, month, reason_zh
)

select
    undecided.metric_id,
    undecided.grid_id,
    undecided.name,
    undecided.county_id,
    undecided.month,
    undecided.reason_zh,
    rows_told(undecided.row_ids) as rows_zh,
    of_county.rows_zh as county_rows_zh
from undecided
join of_county
    on
        undecided.metric_id = of_county.metric_id
        and undecided.county_id = of_county.county_id
        and undecided.month = of_county.month
        and undecided.reason_zh = of_county.reason_zh
