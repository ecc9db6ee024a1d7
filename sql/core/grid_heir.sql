-- 网格撤销之后由谁承担：一行是一个已撤销的网格在一段时间里的承担者，是其时还在的最近的上级
-- 粒度：grid_id, valid_from
-- 依据：方案二 三级网格逐级隶属；撤销的网格没有人可以履行，未了的由其上级接着办。登记表没有写明并入哪里的列
with ended as (
    select
        span.grid_id,
        span.valid_to as ended_on,
        coalesce(
            plus_days(lead(span.valid_from) over (partition by span.grid_id order by span.valid_from), -1), date '9999-12-31'
        ) as until_day
    from core.grid_span as span
),

above as (
    select
        ended.grid_id,
        ended.ended_on,
        ended.until_day,
        path.ancestor_id as heir_id,
        path.ancestor_level as heir_level,
        coalesce(stands.valid_to, date '9999-12-31') as stands_until
    from ended
    cross join seed.moment as moment
    join core.grid_path as path
        on
            ended.grid_id = path.leaf_id
            and path.ancestor_level between 1 and path.leaf_level - 1
            and ended.ended_on between path.valid_from and path.valid_to
    join core.grid_span as stands
        on
            path.ancestor_id = stands.grid_id
            and stands.valid_from <= ended.ended_on
            and (stands.valid_to is null or stands.valid_to >= ended.ended_on)
    where ended.ended_on < cast(moment.as_of as date)
),

-- 上级后来也撤销的，再由上级的上级
in_turn as (
    select
        above.*,
        greatest(
            plus_days(ended_on, 1),
            coalesce(plus_days(lag(stands_until) over (partition by grid_id, ended_on order by heir_level desc), 1), ended_on)
        ) as valid_from,
        least(until_day, stands_until) as valid_to
    from above
),

named as (
    select grid_id, max_by(name, valid_from) as name from core.grid group by grid_id
)

select
    in_turn.grid_id,
    in_turn.heir_id,
    in_turn.heir_level,
    in_turn.valid_from,
    in_turn.valid_to,
    concat_ws(
        '', '；', own.name, ' ', cast(in_turn.ended_on as varchar), ' 已撤销，由', heir.name, '接着承担'
    ) as told_zh
from in_turn
join named as own on in_turn.grid_id = own.grid_id
join named as heir on in_turn.heir_id = heir.grid_id
where in_turn.valid_from <= in_turn.valid_to
