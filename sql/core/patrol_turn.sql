-- 巡查的第几次：一行是一个网格一个月（一个特殊时段）应有的第 k 个巡查日，有了没有，能不能判断
-- 粒度：grid_id, month, part, k
-- 依据：四（一）巡查；五（三）重点时段。特殊时段里的一天，既算当月的，也算时段的
-- 有说不清的巡查而次数不够的，该网格该月全部判断不了（core.unmeasurable_grid）
with done as (
    select
        asked.grid_id, asked.month, asked.part, day.met_at, day.met_row_id,
        row_number() over (partition by asked.grid_id, asked.month, asked.part order by day.day) as k
    from core.patrol_asked as asked
    join core.patrol_day as day
        on asked.part = '' and asked.grid_id = day.grid_id and asked.month = day.month
    union all
    select
        asked.grid_id, asked.month, asked.part, day.met_at, day.met_row_id,
        row_number() over (partition by asked.grid_id, asked.month, asked.part order by day.day) as k
    from core.patrol_asked as asked
    join core.patrol_day as day
        on asked.part <> '' and asked.grid_id = day.grid_id and day.day between asked.first_day and asked.last_day
),

unsure as (
    select grid_id, month, day, max(because) as because from core.patrol_unsure group by grid_id, month, day
),

blind as (
    select asked.grid_id, asked.month, asked.part, max(unsure.because) as because
    from core.patrol_asked as asked
    join unsure on asked.part = '' and asked.grid_id = unsure.grid_id and asked.month = unsure.month
    group by asked.grid_id, asked.month, asked.part
    union all
    select asked.grid_id, asked.month, asked.part, max(unsure.because) as because
    from core.patrol_asked as asked
    join unsure
        on asked.part <> '' and asked.grid_id = unsure.grid_id and unsure.day between asked.first_day and asked.last_day
    group by asked.grid_id, asked.month, asked.part
),

turn as (
    select
        asked.*,
        ordinal.n as k,
        done.met_at,
        done.met_row_id,
        case when done.met_at is null and asked.is_over and asked.is_delivered then blind.because end as because
    from core.patrol_asked as asked
    join core.ordinal as ordinal on asked.required >= ordinal.n
    left join done
        on
            asked.grid_id = done.grid_id
            and asked.month = done.month
            and asked.part = done.part
            and ordinal.n = done.k
    left join blind
        on asked.grid_id = blind.grid_id and asked.month = blind.month and asked.part = blind.part
)

select
    turn.grid_id,
    turn.name,
    turn.owner_level,
    turn.county_id,
    turn.month,
    turn.part,
    turn.k,
    turn.first_day,
    turn.last_day,
    turn.started_at,
    turn.due_at,
    turn.is_over,
    turn.is_delivered,
    turn.met_at,
    turn.met_row_id,
    turn.duty_row_id,
    turn.basis_zh,
    turn.because is not null as is_blind,
    max(turn.because) over (partition by turn.grid_id, turn.month) as blind_because
from turn
