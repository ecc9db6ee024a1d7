-- 网格：一行是一个网格已开始的一个时期；登记表所报接在内置名录之后，前一时期止于后一时期开始前一日
-- 粒度：grid_id, valid_from
-- 依据：方案二 网格划分及附件分工表；晚于计算时点才设立、更名的，视为尚未发生
-- owes_until 是考核义务止于哪天：县区事后才报的止日，收到之前照样有义务；是否承担巡查只认市支队所登记
-- 登记表重报时改了设立日期的，先前的一行不再现行；整个网格都没有现行的行时，数据不因不再出现而消失
with current_row as (
    select registered.*, current.row_key is not null as is_current
    from staging.grid_registered as registered
    left join staging.grid_now as current on registered.row_key = current.row_key
    qualify is_current or not bool_or(current.row_key is not null) over (partition by registered.grid_id)
),

-- 市支队在这一时期或此前最后所说的
by_city as (
    select
        period.row_key,
        max_by(
            said.is_patrol_grid, concat(cast(said.valid_from as varchar), cast(said.received_at as varchar), said.row_id)
        ) as is_patrol_grid
    from current_row as period
    join current_row as said
        on
            period.grid_id = said.grid_id
            and said.sender_id = 'city'
            and said.is_patrol_grid is not null
            and said.valid_from <= period.valid_from
    group by period.row_key
),

delivered as (
    select
        current_row.grid_id,
        -- 另一份名录的代码只用来认，不改网格自己的编码
        coalesce(seed_grid.code, current_row.code) as code,
        current_row.name,
        current_row.level,
        coalesce(current_row.parent_id, seed_grid.parent_id, current_row.county_id) as parent_id,
        current_row.county_id,
        coalesce(by_city.is_patrol_grid, seed_grid.is_patrol_grid, true) as is_patrol_grid,
        coalesce(current_row.is_key_area, false) as is_key_area,
        current_row.valid_from,
        current_row.valid_to,
        case
            when current_row.sender_id = 'city' then current_row.valid_to
            else greatest(current_row.valid_to, cast(current_row.end_told_at as date))
        end as owes_until,
        current_row.row_id
    from current_row
    left join by_city on current_row.row_key = by_city.row_key
    left join seed.grid as seed_grid on current_row.grid_id = seed_grid.grid_id
    -- 同一网格同一天以最后收到的一行为准
    qualify
        row_number() over (
            partition by current_row.grid_id, current_row.valid_from
            order by current_row.received_at desc, current_row.month desc, current_row.row_id desc
        ) = 1
),

period as (
    select * from delivered
    union all
    select
        grid_id, code, name, level, parent_id, county_id, is_patrol_grid, false as is_key_area, valid_from,
        cast(null as date) as valid_to, cast(null as date) as owes_until, cast(null as varchar) as row_id
    from seed.grid
    where
        -- 所报时期在名录起始之日或更早开始的，取代名录
        not exists (
            select 1 from delivered
            where delivered.grid_id = grid.grid_id and delivered.valid_from <= grid.valid_from
        )
),

ended as (
    select
        period.*,
        plus_days(lead(period.valid_from) over (partition by period.grid_id order by period.valid_from), -1) as next_end,
        row_number() over (partition by period.grid_id order by period.valid_from) as period_no
    from period
),

begun as (
    select ended.*
    from ended
    cross join seed.moment as moment
    -- 名录里的网格在方案之前的时点也在
    where ended.valid_from <= cast(moment.as_of as date) or ended.period_no = 1
),

county_unit as (
    select grid_id as county_id, parent_id as unit_id
    from begun
    where level = 2
    qualify row_number() over (partition by grid_id order by valid_from desc) = 1
)

select
    begun.grid_id,
    begun.code,
    begun.name,
    begun.level,
    begun.parent_id,
    begun.county_id,
    case begun.level when 1 then begun.grid_id when 2 then begun.parent_id else county_unit.unit_id end as unit_id,
    begun.is_patrol_grid,
    begun.is_key_area,
    begun.valid_from,
    least(begun.valid_to, begun.next_end) as valid_to,
    least(begun.owes_until, begun.next_end) as owes_until,
    seed_grid.tile_x,
    seed_grid.tile_y,
    begun.row_id
from begun
left join seed.grid as seed_grid on begun.grid_id = seed_grid.grid_id
left join county_unit on begun.county_id = county_unit.county_id
