-- 固化：一行是一个月份的一次固化（初步数、最终数）；自最早固化的月份起，到了日子而没有固化的也列出（missing）
-- 粒度：period, stage
-- 依据：sql/fixing.toml；固化的数不改写，损坏的（damaged）不用其数
select
    period,
    stage,
    fixed_at,
    as_of,
    known_at,
    build_id,
    catalogue_version,
    code_version,
    state,
    reason_zh,
    restated_to
from seed.release
union all
select
    owed.month as period,
    owed.stage,
    cast(null as timestamp) as fixed_at,
    cast(null as timestamp) as as_of,
    cast(null as timestamp) as known_at,
    cast(null as varchar) as build_id,
    cast(null as varchar) as catalogue_version,
    cast(null as varchar) as code_version,
    'missing' as state,
    concat_ws(
        '', owed.month, case when owed.stage = 'final' then ' 最终数' else ' 初步数' end, '尚未固化：自 ',
        cast(cast(owed.cut_off_at as date) as varchar), ' 起应固化'
    ) as reason_zh,
    cast(null as timestamp) as restated_to
from seed.cut_off as owed
cross join seed.moment as moment
left join seed.release as fixed on owed.month = fixed.period and owed.stage = fixed.stage
where
    fixed.period is null
    and owed.cut_off_at <= moment.as_of
    and owed.month >= (select min(first.period) from seed.release as first)
