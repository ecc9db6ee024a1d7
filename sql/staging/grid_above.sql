-- 上级网格的写法：网格登记表“上级网格”一栏可以怎样写；只认内置的市、单元、县区，不认登记表自己报的名称
-- 粒度：county_id, name
-- 依据：方案二 三级网格逐级隶属；上级若也从登记表认名称，登记表就得先认出自己
with listed as (
    select grid_id, level, name from seed.grid where level < 3
    union all
    select grid_id, level, unnest(string_split(aliases, ';')) as name
    from seed.grid
    where level < 3 and aliases is not null
    union all
    select grid_id, level, code as name from seed.grid where level < 3
    union all
    select grid_id, level, grid_id as name from seed.grid where level < 3
),

scoped as (
    select sender.county_id, listed.name, listed.grid_id, listed.level
    from listed
    cross join (select distinct county_id from seed.grid) as sender
    union all
    select own.county_id, own.name, own.grid_id, seed_grid.level
    from seed.profile_name as own
    join seed.grid as seed_grid on own.grid_id = seed_grid.grid_id and seed_grid.level < 3
)

-- 编码也可以写在这一栏，所以按编码的读法比较
select county_id, read_code(name) as name, min(grid_id) as grid_id, min(level) as level
from scoped
group by county_id, read_code(name)
having count(distinct grid_id) = 1
