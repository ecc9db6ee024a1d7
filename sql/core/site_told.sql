-- 点位所报：一行是一个点位的一版；known_on 是这一版自哪一天起作数：在这一天或其后结束的各期照它办
-- 粒度：row_id
-- 依据：二（二）2、二（三）1 排查点位；四（二）督查考核。一期结束时报来的约束那一期，事后改报的不及于此前各期
-- 首次报来的及于七日之内刚结束的各期（清单与当月台账同报），首报七日之内的更正同首报
with version as (
    select
        told.row_id,
        told.row_key,
        told.version_no,
        told.county_id,
        case
            when told.site_no is not null then concat_ws('', told.county_id, '/', told.site_no)
            else concat_ws('', told.county_id, '/', told.grid_id, '/', told.name)
        end as site_id,
        told.name,
        told.kind,
        told.grid_id,
        told.is_key,
        told.cycle,
        told.cycle_visits,
        told.listing,
        told.valid_from,
        told.valid_to,
        told.fields,
        told.faults,
        told.file_received_at,
        cast(told.file_received_at as date) as received_on
    from staging.site_version as told
    where told.disposition = 'accepted'
),

dated as (
    select version.*, min(version.received_on) over (partition by version.site_id) as first_on from version
)

select
    dated.row_id,
    dated.row_key,
    dated.version_no,
    dated.county_id,
    dated.site_id,
    dated.name,
    dated.kind,
    dated.grid_id,
    home.county_id as owner_county_id,
    dated.is_key,
    dated.cycle,
    dated.cycle_visits,
    dated.listing,
    dated.valid_from,
    dated.valid_to,
    dated.fields,
    dated.faults,
    dated.file_received_at,
    case
        when dated.received_on <= plus_days(dated.first_on, correction_days())
            then plus_days(dated.first_on, -correction_days())
        else dated.received_on
    end as known_on
from dated
join staging.grid_home as home on dated.grid_id = home.grid_id and home.level >= 1
