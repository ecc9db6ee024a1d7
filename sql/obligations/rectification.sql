-- 按期整改：责任网格在时限前完成整改；复查不合格另起一轮。一行是一个问题的一轮
-- 粒度：obligation_id
-- 依据：四（一）明确整改时限、做好后续督察；四（三）反馈
-- 凡有一次报送带有时限与完成两列，义务就在；后来的文件删去这两列，不能抹掉已知的义务
with owed as (
    select * from core.problem where is_datable
),

judged as (
    select
        owed.problem_id,
        owed.county_id,
        bearer.duty_grid_id,
        deadline.discovered_at,
        deadline.kind as due_kind,
        deadline.basis,
        concat_ws('', deadline.remark, bearer.remark) as remark,
        deadline.is_before_discovery,
        deadline.earlier_due_at,
        owed.has_rectified_at,
        stage.round,
        stage.started_at,
        stage.duty_row_id,
        deadline.due_at as original_due_at,
        coalesce(extension.extended_due_at, deadline.due_at) as due_at,
        extension.extended_due_at is not null as is_extended,
        coalesce(extension.is_told_late, false) as is_approval_told_late,
        refused.reason_zh as refused_zh,
        stage.round = 1 and spot.problem_id is not null as is_spot_told_late,
        stage.met_at,
        stage.met_row_id,
        stage.first_met_at,
        stage.is_met_later,
        stage.ended_at,
        stage.blank_seen_at,
        stage.is_result_rewritten,
        case when handling.beyond_authority and handling.referred_to is not null then handling.referred_at end as referred_at,
        handling.referred_to,
        owed.progress,
        coalesce(owed.closure = 'suspended', false) as is_suspended,
        extension.suspension_approved_at,
        case owed.closure when 'void' then '作废' when 'merged' then '并案' else '重复件' end as voided_zh,
        voided.problem_id is not null as is_voided,
        voided.voided_at,
        voided.is_approved as is_void_approved,
        split.problem_id is not null as is_split,
        split.split_at
    from owed
    join core.problem_round as stage on owed.problem_id = stage.problem_id
    join core.problem_deadline as deadline on stage.problem_id = deadline.problem_id and stage.round = deadline.round
    join core.problem_bearer as bearer on stage.problem_id = bearer.problem_id and stage.round = bearer.round
    left join core.problem_extension as extension
        on stage.problem_id = extension.problem_id and stage.round = extension.round
    left join core.approval_finding as refused
        on stage.problem_id = refused.problem_id and stage.round = refused.round
    left join core.spot_told_late as spot on owed.problem_id = spot.problem_id
    left join core.problem_voided as voided on owed.problem_id = voided.problem_id
    left join core.problem_split as split on owed.problem_id = split.problem_id
    join core.problem_handling as handling on owed.problem_id = handling.problem_id
),

-- 复查之前没有留下完成时间、时限之后才见完成：也许复查之前按期报过而被改写，判不得按期，也判不得超期；
-- 但台账在时限或复查之后仍显示“未完成”的，就确是没有按期
weighed as (
    select
        judged.*,
        coalesce(
            judged.is_met_later
            and judged.met_at > judged.due_at
            and coalesce(judged.blank_seen_at < least(judged.ended_at, judged.due_at), true),
            false
        ) as is_contradicted,
        -- 到期之后才改早的：两个时限得出的结果不同，判不得；相同的照判
        coalesce(
            not judged.is_extended
            and coalesce(judged.met_at, moment.as_of) > judged.earlier_due_at
            and coalesce(coalesce(judged.met_at, moment.as_of) <= judged.due_at, true),
            false
        ) as is_due_disputed,
        -- 先报的完成超期、后来改成按期的，前后矛盾
        coalesce(judged.met_at <= judged.due_at and judged.first_met_at > judged.due_at, false) as is_met_rewritten,
        -- 时限已过才批准的缓办，抹不掉已经发生的超期；批准过的缓办，后来改写成别的，那一轮仍不计
        coalesce(
            (judged.is_suspended or judged.suspension_approved_at >= start_of_day(judged.started_at))
            and judged.suspension_approved_at <= coalesce(judged.due_at, judged.suspension_approved_at),
            false
        ) as is_lawfully_suspended,
        -- 超出本级权限、在时限之前移送出去而没有按期整改的，不再由本级整改
        coalesce(
            not coalesce(judged.met_at <= judged.due_at, false)
            and judged.referred_at >= start_of_day(judged.started_at)
            and judged.referred_at <= coalesce(judged.due_at, judged.referred_at),
            false
        ) as is_referred,
        -- 到期之后才写的作废、并案、重复、拆分，抹不掉已经发生的超期
        (
            judged.is_voided
            and is_struck_in_time(judged.voided_at, judged.is_void_approved, judged.due_at, judged.met_at)
        )
        or (
            judged.is_split
            and is_struck_in_time(judged.split_at, false, judged.due_at, judged.met_at)
        ) as is_void
    from judged
    cross join seed.moment as moment
)

select
    'rectification' as metric_id,
    concat_ws('', 'rectification/', weighed.problem_id, '/r', weighed.round) as obligation_id,
    weighed.duty_grid_id as grid_id,
    grid.level as owner_level,
    weighed.county_id,
    'problem' as subject_kind,
    weighed.problem_id as subject_id,
    weighed.round,
    cast(null as varchar) as about_month,
    month_of(coalesce(weighed.due_at, weighed.started_at)) as period,
    weighed.started_at,
    weighed.original_due_at,
    weighed.due_at,
    weighed.is_extended,
    weighed.met_at,
    case
        when weighed.is_void or weighed.is_lawfully_suspended or weighed.is_referred then 'void'
        when
            weighed.is_contradicted
            or weighed.is_due_disputed
            or weighed.is_met_rewritten
            or weighed.is_before_discovery
            or cast(weighed.met_at as date) < cast(weighed.discovered_at as date)
            then 'bad_dates'
        when weighed.due_at is null and weighed.round = 1 and weighed.due_kind = 'working_days' then 'pending'
        when weighed.due_at is null then 'no_deadline'
        when weighed.met_at <= weighed.due_at then 'on_time'
        when weighed.met_at > weighed.due_at then 'late'
        when moment.as_of > weighed.due_at then 'overdue'
        else 'pending'
    end as state,
    weighed.duty_row_id,
    weighed.met_row_id,
    concat_ws(
        '',
        weighed.basis,
        case when weighed.is_extended then '；经批准延期' else '' end,
        case when weighed.is_approval_told_late then '；批准日期在时限前，台账在时限后才报' else '' end,
        case when weighed.refused_zh is null then '' else concat_ws('', '；', weighed.refused_zh) end,
        told_of_calendar(
            weighed.due_at is null and weighed.round = 1 and weighed.due_kind = 'working_days', weighed.met_at
        ),
        weighed.remark,
        case when weighed.is_spot_told_late then '；台账先写未现场整改，时限之后才改写为现场整改' else '' end,
        case
            when weighed.is_result_rewritten then '；复查结果首报七日之后改写，仍以先报的不合格为准，见更正记录'
            else ''
        end,
        case
            when weighed.is_met_rewritten then '；先报的完成时间超期，后来改早，与先前所写结果不同，见更正记录'
            else ''
        end,
        case when weighed.is_due_disputed then '；前后两个时限结果不同，先后矛盾' else '' end,
        case
            when weighed.is_void then ''
            when weighed.is_voided then concat_ws('', '；到期后才写', weighed.voided_zh, '，未见上级批准，仍按原义务计')
            when weighed.is_split then '；到期后才拆分，仍按原义务计，拆分件另计'
            else ''
        end,
        case
            when weighed.is_lawfully_suspended and not weighed.is_suspended and weighed.met_at is not null
                then '；曾经上级批准缓办，后来虽报完成，仍不纳入考核'
            when weighed.is_lawfully_suspended and not weighed.is_suspended then '；曾经上级批准缓办'
            when not weighed.is_suspended or weighed.is_lawfully_suspended then ''
            when weighed.suspension_approved_at is null then '；缓办未见上级批准，仍按时限计'
            else '；缓办批准在时限之后，仍按时限计'
        end,
        case
            when weighed.is_referred
                then concat_ws('', '；超出本级权限，已在时限之前移送', weighed.referred_to, '，不纳入考核')
            when weighed.referred_at > weighed.due_at then '；时限之后才移送，仍按时限计'
            else ''
        end,
        case when weighed.is_contradicted then '；复查之前未留下整改完成时间，先后矛盾' else '' end,
        case
            when weighed.is_met_later and not weighed.is_contradicted then '；复查时尚未完成，以其后的完成计'
            else ''
        end,
        case
            when weighed.met_at is null and weighed.progress in ('done', 'verified', 'cleared')
                then '；台账进度写已完成而未写整改完成时间，不能算完成'
            else ''
        end,
        case when weighed.has_rectified_at then '' else '；该县台账无“整改完成时间”列，以办结时间计' end
    ) as due_basis
from weighed
join staging.grid_home as grid on weighed.duty_grid_id = grid.grid_id and grid.level > 0
cross join seed.moment as moment
