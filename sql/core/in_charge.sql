-- 在岗责任人：一行是一个网格无人变动的一段时间，责任人是谁、由谁代理、有没有人；各段首尾相接
-- 粒度：grid_id, valid_from
-- 依据：方案一 责任到人、定人定岗。请假的仍是在任责任人，有无代理都算在岗；抽调的由别处用人，无人代理的算缺
-- 代理人是任职者自己请假、抽调所写的代理人，或代理本岗的：任职者不在、岗位空缺的，或任职者到岗之后才代理的
with post as (
    select grid_id, case when level = 3 then 'body_head' else 'grid_chief' end as post
    from staging.grid_home
    where level in (1, 2, 3)
),

away as (
    select
        absence.grid_id,
        absence.name,
        absence.kind,
        absence.valid_from,
        coalesce(absence.valid_to, date '9999-12-31') as valid_to,
        coalesce(absence.deputy, case when absence.kind = 'acting' then absence.name end) as deputy,
        absence.post = post.post as is_of_post,
        absence.row_id
    from core.absence as absence
    join post on absence.grid_id = post.grid_id
),

-- 任职的人、代理的人变动的日子
turning as (
    select grid_id, date '1900-01-01' as day from post
    union
    select grid_id, valid_from as day from core.duty_holder
    union
    select grid_id, plus_days(valid_to, 1) as day from core.duty_holder where valid_to is not null
    union
    select grid_id, valid_from as day from away
    union
    select grid_id, plus_days(valid_to, 1) as day from away where valid_to < date '9999-12-31'
),

span as (
    select
        grid_id,
        day as valid_from,
        coalesce(plus_days(lead(day) over (partition by grid_id order by day), -1), date '9999-12-31') as valid_to
    from turning
),

held as (
    select
        span.grid_id,
        span.valid_from,
        holder.person_id,
        holder.name,
        holder.valid_from as since,
        holder.row_id,
        coalesce(bool_or(away.kind = 'seconded'), false) as is_seconded,
        coalesce(bool_or(away.kind = 'leave'), false) as is_on_leave
    from span
    join core.duty_holder as holder
        on
            span.grid_id = holder.grid_id
            and span.valid_from >= holder.valid_from
            and (holder.valid_to is null or span.valid_from <= holder.valid_to)
    left join away
        on
            holder.grid_id = away.grid_id
            and holder.name = away.name
            and span.valid_from between away.valid_from and away.valid_to
    group by span.grid_id, span.valid_from, holder.person_id, holder.name, holder.valid_from, holder.row_id
),

-- 同日到岗的两人，在的先于请假的，请假的先于抽调的
holding as (
    select *
    from held
    qualify
        row_number() over (
            partition by grid_id, valid_from
            order by is_seconded asc, is_on_leave asc, since desc, name asc, person_id asc
        ) = 1
),

standing_in as (
    select span.grid_id, span.valid_from, away.deputy, away.row_id
    from span
    join away on span.grid_id = away.grid_id and span.valid_from between away.valid_from and away.valid_to
    left join holding on span.grid_id = holding.grid_id and span.valid_from = holding.valid_from
    where
        away.deputy is not null
        and away.deputy <> coalesce(holding.name, '')
        and (
            away.name = holding.name
            or (
                away.is_of_post
                and (
                    holding.name is null
                    or holding.is_seconded
                    or holding.is_on_leave
                    or (away.kind = 'acting' and away.valid_from >= holding.since)
                )
            )
        )
    qualify
        row_number() over (
            partition by span.grid_id, span.valid_from
            order by coalesce(away.name = holding.name, false) desc, away.valid_from desc, away.deputy asc, away.row_id asc
        ) = 1
)

select
    span.grid_id,
    span.valid_from,
    span.valid_to,
    holding.name,
    holding.since,
    standing_in.deputy,
    standing_in.deputy is not null or not coalesce(holding.is_seconded, true) as is_filled,
    coalesce(holding.is_on_leave, false) and standing_in.deputy is null as is_left_alone,
    coalesce(holding.row_id, standing_in.row_id) as row_id
from span
left join holding on span.grid_id = holding.grid_id and span.valid_from = holding.valid_from
left join standing_in on span.grid_id = standing_in.grid_id and span.valid_from = standing_in.valid_from
