-- 网格：一行是一个网格的一个时期；登记表所报接在内置名录之后，前一时期止于后一时期开始前一日
-- 粒度：grid_id, valid_from
-- 依据：方案二 网格划分及附件分工表
with delivered as (
    select
        coalesce(seed_grid.grid_id, concat('g', register.code)) as grid_id,
        register.code,
        register.name,
        cast(register.level as bigint) as level,
        coalesce(register.parent_id, seed_grid.parent_id) as parent_id,
        register.is_patrol_grid,
        register.is_key_area,
        register.valid_from,
        register.valid_to,
        register.row_id
    from staging.grid_now as register
    left join seed.grid as seed_grid on register.code = seed_grid.code
),

-- 同一编码同一天以最后报送的一行为准
period as (
    select * from delivered
    qualify row_number() over (partition by grid_id, valid_from order by row_id desc) = 1
    union all
    select
        grid_id, code, name, level, parent_id, is_patrol_grid,
        cast(null as boolean) as is_key_area, valid_from, cast(null as date) as valid_to, cast(null as varchar) as row_id
    from seed.grid
    where
        not exists (
            select 1 from delivered
            where delivered.grid_id = grid.grid_id and delivered.valid_from = grid.valid_from
        )
),

ended as (
    select
        period.*,
        plus_days(lead(period.valid_from) over (partition by period.grid_id order by period.valid_from), -1) as next_end
    from period
)

select
    ended.grid_id,
    ended.code,
    ended.name,
    ended.level,
    ended.parent_id,
    coalesce(seed_grid.county_id, county.county_id, 'city') as county_id,
    coalesce(seed_grid.unit_id, county.unit_id) as unit_id,
    coalesce(ended.is_patrol_grid, seed_grid.is_patrol_grid, true) as is_patrol_grid,
    coalesce(ended.is_key_area, false) as is_key_area,
    ended.valid_from,
    least(ended.valid_to, ended.next_end) as valid_to,
    seed_grid.tile_x,
    seed_grid.tile_y,
    ended.row_id
from ended
left join seed.grid as seed_grid on ended.grid_id = seed_grid.grid_id
left join seed.grid as county on county.level = 2 and ended.parent_id = county.grid_id
