-- 网格名称：某一报送单位的台账里，一个写法指哪个网格；多于一个候选时不认
-- 粒度：county_id, name
-- 依据：内置名录、网格登记表的名称与曾用名、县区写法（profiles）
with given as (
    select grid_id, name from seed.grid
    union all
    select grid_id, unnest(string_split(aliases, ';')) as name
    from seed.grid
    where aliases is not null
    union all
    select seed_grid.grid_id, grid_text(filled(delivered.name)) as name
    from raw.grid as delivered
    join staging.source_file as file on delivered.file_id = file.file_id
    join seed.grid as seed_grid on read_code(filled(delivered.code)) = seed_grid.code
    union all
    select seed_grid.grid_id, unnest(read_list(filled(delivered.former_name))) as name
    from raw.grid as delivered
    join staging.source_file as file on delivered.file_id = file.file_id
    join seed.grid as seed_grid on read_code(filled(delivered.code)) = seed_grid.code
    union all
    select concat('g', read_code(filled(delivered.code))) as grid_id, grid_text(filled(delivered.name)) as name
    from raw.grid as delivered
    join staging.source_file as file on delivered.file_id = file.file_id
    where
        regexp_matches(read_code(filled(delivered.code)), '^\d{9}$')
        and read_code(filled(delivered.code)) not in (select code from seed.grid)
),

-- 新设网格按编码前六位归县
home as (
    select
        given.grid_id,
        grid_text(given.name) as name,
        coalesce(seed_grid.level, 3) as level,
        coalesce(seed_grid.county_id, county.county_id) as county_id,
        coalesce(seed_grid.unit_id, county.unit_id) as unit_id
    from given
    left join seed.grid as seed_grid on given.grid_id = seed_grid.grid_id
    left join seed.grid as county on county.level = 2 and substr(given.grid_id, 2, 6) = county.code
    where given.name is not null
),

spelt as (
    select * from home
    union all
    select * replace (regexp_replace(name, '(回族乡|街道办事处|街道|镇|乡)$', '') as name) from home
    where level = 3 and length(regexp_replace(name, '(回族乡|街道办事处|街道|镇|乡)$', '')) >= 2
    union all
    select home.* replace (concat(home.name, suffix.text) as name)
    from home
    cross join (
        values ('人民政府'), ('政府'), ('办事处'), ('自然资源和生态环境办公室'), ('综合行政执法大队')
    ) as suffix (text)
    where home.level = 3
    union all
    select home.* replace (concat(county.name, home.name) as name)
    from home
    join seed.grid as county on county.level = 2 and home.county_id = county.county_id
    where home.level = 3
),

scoped as (
    select county_id, name, grid_id from spelt where level in (2, 3)
    union all
    select 'city' as county_id, name, grid_id from spelt
    union all
    select county.county_id, spelt.name, spelt.grid_id
    from spelt
    join seed.grid as county on county.level = 2
    where spelt.level = 0 or (spelt.level = 1 and spelt.grid_id = county.unit_id)
    union all
    select county_id, grid_text(name) as name, grid_id from seed.profile_name
)

select
    county_id,
    name,
    case when count(distinct grid_id) = 1 then min(grid_id) end as grid_id,
    count(distinct grid_id) as candidates
from scoped
where name <> ''
group by county_id, name
