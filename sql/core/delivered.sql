-- 已报送：某单位某月报来过某表，至少有一行可用，或该月各件都只有表头（无记录也是报送）
-- 粒度：county_id, month, table_name
-- 依据：四（三）反馈；各行全部退回的不算报送，否则退回反成了“未履行”。自有记录的那件收到之时算起，先发一张空表不算
with usable as (
    select distinct file_id, table_name from staging.row_outcome where disposition <> 'rejected'
),

-- 行里有日期就在这个月的，才是这个月的台账；放错文件夹的、只有表头的，不开启任何人的义务
dated as (
    select distinct file_id, 'patrol' as table_name, month_of(started_at) as month
    from staging.patrol_version
    where disposition <> 'rejected'
    union all
    select distinct file_id, 'problem' as table_name, month_of(discovered_at) as month
    from staging.problem_version
    where disposition <> 'rejected'
)

select
    sheet.county_id,
    sheet.month,
    sheet.table_name,
    min(sheet.received_at) as first_received_at,
    max(sheet.received_at) as last_received_at,
    min_by(sheet.content_id, concat(cast(sheet.received_at as varchar), sheet.file_id)) as first_content_id,
    count(dated.file_id) > 0 as is_of_month
from core.sent_sheet as sheet
left join usable on sheet.content_id = usable.file_id and sheet.table_name = usable.table_name
left join dated
    on
        sheet.content_id = dated.file_id
        and sheet.table_name = dated.table_name
        and sheet.month = dated.month
where
    sheet.found = 0
    -- 巡查记录里没有一行是这个月的，不算报了这个月
    or (usable.file_id is not null and (sheet.table_name <> 'patrol' or dated.file_id is not null))
group by sheet.county_id, sheet.month, sheet.table_name
