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

body as (
    select unnest(['人民政府', '政府', '生态环境局', '生态环境分局', '环境保护局', '环保局']) as text
),

bureau as (
    select text from body
    union all
    select '局' as text
),

-- 分局名称之前写或不写上级局名：益阳市生态环境局安化分局、安化分局
place as (
    select '' as text
    union all
    select concat(name, '生态环境局') from seed.grid where level = 0
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
        values
        ('人民政府'), ('政府'), ('办事处'), ('自然资源和生态环境办公室'), ('综合行政执法大队'),
        ('生态环境站'), ('生态环境办'), ('环保站'), ('环保办'), ('环保所')
    ) as suffix (text)
    where home.level = 3
    union all
    -- 市、县两级的政府与生态环境部门，即该级网格
    select home.* replace (concat(home.name, suffix.text) as name)
    from home
    cross join body as suffix
    where home.level in (0, 2) and regexp_matches(home.name, '(县|区|市)$')
    union all
    select home.* replace (concat(home.name, suffix.text) as name)
    from home
    cross join (values ('生态环境保护综合行政执法支队'), ('执法支队'), ('支队')) as suffix (text)
    where home.level = 0
    union all
    select home.* replace (concat(place.text, home.name, '分局') as name)
    from home
    cross join place
    where home.level = 2 and not regexp_matches(home.name, '(大队|支队)$')
    union all
    select home.* replace (concat(county.name, home.name) as name)
    from home
    join seed.grid as county on county.level = 2 and home.county_id = county.county_id
    where home.level = 3
),

-- 不写地名的（县政府、市局），在县区自己的台账里指本县区，指上级的凡名称末字相同即分不清
unnamed as (
    select home.grid_id, concat(right(home.name, 1), suffix.text) as name, home.level, home.county_id
    from home
    cross join bureau as suffix
    where home.level in (0, 2) and regexp_matches(home.name, '(县|区|市)$')
    union all
    -- 分局只有县区一级有
    select home.grid_id, concat(place.text, '分局') as name, home.level, home.county_id
    from home
    cross join (values (''), ('县'), ('区'), ('市')) as place (text)
    where home.level = 2 and regexp_matches(home.name, '(县|区|市)$') and place.text in ('', right(home.name, 1))
    union all
    select home.grid_id, concat(right(home.name, 1), suffix.text) as name, home.level, home.county_id
    from home
    cross join (values ('生态环境保护综合行政执法支队'), ('执法支队')) as suffix (text)
    where home.level = 0 and regexp_matches(home.name, '市$')
),

-- 改设了街道、镇的，此前叫镇、乡（龙光桥镇今为龙光桥街道）；另有网格叫这个名称的除外
recast as (
    select home.grid_id, concat(regexp_replace(home.name, '(街道办事处|街道|镇)$', ''), ending.text) as name, home.county_id
    from home
    cross join (values ('镇'), ('乡')) as ending (text)
    where
        home.level = 3
        and regexp_matches(home.name, concat('..(街道办事处|街道', case when ending.text = '乡' then '|镇' else '' end, ')$'))
        and not exists (
            select 1 from spelt
            where spelt.name = concat(regexp_replace(home.name, '(街道办事处|街道|镇)$', ''), ending.text)
        )
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
    union all
    select county_id, name, grid_id from unnamed where level = 2
    union all
    select county.county_id, unnamed.name, unnamed.grid_id
    from unnamed
    join seed.grid as county on county.level in (0, 2)
    where unnamed.level = 0
    union all
    select county_id, name, grid_id from recast
    union all
    select 'city' as county_id, name, grid_id from recast
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
