-- 五定所写：一行是网格登记表一个时期的一定，现行所写（is_current）及先前各版所写
-- 粒度：row_key, version_no, is_current, kind
-- 依据：方案五（二）定区域、定人员、定职责、定任务、定奖惩；编码可以是另一份名录的，指哪个网格由核对认定
with stated as (
    select
        row_key, row_id, version_no, valid_from, file_received_at, absent_in_latest, true as is_current,
        fixed_area, fixed_area_on, fixed_staff, fixed_staff_on, fixed_duty, fixed_duty_on, fixed_task, fixed_task_on,
        fixed_reward, fixed_reward_on
    from staging.grid_now
    union all
    select
        row_key, row_id, version_no, valid_from, file_received_at, false as absent_in_latest, false as is_current,
        fixed_area, fixed_area_on, fixed_staff, fixed_staff_on, fixed_duty, fixed_duty_on, fixed_task, fixed_task_on,
        fixed_reward, fixed_reward_on
    from staging.grid_version
    where disposition = 'accepted'
),

each as (
    select
        stated.row_key,
        stated.row_id,
        stated.version_no,
        stated.valid_from,
        stated.file_received_at,
        stated.absent_in_latest,
        stated.is_current,
        fixed.kind,
        case fixed.kind
            when 'area' then stated.fixed_area
            when 'staff' then stated.fixed_staff
            when 'duty' then stated.fixed_duty
            when 'task' then stated.fixed_task
            when 'reward' then stated.fixed_reward
        end as document,
        case fixed.kind
            when 'area' then stated.fixed_area_on
            when 'staff' then stated.fixed_staff_on
            when 'duty' then stated.fixed_duty_on
            when 'task' then stated.fixed_task_on
            when 'reward' then stated.fixed_reward_on
        end as dated_on
    from stated
    cross join (values ('area'), ('staff'), ('duty'), ('task'), ('reward')) as fixed (kind)
)

select identity.grid_id, each.*
from each
join staging.grid_identity as identity on each.row_id = identity.row_id
where each.document is not null or each.dated_on is not null
