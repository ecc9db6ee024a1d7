-- 月报汇总：一行是一个网格一个月自报的合计数，取最后一次报送
-- 粒度：grid_id, month
-- 依据：方案四（三）反馈；报表数不产生指标
select
    coalesce(summary.about_month, summary.month) as month,
    summary.grid_id,
    summary.county_id,
    summary.person_times,
    summary.site_times,
    summary.problems,
    summary.closed,
    summary.note,
    summary.version_no,
    summary.absent_in_latest,
    summary.row_id
from staging.monthly_summary_now as summary
qualify
    row_number() over (
        partition by summary.grid_id, coalesce(summary.about_month, summary.month)
        order by summary.file_received_at desc, summary.row_id desc
    ) = 1
