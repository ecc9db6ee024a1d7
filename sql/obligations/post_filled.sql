-- 责任人在岗：每个网格每月每天都有姓名在册的责任人（一、二级网格长，三级机构负责人）；一行是一个网格一个月
-- 粒度：grid_id, period
-- 依据：方案一 责任到人、定人定岗；二（一）（二）网格长、（三）负责人。缺一天即未履行，依据写明最早哪天、共几天
-- 该网格名册的行退回待改的，不说名册未列，说明是哪几行
select
    'post_filled' as metric_id,
    concat_ws('', 'post_filled/', post.grid_id, '/', post.month) as obligation_id,
    post.grid_id,
    post.owner_level,
    post.county_id,
    'post' as subject_kind,
    case when post.owner_level = 3 then 'body_head' else 'grid_chief' end as subject_id,
    cast(1 as bigint) as round,
    cast(null as varchar) as about_month,
    post.month as period,
    post.starts_at as started_at,
    post.ends_at as original_due_at,
    post.ends_at as due_at,
    false as is_extended,
    case when post.is_over and post.days_missing = 0 then post.ends_at end as met_at,
    case
        when not post.is_over then 'pending'
        when post.days_missing = 0 then 'on_time'
        when not post.is_roster_sent then 'unreported'
        else 'overdue'
    end as state,
    cast(null as varchar) as duty_row_id,
    case when post.is_over and post.days_missing = 0 then post.row_id end as met_row_id,
    concat_ws(
        '',
        duty_limit.text_zh,
        case
            when post.days_missing = 0 then ''
            when not post.is_roster_sent then concat_ws('', '；', coalesce(awaiting.told_zh, '未报责任人员名册'))
            else concat_ws(
                '',
                '；缺 ', cast(post.days_missing as varchar), ' 天，最早 ', cast(post.first_missing as varchar),
                case
                    when post.days_seconded = 0 then concat_ws('', '（', coalesce(awaiting.told_zh, '名册未列'), '）')
                    when post.days_seconded = post.days_missing then '（抽调无人代理）'
                    else concat_ws(
                        '', '（其中 ', cast(post.days_seconded as varchar), ' 天抽调无人代理，其余',
                        coalesce(awaiting.told_zh, '名册未列'), '）'
                    )
                end
            )
        end,
        case
            when post.days_left_alone > 0
                then concat_ws('', '；请假 ', cast(post.days_left_alone as varchar), ' 天未写代理人，仍算在岗')
            else ''
        end,
        case
            when post.days_deputised > 0
                then concat_ws('', '；', cast(post.days_deputised as varchar), ' 天由代理人在岗')
            else ''
        end
    ) as due_basis
from core.post_month as post
left join core.roster_awaiting as awaiting on post.grid_id = awaiting.grid_id
join seed.duty_limit as duty_limit
    on
        duty_limit.metric_id = 'post_filled'
        and cast(post.starts_at as date) >= duty_limit.valid_from
        and (duty_limit.valid_to is null or cast(post.starts_at as date) <= duty_limit.valid_to)
