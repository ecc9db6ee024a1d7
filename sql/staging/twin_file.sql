-- 双份文件：县区与市支队文件夹里逐字节相同的台账，只作一家的报送；一行是其中不作数的一件
-- 粒度：file_id
-- 依据：谁的台账，看行里写的是谁的网格：写别处网格的、由一级网格实施的行超过一半，是市支队的，否则是该县的（名称写法多样，认不出的不算别处的）
with name as (
    select county_id, level, grid_text(unnest(list_append(string_split(aliases, ';'), name))) as name from seed.grid
),

known as (
    select delivery.file_id, delivery.path, delivery.sha256, delivery.county_id
    from raw.delivery as delivery
    cross join seed.moment as moment
    where delivery.received_at <= moment.known_at
),

twin as (
    select county.file_id, county.path, county.county_id, city.file_id as city_file_id, city.path as city_path
    from known as county
    join known as city on county.sha256 = city.sha256 and city.county_id = 'city' and county.county_id <> 'city'
),

told as (
    select file_id, grid_text(grid) as grid, grid_text(by_grid) as by_grid from raw.patrol
    union all
    select file_id, grid_text(grid) as grid, grid_text(duty_grid) as by_grid from raw.problem
),

judged as (
    select
        twin.file_id,
        twin.path,
        twin.city_file_id,
        twin.city_path,
        count(*) filter (
            where
                (
                    told.grid not in (select other.name from name as other where other.county_id <> twin.county_id)
                    or told.grid in (select own.name from name as own where own.county_id = twin.county_id)
                )
                and coalesce(told.by_grid not in (select unit.name from name as unit where unit.level < 2), true)
        ) as home_rows,
        count(*) as all_rows
    from twin
    join told on twin.file_id = told.file_id
    group by twin.file_id, twin.path, twin.city_file_id, twin.city_path
)

select
    case when 2 * home_rows >= all_rows then city_file_id else file_id end as file_id,
    min(case when 2 * home_rows >= all_rows then path else city_path end) as owner_path
from judged
group by case when 2 * home_rows >= all_rows then city_file_id else file_id end
