-- 登记表一行所指的网格：编码属于哪份名录、是哪个网格、哪一级、哪个县区；认不出的为空
-- 粒度：row_id
-- 依据：两份通行名录，同一代码可能指不同乡镇，以名称、再以曾用名认定；名录之外的 9 位代码按前六位归县，是新设网格
with listed as (
    select
        grid_id,
        level,
        county_id,
        code,
        other_list_code,
        list_transform(string_split(concat_ws(';', name, aliases), ';'), lambda x: grid_text(x)) as names
    from seed.grid
),

candidate as (
    select
        typed.row_id,
        listed.grid_id,
        listed.level,
        listed.county_id,
        case
            when list_contains(listed.names, grid_text(typed.name)) then 2
            when list_has_any(listed.names, list_transform(typed.former_name, lambda x: grid_text(x))) then 1
            else 0
        end as likeness
    from staging.grid_typed as typed
    join listed on typed.code = listed.code or typed.code = listed.other_list_code
    qualify likeness = max(likeness) over (partition by typed.row_id)
),

chosen as (
    select
        row_id, count(*) as candidates, min(grid_id) as grid_id, min(level) as level, min(county_id) as county_id
    from candidate
    group by row_id
),

placed as (
    select
        typed.row_id,
        grid_text(typed.name) as name,
        coalesce(chosen.candidates, 0) as candidates,
        case
            when chosen.candidates = 1 then chosen.grid_id
            when chosen.candidates is null and county.grid_id is not null then concat('g', typed.code)
        end as grid_id,
        case
            when chosen.candidates = 1 then chosen.level
            when chosen.candidates is null and county.grid_id is not null then 3
        end as grid_level,
        case
            when chosen.candidates = 1 then chosen.county_id
            when chosen.candidates is null then county.grid_id
        end as grid_county_id
    from staging.grid_typed as typed
    left join chosen on typed.row_id = chosen.row_id
    left join seed.grid as county
        on
            county.level = 2
            and substr(typed.code, 1, 6) = county.code
            and regexp_full_match(typed.code, '\d{9}')
),

-- 同县另一网格、或任一上级网格已用的名称
taken as (
    select distinct placed.row_id
    from placed
    join listed
        on
            list_contains(listed.names, placed.name)
            and placed.grid_id <> listed.grid_id
            and (listed.level < 3 or placed.grid_county_id = listed.county_id)
)

select
    placed.row_id,
    placed.candidates,
    placed.grid_id,
    placed.grid_level,
    placed.grid_county_id,
    taken.row_id is not null as is_name_taken
from placed
left join taken on placed.row_id = taken.row_id
