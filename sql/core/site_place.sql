-- 点位归谁巡查：一行是清单的一版里一个点位的一个时期，由哪个网格巡查，从何时到何时一直在列、一直是重点、一直挂牌
-- 粒度：owner_county_id, known_on, site_id, valid_from
-- 依据：二（二）2 二级网格排查工矿企业、饮用水水源地等；点位在一级网格的归一级，写在全市的说不出归谁
-- 频次改了另起一期，前后相连的仍是一直在列，换一期不能躲过一期；结束于 known_on 至 known_to 的各期照这一版办
with placed as (
    select
        site.site_id,
        site.county_id,
        site.known_on,
        site.known_to,
        site.last_on,
        grid_text(site.name) as site_text,
        site.grid_id,
        case when home.level <= 2 then site.grid_id else home.county_id end as owner_grid_id,
        site.owner_county_id,
        site.kind,
        site.is_key,
        site.listing,
        site.cycle,
        site.visits_per,
        coalesce(site.valid_from, date '1900-01-01') as valid_from,
        coalesce(site.valid_to, date '9999-12-31') as valid_to,
        site.row_id
    from core.site_known as site
    join staging.grid_home as home on site.grid_id = home.grid_id
),

-- 县区清单里已有的，市支队清单再列的是同一处
single as (
    select placed.*
    from placed
    where
        placed.county_id = placed.owner_county_id
        or not exists (
            select 1
            from placed as own
            where
                own.owner_grid_id = placed.owner_grid_id
                and own.known_on = placed.known_on
                and own.site_text = placed.site_text
                and own.county_id = own.owner_county_id
        )
),

chained as (
    select
        single.*,
        coalesce(plus_days(lag(valid_to) over in_time, 1) = valid_from, false) as follows,
        coalesce(lag(is_key) over in_time, false) as was_key,
        lag(listing) over in_time is not null as was_listed
    from single
    window in_time as (partition by owner_county_id, known_on, site_id order by valid_from)
),

run as (
    select
        chained.*,
        sum(case when follows then 0 else 1 end) over in_time as list_run,
        sum(case when follows and was_key = coalesce(is_key, false) then 0 else 1 end) over in_time as key_run,
        sum(case when follows and was_listed = (listing is not null) then 0 else 1 end) over in_time as listed_run
    from chained
    window in_time as (partition by owner_county_id, known_on, site_id order by valid_from)
),

-- 一处的名称在一个网格里有几处同名
namesake as (
    select owner_grid_id, site_text, count(distinct site_id) as sites from single group by owner_grid_id, site_text
)

select
    run.site_id,
    run.site_text,
    run.grid_id,
    run.owner_grid_id,
    home.level as owner_level,
    run.owner_county_id,
    -- 同名的几处，要看巡查的地点；否则在责任网格里就是它
    case when namesake.sites > 1 then run.grid_id else run.owner_grid_id end as where_grid_id,
    run.kind,
    run.is_key,
    run.listing,
    run.cycle,
    run.visits_per,
    run.known_on,
    run.known_to,
    run.last_on,
    run.valid_from,
    run.valid_to,
    min(run.valid_from) over (partition by run.owner_county_id, run.known_on, run.site_id, run.list_run) as standing_from,
    max(run.valid_to) over (partition by run.owner_county_id, run.known_on, run.site_id, run.key_run) as key_to,
    min(run.valid_from) over (partition by run.owner_county_id, run.known_on, run.site_id, run.listed_run) as listed_from,
    max(run.valid_to) over (partition by run.owner_county_id, run.known_on, run.site_id, run.listed_run) as listed_to,
    run.row_id
from run
join staging.grid_home as home on run.owner_grid_id = home.grid_id
join namesake on run.owner_grid_id = namesake.owner_grid_id and run.site_text = namesake.site_text
