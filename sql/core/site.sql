-- 点位：一行是一个点位的一个时期；后一时期开始，前一时期即止于其前一日
-- 粒度：site_id, valid_from
-- 依据：方案二（二）2、二（三）1 排查点位；列入日期未写者视为一直在列
with listed as (
    select
        case
            when site.site_no is not null then concat(site.county_id, '/', site.site_no)
            else concat(site.county_id, '/', site.grid_id, '/', site.name)
        end as site_id,
        site.*
    from staging.site_now as site
    -- 同一点位同一天列入的，以最后报送的一行为准
    qualify row_number() over (partition by site_id, site.valid_from order by site.file_received_at desc, site.row_id desc) = 1
),

followed as (
    select
        listed.*,
        lead(listed.valid_from) over (partition by listed.site_id order by listed.valid_from nulls first) as next_from
    from listed
)

select
    site_id,
    site_no,
    county_id,
    name,
    kind,
    grid_id,
    is_key,
    risk,
    cycle_visits as visits_per,
    cycle,
    listing,
    lon,
    lat,
    valid_from,
    least(valid_to, plus_days(next_from, -1)) as valid_to,
    version_no,
    absent_in_latest,
    row_id
from followed
