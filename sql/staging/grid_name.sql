-- 网格名称：某一报送单位的台账里，一个写法指哪个网格；多于一个候选时不认，只属于另一个县区的记下是哪个县区
-- 粒度：county_id, name
-- 依据：内置名录、网格登记表接收了的名称与曾用名、县区写法（profiles）
with listed as (
    select grid_id, county_id, level, name from seed.grid
    union all
    select grid_id, county_id, level, unnest(string_split(aliases, ';')) as name
    from seed.grid
    where aliases is not null
),

former as (
    select grid_id, county_id, unnest(former_name) as name from staging.grid_registered
),

given as (
    select grid_id, name from listed
    union all
    select grid_id, name from staging.grid_registered
    union all
    -- 拆分、改设者写的曾用名若是另一网格在名录里的名称，仍归那个网格
    select former.grid_id, former.name
    from former
    where
        not exists (
            select 1
            from listed
            where
                grid_text(listed.name) = grid_text(former.name)
                and listed.grid_id <> former.grid_id
                and (listed.level < 3 or listed.county_id = former.county_id)
        )
),

home as (
    select given.grid_id, grid_text(given.name) as name, grid_home.level, grid_home.county_id
    from given
    join staging.grid_home as grid_home on given.grid_id = grid_home.grid_id
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

-- 县区所属的一级网格单元：名录所列，或登记表改属的
unit as (
    select grid_id as county_id, parent_id as unit_id from seed.grid where level = 2
    union
    select grid_id as county_id, parent_id as unit_id from staging.grid_registered where level = 2
),

scoped as (
    select county_id, name, grid_id from spelt where level in (2, 3)
    union all
    select 'city' as county_id, name, grid_id from spelt
    union all
    select county.county_id, spelt.name, spelt.grid_id
    from spelt
    join seed.grid as county on county.level = 2
    where spelt.level = 0
    union all
    select unit.county_id, spelt.name, spelt.grid_id
    from spelt
    join unit on spelt.level = 1 and spelt.grid_id = unit.unit_id
    union all
    select county_id, grid_text(name) as name, grid_id from seed.profile_name
),

local as (
    select county_id, name, min(grid_id) as grid_id, count(distinct grid_id) as candidates
    from scoped
    where name <> ''
    group by county_id, name
)

select
    county_id,
    name,
    case when candidates = 1 then grid_id end as grid_id,
    candidates,
    cast(null as varchar) as elsewhere_id
from local
union all
select
    sender.county_id,
    spelt.name,
    cast(null as varchar) as grid_id,
    cast(0 as bigint) as candidates,
    min(spelt.county_id) as elsewhere_id
from spelt
join seed.grid as sender on sender.level = 2
left join local on sender.county_id = local.county_id and spelt.name = local.name
where spelt.level in (2, 3) and spelt.name <> '' and local.name is null
group by sender.county_id, spelt.name
having count(distinct spelt.county_id) = 1
