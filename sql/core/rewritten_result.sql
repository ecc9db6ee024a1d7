-- 事后改写的复查结果：一行是把先前所报“不合格”改成别的、因已逾首报七日而不算数的一版
-- 粒度：table_name, row_key, version_no
-- 依据：四（一）做好后续督察；后来的改写不抹去先前所报，笔误须在七日内更正。没有写结果、由新时限推定的不合格，后来补写结果不算改写
with written as (
    select
        'problem' as table_name,
        row_key,
        version_no,
        cast(reinspected_at as date) as on_day,
        file_received_at,
        coalesce(reinspection_result in ('fail', 'partial'), false) as is_failed,
        says_failed_by_due(faults) as is_inferred
    from staging.problem_version
    where disposition = 'accepted' and reinspected_at is not null
    union all
    select
        'follow_up' as table_name,
        row_key,
        version_no,
        cast(done_at as date) as on_day,
        file_received_at,
        coalesce(result in ('fail', 'partial'), false) as is_failed,
        says_failed_by_due(faults) as is_inferred
    from staging.follow_up_version
    where disposition = 'accepted'
),

dated as (
    select
        written.*,
        min(case when is_failed and not is_inferred then file_received_at end) over (
            partition by table_name, row_key, on_day order by version_no
            rows between unbounded preceding and 1 preceding
        ) as failed_since
    from written
)

select table_name, row_key, version_no, on_day
from dated
where not is_failed and days_between(failed_since, file_received_at) > correction_days()
