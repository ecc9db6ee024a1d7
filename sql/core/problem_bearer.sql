-- 责任网格：一行是一个问题的一轮；到期时台账所写的责任单位负责，到期之后的改写不换人
-- 粒度：problem_id, round
-- 依据：四（一）整改责任；台账未写的由二级网格负责，写“支队”的落到到期之日管这一片的一级网格单元
-- 认不出的、空着的没有说什么，不抹去先前所写
with told as (
    select
        deadline.problem_id,
        deadline.round,
        deadline.due_at,
        version.version_no,
        version.file_received_at,
        case when version.duty_grid_id = 'city' then coalesce(unit.ancestor_id, 'city') else version.duty_grid_id end
            as grid_id,
        version.duty_grid_text as written
    from staging.problem_version as version
    join core.problem as problem on version.row_key = problem.problem_id
    join core.problem_deadline as deadline on version.row_key = deadline.problem_id
    left join core.grid_path as unit
        on
            version.duty_grid_id = 'city'
            and problem.grid_id = unit.leaf_id
            and unit.ancestor_level = 1
            and cast(coalesce(deadline.due_at, problem.discovered_at) as date) between unit.valid_from and unit.valid_to
    where version.disposition = 'accepted' and version.duty_grid_id is not null
),

weighed as (
    select
        told.problem_id,
        told.round,
        arg_max(told.grid_id, told.version_no) filter (
            where told.due_at is null or told.file_received_at <= told.due_at
        ) as in_time_grid_id,
        -- 到期之前没有写过的，首次所写是说明，不是改写
        min_by(told.grid_id, struct_pack(at := told.file_received_at, no := told.version_no)) as first_grid_id,
        arg_max(told.grid_id, told.version_no) as last_grid_id,
        arg_max(told.written, told.version_no) as last_written
    from told
    group by told.problem_id, told.round
)

select
    deadline.problem_id,
    deadline.round,
    coalesce(weighed.in_time_grid_id, weighed.first_grid_id, problem.county_grid_id, problem.grid_id) as duty_grid_id,
    case when weighed.problem_id is null then 'default' else 'stated' end as duty_basis,
    case
        when weighed.in_time_grid_id <> weighed.last_grid_id
            then concat('；台账后来改写责任单位为', weighed.last_written, '，仍按到期时的责任单位')
        when weighed.in_time_grid_id is null and weighed.first_grid_id <> weighed.last_grid_id
            then concat('；台账后来改写责任单位为', weighed.last_written, '，仍按首次所写的责任单位')
        else ''
    end as remark
from core.problem_deadline as deadline
join core.problem as problem on deadline.problem_id = problem.problem_id
left join weighed on deadline.problem_id = weighed.problem_id and deadline.round = weighed.round
