-- 远离本月的问题：发现时间比所属月份早十一个月以上，而台账并非累计；多半是年份写错，逐行提示
-- 粒度：row_id
-- 依据：四（一）登记备案。一至十一个月以前的问题占到五分之一的台账是累计的，里面更早的不足为怪
with dated as (
    select
        row_id,
        file_id,
        days_between(cast(discovered_at as date), first_of_month(month)) as days_before
    from staging.problem_version
    where disposition <> 'rejected' and discovered_at is not null
),

cumulative as (
    select file_id
    from dated
    group by file_id
    having 5 * count(*) filter (where days_before between 32 and 334) >= count(*)
)

select dated.row_id, dated.file_id
from dated
left join cumulative on dated.file_id = cumulative.file_id
where dated.days_before > 334 and cumulative.file_id is null
