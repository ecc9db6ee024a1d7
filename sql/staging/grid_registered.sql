-- 登记在册的网格：登记表每一个接收了的时期，指哪个网格，现行内容如何；退回的行不作数，未到设立日的新网格还不存在
-- 粒度：row_key
-- 依据：只有接收的行才算数；晚于计算时点的事视为尚未发生
with accepted as (
    select
        version.row_key,
        max_by(identity.grid_id, version.version_no) as grid_id,
        max_by(identity.grid_level, version.version_no) as level,
        max_by(identity.grid_county_id, version.version_no) as county_id,
        max_by(version.code, version.version_no) as code,
        max_by(version.name, version.version_no) as name,
        min(version.valid_from) as valid_from,
        -- 后来的文件缺某列时沿用此前所报；有这一列而不填，就是改为空
        arg_max_null(version.valid_to, version.version_no) filter (
            where list_contains(version.fields, 'valid_to')
        ) as valid_to,
        arg_max_null(version.parent, version.version_no) filter (
            where list_contains(version.fields, 'parent')
        ) as parent_id,
        arg_max_null(version.former_name, version.version_no) filter (
            where list_contains(version.fields, 'former_name')
        ) as former_name,
        arg_max_null(version.is_patrol_grid, version.version_no) filter (
            where list_contains(version.fields, 'is_patrol_grid')
        ) as is_patrol_grid,
        arg_max_null(version.is_key_area, version.version_no) filter (
            where list_contains(version.fields, 'is_key_area')
        ) as is_key_area,
        -- 报来的人：行的编号按报送单位分开，各版同出一家
        max_by(version.county_id, version.version_no) as sender_id,
        max_by(version.file_received_at, version.version_no) as received_at,
        max_by(version.month, version.version_no) as month,
        max_by(version.row_id, version.version_no) as row_id
    from staging.grid_version as version
    join staging.grid_identity as identity on version.row_id = identity.row_id
    where version.disposition = 'accepted'
    group by version.row_key
),

-- 这个止日是何时首次报来的
ended as (
    select row_key, valid_to, min(file_received_at) as end_told_at
    from staging.grid_version
    where disposition = 'accepted' and valid_to is not null
    group by row_key, valid_to
),

placed as (
    select
        accepted.*,
        ended.end_told_at,
        seed_grid.grid_id is not null as is_listed,
        min(accepted.valid_from) over (partition by accepted.grid_id) as exists_from,
        -- 同县两个新设网格同名，是编码报错后改报：以最后收到的为准
        last_value(accepted.grid_id) over (
            partition by accepted.county_id, seed_grid.grid_id is null, grid_text(accepted.name)
            order by accepted.received_at, accepted.month, accepted.row_id
            rows between unbounded preceding and unbounded following
        ) as named_last
    from accepted
    left join seed.grid as seed_grid on accepted.grid_id = seed_grid.grid_id
    left join ended on accepted.row_key = ended.row_key and accepted.valid_to = ended.valid_to
)

select placed.* exclude (is_listed, exists_from, named_last)
from placed
cross join seed.moment as moment
where
    placed.is_listed
    or (placed.exists_from <= cast(moment.as_of as date) and placed.grid_id = placed.named_last)
