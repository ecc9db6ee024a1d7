-- 按期整改：责任网格在时限前完成整改；复查不合格另起一轮。一行是一个问题的一轮，或一张未报送的问题台账
-- 粒度：obligation_id
-- 依据：四（一）明确整改时限、做好后续督察；四（三）反馈
with owed as (
    select problem.*
    from core.problem as problem
    join core.measurable as measurable
        on
            measurable.metric_id = 'rectification'
            and problem.county_id = measurable.county_id
            and problem.delivered_month = measurable.month
            and measurable.measurable <> 'no'
),

parent as (
    select distinct child.county_id, child.parent_problem_no as problem_no
    from core.problem as child
    where child.parent_problem_no is not null and child.parent_problem_no <> child.problem_no
),

-- 第一轮自发现起；每次不合格复查结束一轮、另起一轮
opened as (
    select
        owed.problem_id,
        cast(1 as bigint) as round,
        owed.discovered_at as started_at,
        cast(null as timestamp) as after,
        owed.row_id as duty_row_id,
        cast(null as timestamp) as new_due_at
    from owed
    union all
    select
        owed.problem_id,
        visit.visit_no + 1 as round,
        visit.done_at as started_at,
        visit.done_until as after,
        visit.row_id as duty_row_id,
        visit.new_due_at
    from owed
    join core.failed_visit as visit on owed.problem_id = visit.problem_id
),

bounded as (
    select opened.*, visit.done_until as until
    from opened
    left join core.failed_visit as visit on opened.problem_id = visit.problem_id and opened.round = visit.visit_no
),

-- 一轮之内所报的整改完成时间：有下一次复查的取其前最晚者，否则取最早者；未复查过的取现行台账所写
claimed as (
    select
        bounded.problem_id,
        bounded.round,
        case
            when bounded.until is not null then max(done.rectified_at)
            when bounded.round = 1 then max_by(done.rectified_at, done.last_version_no)
            else min(done.rectified_at)
        end as rectified_at,
        case
            when bounded.until is not null then max_by(done.row_id, done.rectified_at)
            when bounded.round = 1 then max_by(done.row_id, done.last_version_no)
            else min_by(done.row_id, done.rectified_at)
        end as row_id
    from bounded
    join core.problem_rectified as done
        on
            bounded.problem_id = done.problem_id
            and (bounded.until is null or done.rectified_at <= bounded.until)
            and (bounded.after is null or done.rectified_at > bounded.after)
    group by bounded.problem_id, bounded.round, bounded.until
),

-- 末轮也可由其后的合格复查或验收证明
passed as (
    select
        bounded.problem_id,
        bounded.round,
        min(visit.done_at) as done_at,
        min_by(visit.row_id, visit.done_at) as row_id
    from bounded
    join core.follow_up as visit
        on
            bounded.problem_id = visit.problem_id
            and visit.kind in ('reinspect', 'look_back', 'accept')
            and visit.result = 'pass'
            and visit.done_at > bounded.after
    where bounded.round > 1 and bounded.until is null
    group by bounded.problem_id, bounded.round
),

-- 第一轮复查之前没有留下整改完成时间，之后却有：先后矛盾
contradicted as (
    select distinct bounded.problem_id
    from bounded
    join core.problem_rectified as done on bounded.problem_id = done.problem_id and done.rectified_at > bounded.until
    where
        bounded.round = 1
        and not exists (
            select 1 from claimed
            where claimed.problem_id = bounded.problem_id and claimed.round = 1
        )
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
        bounded.round,
        bounded.started_at,
        bounded.duty_row_id,
        case when bounded.round = 1 then owed.rectify_due_at else bounded.new_due_at end as original_due_at,
        case
            when bounded.round > 1 then bounded.new_due_at
            when owed.is_lawful_extension then owed.extended_due_at
            else owed.rectify_due_at
        end as due_at,
        bounded.round = 1 and owed.is_lawful_extension as is_extended,
        bounded.round = 1 and owed.extended_due_at is not null and not owed.is_lawful_extension as is_refused_extension,
        case
            when bounded.round = 1 and owed.corrected_on_spot then owed.discovered_at
            when passed.done_at < claimed.rectified_at then passed.done_at
            else coalesce(claimed.rectified_at, passed.done_at)
        end as met_at,
        case
            when bounded.round = 1 and owed.corrected_on_spot then owed.row_id
            when passed.done_at < claimed.rectified_at then passed.row_id
            else coalesce(claimed.row_id, passed.row_id)
        end as met_row_id,
        owed.closure in ('void', 'merged', 'suspended')
        or coalesce(owed.is_duplicate, false)
        or parent.problem_no is not null as is_void,
        bounded.round = 1 and contradicted.problem_id is not null as is_contradicted
    from owed
    join bounded on owed.problem_id = bounded.problem_id
    left join claimed on bounded.problem_id = claimed.problem_id and bounded.round = claimed.round
    left join passed on bounded.problem_id = passed.problem_id and bounded.round = passed.round
    left join parent on owed.county_id = parent.county_id and owed.problem_no = parent.problem_no
    left join contradicted on owed.problem_id = contradicted.problem_id
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
                then concat(judged.rectify_due_basis, '；所写延期未在原时限前经他级批准，仍按原时限')
            else judged.rectify_due_basis
        end,
        case
            when judged.due_at is null and judged.round = 1 and judged.rectify_due_kind = 'working_days'
                then '；到期日所在年份的日历未发布'
            else ''
        end,
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
