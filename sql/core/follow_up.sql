-- 督办复查：一行一次上门；问题台账的复查列各成一行，同一问题同日已有复查记录者不重复
-- 粒度：follow_up_id
-- 依据：四（一）做好后续督察
with book as (
    select
        row_key, row_id, by_grid_id, done_at, done_at_precision, kind, result, new_due, new_due_precision, checker,
        false as is_result_rewritten
    from staging.follow_up_now as visit
    where
        not exists (
            select 1
            from core.rewritten_result as rewritten
            where
                rewritten.table_name = 'follow_up'
                and rewritten.row_key = visit.row_key
                and rewritten.version_no = visit.version_no
        )
    union all
    -- 结果事后改写的，以改写之前的一版为准
    select
        version.row_key, version.row_id, version.by_grid_id, version.done_at, version.done_at_precision, version.kind,
        version.result, version.new_due, version.new_due_precision, version.checker, true as is_result_rewritten
    from staging.follow_up_version as version
    join staging.follow_up_now as visit on version.row_key = visit.row_key
    join core.rewritten_result as rewritten
        on
            rewritten.table_name = 'follow_up'
            and visit.row_key = rewritten.row_key
            and visit.version_no = rewritten.version_no
    where
        version.disposition = 'accepted'
        and not exists (
            select 1
            from core.rewritten_result as also
            where
                also.table_name = 'follow_up'
                and also.row_key = version.row_key
                and also.version_no = version.version_no
        )
    qualify row_number() over (partition by version.row_key order by version.version_no desc) = 1
),

recorded as (
    select
        visit.row_key as follow_up_id,
        subject.problem_id,
        visit.by_grid_id,
        visit.done_at,
        visit.done_at_precision,
        visit.kind,
        visit.result,
        case
            when visit.new_due_precision = 'minute' then visit.new_due
            else end_of_day(visit.new_due)
        end as new_due_at,
        array_to_string(visit.checker, '、') as checker,
        'follow_up' as origin,
        visit.is_result_rewritten,
        visit.row_id
    from book as visit
    cross join seed.moment as moment
    left join core.visit_subject as subject on visit.row_key = subject.row_key
    where visit.done_at <= moment.as_of
),

rewritten as (
    select row_key, version_no, on_day from core.rewritten_result
    where table_name = 'problem'
),

-- 问题台账里先后写过的复查，同一日期连续几版只留最后一版
told as (
    select
        version.*,
        cast(version.reinspected_at as date) as on_day,
        concat_ws(
            '|', coalesce(version.reinspection_result, ''), coalesce(cast(version.new_due as varchar), ''),
            coalesce(cast(version.rectified_at as varchar), '')
        ) as words
    from staging.problem_version as version
    anti join rewritten on version.row_key = rewritten.row_key and version.version_no = rewritten.version_no
    where version.disposition = 'accepted' and version.reinspected_at is not null
    qualify
        coalesce(
            lead(cast(version.reinspected_at as date)) over (
                partition by version.row_key order by version.version_no
            ) <> cast(version.reinspected_at as date),
            true
        )
),

followed as (
    select
        told.*,
        lead(told.on_day) over (partition by told.row_key order by told.version_no) as next_day,
        lead(told.words) over (partition by told.row_key order by told.version_no) as next_words
    from told
),

columns_of_ledger as (
    select
        concat(followed.row_key, '/复查/', strftime(followed.reinspected_at, '%Y-%m-%d')) as follow_up_id,
        followed.row_key as problem_id,
        cast(null as varchar) as by_grid_id,
        followed.reinspected_at as done_at,
        followed.reinspected_at_precision as done_at_precision,
        'reinspect' as kind,
        followed.reinspection_result as result,
        case
            when followed.new_due_precision = 'minute' then followed.new_due
            else end_of_day(followed.new_due)
        end as new_due_at,
        followed.reinspector as checker,
        'problem' as origin,
        rewritten.row_key is not null as is_result_rewritten,
        followed.row_id
    from followed
    left join (select distinct row_key, on_day from rewritten) as rewritten
        on followed.row_key = rewritten.row_key and followed.on_day = rewritten.on_day
    join core.problem as problem on followed.row_key = problem.problem_id
    cross join seed.moment as moment
    where
        followed.reinspected_at <= moment.as_of
        -- 写在收到之前的复查才是复查，其后的是打算
        and followed.reinspected_at <= end_of_day(followed.file_received_at)
        -- 只改了日期，且改后的日期在前一版收到之前已到：是更正，不是又一次复查
        and not coalesce(
            followed.next_words = followed.words and followed.next_day <= cast(followed.file_received_at as date),
            false
        )
    qualify
        row_number() over (
            partition by followed.row_key, followed.on_day order by followed.version_no desc
        ) = 1
),

-- 两处日期相差不过三日的不合格复查，其间没有报过完成，重新整改时限也不相抵触的，是同一次，以复查记录为准；一次只抵最近的一次
near as (
    select columns_of_ledger.follow_up_id
    from columns_of_ledger
    join recorded
        on
            columns_of_ledger.problem_id = recorded.problem_id
            and recorded.kind in ('reinspect', 'look_back', 'accept')
            and abs(days_between(columns_of_ledger.done_at, recorded.done_at)) <= 3
            and coalesce(columns_of_ledger.new_due_at = recorded.new_due_at, true)
    where
        columns_of_ledger.result in ('fail', 'partial')
        and recorded.result in ('fail', 'partial')
        and not exists (
            select 1
            from staging.problem_version as claim
            where
                claim.row_key = recorded.problem_id
                and claim.disposition = 'accepted'
                and cast(claim.rectified_at as date)
                > cast(least(columns_of_ledger.done_at, recorded.done_at) as date)
                and cast(claim.rectified_at as date)
                <= cast(greatest(columns_of_ledger.done_at, recorded.done_at) as date)
        )
    qualify
        row_number() over (
            partition by recorded.follow_up_id
            order by abs(days_between(columns_of_ledger.done_at, recorded.done_at)), columns_of_ledger.done_at
        ) = 1
)

select * from recorded
union all by name
select * from columns_of_ledger
where
    not exists (
        select 1
        from recorded
        where
            recorded.problem_id = columns_of_ledger.problem_id
            and recorded.kind in ('reinspect', 'look_back', 'accept')
            and cast(recorded.done_at as date) = cast(columns_of_ledger.done_at as date)
            -- 两处结果不同的，两条都留：一处写不合格，不因另一处没写而消失
            and (columns_of_ledger.result is null or recorded.result = columns_of_ledger.result)
    )
    and not exists (
        select 1
        from near
        where near.follow_up_id = columns_of_ledger.follow_up_id
    )
