-- 自评上报：一个网格一年的自评最早何时上报；最先报来的几件（首件之后七日内的更正在内）所写另列一栏
-- 粒度：grid_id, year
-- 依据：方案四（四）上报自评结果；分项与只有报告的回执都是上报。年度第四季度之前还说不上自评该年（is_early），不作为上报之日
-- 后来的文件把上报时间写早的，先后矛盾，由义务判断
with sent as (
    select
        version.grid_id,
        version.year,
        version.submitted_at,
        is_before_evaluating(version.submitted_at, version.year) as is_early,
        version.file_received_at,
        version.row_id,
        days_between(
            min(version.file_received_at) over (partition by version.grid_id, version.year), version.file_received_at
        ) as days_after_first
    from staging.self_evaluation_version as version
    -- 已由别的行代替的（如网格写错后改好的），不再是这个网格的上报
    join staging.self_evaluation_now as latest on version.row_key = latest.row_key
    cross join seed.moment as moment
    where version.disposition = 'accepted' and version.submitted_at <= moment.as_of
)

select
    grid_id,
    year,
    coalesce(min(submitted_at) filter (where not is_early), min(submitted_at)) as met_at,
    bool_and(is_early) as is_early,
    min(file_received_at) as first_received_at,
    min(submitted_at) filter (where days_after_first <= correction_days() and not is_early) as first_told_at,
    min_by(row_id, concat_ws('', cast(is_early as varchar), cast(submitted_at as varchar), row_id)) as row_id
from sent
group by grid_id, year
