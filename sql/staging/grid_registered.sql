-- 登记在册的网格：登记表每一个接收了的时期所指网格及其编码、名称、曾用名；退回的行不作数，未到设立日的新网格还不存在
-- 粒度：row_key
-- 依据：只有接收的行才算数；晚于计算时点的事视为尚未发生
with accepted as (
    select
        version.row_key,
        min(version.valid_from) as valid_from,
        max_by(identity.grid_id, version.version_no) as grid_id,
        max_by(identity.grid_level, version.version_no) as level,
        max_by(identity.grid_county_id, version.version_no) as county_id,
        max_by(version.parent, version.version_no) as parent_id,
        max_by(version.code, version.version_no) as code,
        max_by(version.name, version.version_no) as name,
        max_by(version.former_name, version.version_no) as former_name
    from staging.grid_version as version
    join staging.grid_identity as identity on version.row_id = identity.row_id
    where version.disposition = 'accepted'
    group by version.row_key
)

select accepted.*
from accepted
cross join seed.moment as moment
left join seed.grid as seed_grid on accepted.grid_id = seed_grid.grid_id
where seed_grid.grid_id is not null or accepted.valid_from <= cast(moment.as_of as date)
