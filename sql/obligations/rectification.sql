-- 按期整改：责任网格在时限前完成整改；复查不合格另起一轮。一行是一个问题的一轮，或一张未报送的问题台账
-- 粒度：obligation_id
-- 依据：四（一）明确整改时限、做好后续督察；四（三）反馈
-- 凡有一次报送带有时限与完成两列，义务就在；后来的文件删去这两列，不能抹掉已知的义务
with owed as (
    select * from core.problem where is_datable
),

parent as (
    select distinct child.county_id, child.parent_problem_no as problem_no
    from core.problem as child
    where child.parent_problem_no is not null and child.parent_problem_no <> child.problem_no
),

judged as (
    select
        owed.problem_id,
        owed.county_id,
        owed.duty_grid_id,
        owed.discovered_at,
        owed.rectify_due_kind,
        owed.rectify_due_basis,
        owed.has_rectified_at,
        owed.is_due_rewritten,
        stage.round,
        stage.started_at,
        stage.duty_row_id,
        case when stage.round = 1 then owed.rectify_due_at else stage.new_due_at end as original_due_at,
        case
            when stage.round > 1 then stage.new_due_at
            when owed.is_lawful_extension then owed.extended_due_at
            else owed.rectify_due_at
        end as due_at,
        stage.round = 1 and owed.is_lawful_extension as is_extended,
        stage.round = 1 and owed.extended_due_at is not null and not owed.is_lawful_extension as is_refused_extension,
        case
            when stage.round = 1 and owed.corrected_on_spot then owed.discovered_at
            else stage.met_at
        end as met_at,
        case
            when stage.round = 1 and owed.corrected_on_spot then owed.row_id
            else stage.met_row_id
        end as met_row_id,
        owed.closure in ('void', 'merged', 'suspended')
        or coalesce(owed.is_duplicate, false)
        or parent.problem_no is not null as is_void,
        stage.is_contradicted
    from owed
    join core.problem_round as stage on owed.problem_id = stage.problem_id
    left join parent on owed.county_id = parent.county_id and owed.problem_no = parent.problem_no
),

silent as (
    select
        delivered_to.grid_id, delivered_to.owner_level, delivered_to.county_id, month.month, month.starts_at
    from core.month as month
    cross join (
        select grid_id, level as owner_level, county_id from seed.grid where level in (1, 2)
    ) as delivered_to
    left join core.delivered as delivered
        on
            delivered_to.county_id = delivered.county_id
            and month.month = delivered.month
            and delivered.table_name = 'problem'
    where month.is_over and delivered.table_name is null
)

select
    'rectification' as metric_id,
    concat('rectification/', judged.problem_id, '/r', judged.round) as obligation_id,
    judged.duty_grid_id as grid_id,
    grid.level as owner_level,
    judged.county_id,
    'problem' as subject_kind,
    judged.problem_id as subject_id,
    judged.round,
    cast(null as varchar) as about_month,
    month_of(coalesce(judged.due_at, judged.started_at)) as period,
    judged.started_at,
    judged.original_due_at,
    judged.due_at,
    judged.is_extended,
    judged.met_at,
    case
        when judged.is_void then 'void'
        when
            judged.is_contradicted
            or cast(judged.met_at as date) < cast(judged.discovered_at as date)
            or cast(judged.original_due_at as date) < cast(judged.started_at as date)
            then 'bad_dates'
        when judged.due_at is null and judged.round = 1 and judged.rectify_due_kind = 'working_days' then 'pending'
        when judged.due_at is null then 'no_deadline'
        when judged.met_at <= judged.due_at then 'on_time'
        when judged.met_at > judged.due_at then 'late'
        when moment.as_of > judged.due_at then 'overdue'
        else 'pending'
    end as state,
    judged.duty_row_id,
    judged.met_row_id,
    concat(
        case
            when judged.round > 1 and judged.due_at is null then '复查不合格，未写重新整改时限'
            when judged.round > 1 then '复查不合格后重新确定的整改时限'
            when judged.is_extended then concat(judged.rectify_due_basis, '；经批准延期')
            when judged.is_refused_extension
                then concat(judged.rectify_due_basis, '；所写延期未在原时限前经上级网格批准，仍按原时限')
            else judged.rectify_due_basis
        end,
        case
            when judged.due_at is null and judged.round = 1 and judged.rectify_due_kind = 'working_days'
                then '；到期日所在年份的日历未发布'
            else ''
        end,
        case when judged.round = 1 and judged.is_due_rewritten then '；台账前后所写整改时限不同，见更正记录' else '' end,
        case when judged.is_contradicted then '；复查之前未留下整改完成时间，先后矛盾' else '' end,
        case when judged.has_rectified_at then '' else '；该县台账无“整改完成时间”列，以办结时间计' end
    ) as due_basis
from judged
join staging.grid_home as grid on judged.duty_grid_id = grid.grid_id
cross join seed.moment as moment
union all
select
    'rectification' as metric_id,
    concat('rectification/table/', silent.grid_id, '/', silent.month) as obligation_id,
    silent.grid_id,
    silent.owner_level,
    silent.county_id,
    'table' as subject_kind,
    'problem' as subject_id,
    cast(1 as bigint) as round,
    silent.month as about_month,
    silent.month as period,
    silent.starts_at as started_at,
    cast(null as timestamp) as original_due_at,
    cast(null as timestamp) as due_at,
    false as is_extended,
    cast(null as timestamp) as met_at,
    'unreported' as state,
    cast(null as varchar) as duty_row_id,
    cast(null as varchar) as met_row_id,
    '该月问题台账未报送' as due_basis
from silent
