-- 五定：一行是一个网格的一定，取登记表最近一次所写；文件日期晚于计算时点的视为尚未印发
-- 粒度：grid_id, kind
-- 依据：方案五（二）定区域、定人员、定职责、定任务、定奖惩
with stated as (
    select
        coalesce(seed_grid.grid_id, concat('g', register.code)) as grid_id,
        fixed.kind,
        case fixed.kind
            when 'area' then register.fixed_area
            when 'staff' then register.fixed_staff
            when 'duty' then register.fixed_duty
            when 'task' then register.fixed_task
            when 'reward' then register.fixed_reward
        end as document,
        case fixed.kind
            when 'area' then register.fixed_area_on
            when 'staff' then register.fixed_staff_on
            when 'duty' then register.fixed_duty_on
            when 'task' then register.fixed_task_on
            when 'reward' then register.fixed_reward_on
        end as dated_on,
        register.valid_from,
        register.file_received_at,
        register.absent_in_latest,
        register.row_id
    from staging.grid_now as register
    cross join (values ('area'), ('staff'), ('duty'), ('task'), ('reward')) as fixed (kind)
    left join seed.grid as seed_grid on register.code = seed_grid.code
)

select
    stated.grid_id,
    stated.kind,
    stated.document,
    stated.dated_on,
    stated.valid_from,
    stated.absent_in_latest,
    stated.row_id
from stated
cross join seed.moment as moment
where
    coalesce(stated.document, cast(stated.dated_on as varchar)) is not null
    and (stated.dated_on is null or stated.dated_on <= cast(moment.as_of as date))
qualify
    row_number() over (
        partition by stated.grid_id, stated.kind
        order by stated.valid_from desc, stated.file_received_at desc, stated.row_id desc
    ) = 1
