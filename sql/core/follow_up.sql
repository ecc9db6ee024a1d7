-- 督办复查：一行一次上门；问题台账的复查列各成一行，同一问题同日已有复查记录者不重复
-- 粒度：follow_up_id
-- 依据：四（一）做好后续督察
with recorded as (
    select
        visit.row_key as follow_up_id,
        problem.problem_id,
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
        visit.row_id
    from staging.follow_up_now as visit
    cross join seed.moment as moment
    left join core.problem as problem
        on
            visit.problem_no = problem.problem_no
            and (visit.county_id in (problem.county_id, 'city') or problem.county_id = 'city')
    where visit.done_at <= moment.as_of
    -- 先对本单位台账的编号；没有的，县区的复查再对市支队台账，市支队的复查再对县区台账
    qualify
        row_number() over (
            partition by visit.row_key
            order by case when visit.county_id = problem.county_id then 0 else 1 end, problem.problem_id
        ) = 1
),

columns_of_ledger as (
    select
        concat(version.row_key, '/复查/', strftime(version.reinspected_at, '%Y-%m-%d')) as follow_up_id,
        version.row_key as problem_id,
        cast(null as varchar) as by_grid_id,
        version.reinspected_at as done_at,
        version.reinspected_at_precision as done_at_precision,
        'reinspect' as kind,
        version.reinspection_result as result,
        case
            when version.new_due_precision = 'minute' then version.new_due
            else end_of_day(version.new_due)
        end as new_due_at,
        version.reinspector as checker,
        'problem' as origin,
        version.row_id
    from staging.problem_version as version
    join core.problem as problem on version.row_key = problem.problem_id
    cross join seed.moment as moment
    where version.disposition = 'accepted' and version.reinspected_at <= moment.as_of
    qualify
        row_number() over (
            partition by version.row_key, cast(version.reinspected_at as date) order by version.version_no desc
        ) = 1
        -- 结果与新时限都没变，只改了日期：是更正，不是又一次复查
        and row_number() over (
            partition by version.row_key, version.reinspection_result, version.new_due
            order by version.version_no desc
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
            and recorded.kind in ('reinspect', 'look_back')
            and cast(recorded.done_at as date) = cast(columns_of_ledger.done_at as date)
    )
