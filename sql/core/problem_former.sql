-- 曾经写明、后来撤掉的义务缘由：一行是一个问题，各栏是撤掉之前所写与撤掉的那一版收到的时刻（_until）
-- 粒度：problem_id
-- 依据：后来的改写不抹去先前所报；首报七日内的更正不算，列没有了不算，只是换了说法的不算
with revised as (
    select distinct key as problem_id
    from staging.problem_revision
    where
        not is_relabel
        and (old is not null or field = 'closure')
        and field in (
            'needs_filing', 'must_disclose', 'beyond_authority', 'nature', 'source', 'assignment_no', 'closure',
            'corrected_on_spot', 'received_at', 'accepted_at', 'filed_at', 'decided_at', 'closed_at'
        )
),

version as (
    select version.* from staging.problem_version as version
    join revised on version.row_key = revised.problem_id
    where version.disposition <> 'rejected'
),

-- 一行是一版所写的一个缘由；没有写的 value 为空，没有那一列的、日期读不出的，等于没有说
said as (
    select row_key, version_no, file_received_at, 'needs_filing' as cause, case when needs_filing then '是' end as value
    from version
    where has_column(fields, 'needs_filing')
    union all by name
    select row_key, version_no, file_received_at, 'must_disclose' as cause, case when must_disclose then '是' end as value
    from version
    where has_column(fields, 'must_disclose')
    union all by name
    select row_key, version_no, file_received_at, 'beyond_authority' as cause, case when beyond_authority then '是' end as value
    from version
    where has_column(fields, 'beyond_authority')
    union all by name
    select row_key, version_no, file_received_at, 'violation' as cause, case when nature = 'violation' then '是' end as value
    from version
    where has_column(fields, 'nature')
    union all by name
    select row_key, version_no, file_received_at, 'denied' as cause, case when not corrected_on_spot then '否' end as value
    from version
    where has_column(fields, 'corrected_on_spot')
    union all by name
    select row_key, version_no, file_received_at, 'source' as cause, source as value
    from version
    where has_column(fields, 'source')
    union all by name
    select row_key, version_no, file_received_at, 'assignment_no' as cause, assignment_no as value
    from version
    where has_column(fields, 'assignment_no')
    union all by name
    select
        row_key, version_no, file_received_at, 'received_at' as cause, cast(received_at as varchar) as value,
        received_at as told_at, received_at_precision as clock
    from version
    where has_column(fields, 'received_at') and not says_no_date(faults, 'received_at')
    union all by name
    select
        row_key, version_no, file_received_at, 'accepted_at' as cause, cast(accepted_at as varchar) as value,
        accepted_at as told_at, accepted_at_precision as clock
    from version
    where has_column(fields, 'accepted_at') and not says_no_date(faults, 'accepted_at')
    union all by name
    select
        row_key, version_no, file_received_at, 'filed_at' as cause, cast(filed_at as varchar) as value,
        filed_at as told_at, filed_at_precision as clock
    from version
    where has_column(fields, 'filed_at') and not says_no_date(faults, 'filed_at')
    union all by name
    select
        row_key, version_no, file_received_at, 'decided_at' as cause, cast(decided_at as varchar) as value,
        decided_at as told_at, decided_at_precision as clock
    from version
    where has_column(fields, 'decided_at') and not says_no_date(faults, 'decided_at')
    union all by name
    -- 缓办不是办结
    select
        row_key, version_no, file_received_at, 'closed_at' as cause,
        case when coalesce(closure <> 'suspended', true) then cast(closed_at as varchar) end as value,
        closed_at as told_at, closed_at_precision as clock
    from version
    where has_column(fields, 'closed_at') and not says_no_date(faults, 'closed_at')
),

-- 时间改成别的仍是写了；来源改成别的，先前的来源就撤掉了
written as (
    select
        row_key as problem_id,
        cause,
        case when cause = 'source' then value else '' end as kind,
        min(file_received_at) as first_received_at,
        max(file_received_at) as last_received_at,
        max(version_no) as version_no,
        max_by(value, version_no) as value,
        max_by(told_at, version_no) as told_at,
        max_by(clock, version_no) as clock
    from said
    where value is not null
    group by row_key, cause, case when cause = 'source' then value else '' end
),

withdrawn as (
    select
        written.problem_id, written.cause, written.value, written.told_at, written.clock,
        min(later.file_received_at) as until
    from written
    join said as later
        on
            written.problem_id = later.row_key
            and written.cause = later.cause
            and later.version_no > written.version_no
    -- 写在发生之前的时间是打算
    where coalesce(written.told_at <= end_of_day(written.last_received_at), true)
    group by
        written.problem_id, written.cause, written.kind, written.first_received_at, written.last_received_at,
        written.version_no, written.value, written.told_at, written.clock
    having days_between(written.first_received_at, min(later.file_received_at)) > correction_days()
)

select
    problem_id,
    max(until) filter (where cause = 'needs_filing') as needs_filing_until,
    max(until) filter (where cause = 'must_disclose') as must_disclose_until,
    max(until) filter (where cause = 'beyond_authority') as beyond_authority_until,
    max(until) filter (where cause = 'violation') as violation_until,
    max(until) filter (where cause = 'denied') as denied_until,
    max_by(value, concat_ws('', cast(until as varchar), value)) filter (where cause = 'source') as source,
    max(until) filter (where cause = 'source') as source_until,
    max(until) filter (where cause = 'assignment_no') as assignment_until,
    max(told_at) filter (where cause = 'received_at') as received_at,
    max(clock) filter (where cause = 'received_at') as received_precision,
    max(told_at) filter (where cause = 'accepted_at') as accepted_at,
    max(clock) filter (where cause = 'accepted_at') as accepted_precision,
    max(until) filter (where cause = 'accepted_at') as accepted_until,
    max(told_at) filter (where cause = 'filed_at') as filed_at,
    max(clock) filter (where cause = 'filed_at') as filed_precision,
    max(until) filter (where cause = 'filed_at') as filed_until,
    max(told_at) filter (where cause = 'decided_at') as decided_at,
    max(clock) filter (where cause = 'decided_at') as decided_precision,
    max(until) filter (where cause = 'decided_at') as decided_until,
    max(told_at) filter (where cause = 'closed_at') as closed_at,
    max(clock) filter (where cause = 'closed_at') as closed_precision,
    max(until) filter (where cause = 'closed_at') as closed_until
from withdrawn
group by problem_id
