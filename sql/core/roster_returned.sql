-- 名册退回待改的行：一行是名册里一人的一行，已退回而尚未改好；写岗位空缺的不算
-- 粒度：row_id
-- 依据：坏数据退回而不丢失；一 定人定岗。改好之前，不能说名册没有列他
select
    version.row_id,
    version.row_number,
    version.grid_id,
    home.county_id,
    version.name,
    version.valid_from,
    version.valid_to
from staging.person_version as version
join staging.grid_home as home on version.grid_id = home.grid_id
left join staging.successor as successor
    on version.row_id = successor.row_id and successor.disposition = 'rejected'
where
    version.disposition = 'rejected'
    and successor.row_id is null
    and not contains(version.faults, 'name:post_vacant:')
    -- 后来的名册里有他在该网格的一行，就是改好了，日期改得与原先对不上也是
    and not exists (
        select 1
        from staging.person_now as mended
        where
            mended.grid_id = version.grid_id
            and mended.name = version.name
            and mended.file_received_at > version.file_received_at
    )
-- 退回后原样又报来、又退回的，只看最后报来的
qualify
    version.file_received_at = max(version.file_received_at) over (partition by version.grid_id, version.name)
