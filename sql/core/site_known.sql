-- 当时所知的点位：一行是清单的一版里一个点位的一个时期；后一时期开始，前一时期即止于其前一日
-- 粒度：owner_county_id, known_on, site_id, valid_from
-- 依据：方案二（二）2、二（三）1 排查点位；后来的文件缺某列时沿用此前所报。列入日期未写者视为一直在列
with folded as (
    select
        edition.county_id as owner_county_id,
        edition.known_on,
        edition.known_to,
        told.site_id,
        told.row_key,
        max_by(told.county_id, told.version_no) as county_id,
        max_by(told.name, told.version_no) as name,
        max_by(told.kind, told.version_no) as kind,
        max_by(told.grid_id, told.version_no) as grid_id,
        max_by(told.owner_county_id, told.version_no) as placed_county_id,
        arg_max_null(told.is_key, told.version_no) filter (where has_column(told.fields, 'is_key')) as is_key,
        arg_max_null(told.cycle, told.version_no) filter (where has_column(told.fields, 'cycle')) as cycle,
        arg_max_null(told.cycle_visits, told.version_no) filter (where has_column(told.fields, 'cycle')) as visits_per,
        arg_max_null(told.listing, told.version_no) filter (where has_column(told.fields, 'listing')) as listing,
        max_by(told.valid_from, told.version_no) as valid_from,
        arg_max_null(told.valid_to, told.version_no) filter (
            where has_column(told.fields, 'valid_to') and not says_no_date(told.faults, 'valid_to')
        ) as valid_to,
        max(told.file_received_at) as file_received_at,
        max_by(told.row_id, told.version_no) as row_id
    from core.site_edition as edition
    join (select distinct site_id, owner_county_id from core.site_told) as place
        on edition.county_id = place.owner_county_id
    join core.site_told as told
        on
            place.site_id = told.site_id
            and told.known_on <= edition.known_on
    group by edition.county_id, edition.known_on, edition.known_to, told.site_id, told.row_key
),

listed as (
    select *
    from folded
    where placed_county_id = owner_county_id
    -- 同一点位同一天列入的，以最后报送的一行为准
    qualify
        row_number() over (
            partition by owner_county_id, known_on, site_id, valid_from order by file_received_at desc, row_id desc
        ) = 1
),

followed as (
    select
        listed.*,
        lead(valid_from) over (
            partition by owner_county_id, known_on, site_id order by valid_from nulls first
        ) as next_from
    from listed
)

select
    followed.site_id, followed.county_id, followed.owner_county_id, followed.known_on, followed.known_to, followed.name,
    followed.kind, followed.grid_id, followed.is_key, followed.cycle, followed.visits_per, followed.listing,
    followed.valid_from, least(followed.valid_to, plus_days(followed.next_from, -1)) as valid_to, last_told.last_on,
    followed.row_id
from followed
join (select site_id, max(known_on) as last_on from core.site_told group by site_id) as last_told
    on followed.site_id = last_told.site_id
