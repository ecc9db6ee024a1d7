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
    semi join revised on version.row_key = revised.problem_id
    where version.disposition <> 'rejected'
),

-- 一行是一版所写的一个缘由；没有写的 value 为空，没有那一列的、日期读不出的，等于没有说
cause as (
    select
        row_key as problem_id,
        version_no,
        file_received_at,
        unnest([
            struct_pack(
                cause := 'needs_filing', has := list_contains(fields, 'needs_filing'),
                value := case when needs_filing then '是' end, told_at := cast(null as timestamp), clock := ''
            ),
            struct_pack(
                cause := 'must_disclose', has := list_contains(fields, 'must_disclose'),
                value := case when must_disclose then '是' end, told_at := cast(null as timestamp), clock := ''
            ),
            struct_pack(
                cause := 'beyond_authority', has := list_contains(fields, 'beyond_authority'),
                value := case when beyond_authority then '是' end, told_at := cast(null as timestamp), clock := ''
            ),
            struct_pack(
                cause := 'violation', has := list_contains(fields, 'nature'),
                value := case when nature = 'violation' then '是' end, told_at := cast(null as timestamp), clock := ''
            ),
            struct_pack(
                cause := 'denied', has := list_contains(fields, 'corrected_on_spot'),
                value := case when not corrected_on_spot then '否' end, told_at := cast(null as timestamp), clock := ''
            ),
            struct_pack(
                cause := 'source', has := list_contains(fields, 'source'),
                value := source, told_at := cast(null as timestamp), clock := ''
            ),
            struct_pack(
                cause := 'assignment_no', has := list_contains(fields, 'assignment_no'),
                value := assignment_no, told_at := cast(null as timestamp), clock := ''
            ),
            struct_pack(
                cause := 'received_at',
                has := list_contains(fields, 'received_at') and not says_no_date(faults, 'received_at'),
                value := cast(received_at as varchar), told_at := received_at, clock := received_at_precision
            ),
            struct_pack(
                cause := 'accepted_at',
                has := list_contains(fields, 'accepted_at') and not says_no_date(faults, 'accepted_at'),
                value := cast(accepted_at as varchar), told_at := accepted_at, clock := accepted_at_precision
            ),
            struct_pack(
                cause := 'filed_at', has := list_contains(fields, 'filed_at') and not says_no_date(faults, 'filed_at'),
                value := cast(filed_at as varchar), told_at := filed_at, clock := filed_at_precision
            ),
            struct_pack(
                cause := 'decided_at',
                has := list_contains(fields, 'decided_at') and not says_no_date(faults, 'decided_at'),
                value := cast(decided_at as varchar), told_at := decided_at, clock := decided_at_precision
            ),
            -- 缓办不是办结
            struct_pack(
                cause := 'closed_at', has := list_contains(fields, 'closed_at') and not says_no_date(faults, 'closed_at'),
                value := case when coalesce(closure <> 'suspended', true) then cast(closed_at as varchar) end,
                told_at := closed_at, clock := closed_at_precision
            )
        ]) as told
    from version
),

said as (
    select
        problem_id, version_no, file_received_at, told.cause, told.has, told.value, told.told_at, told.clock
    from cause
),

-- 时间改成别的仍是写了；来源改成别的，先前的来源就撤掉了
written as (
    select
        problem_id,
        cause,
        case when cause = 'source' then value else '' end as kind,
        min(file_received_at) as first_received_at,
        max(file_received_at) as last_received_at,
        max(version_no) as version_no,
        max_by(value, version_no) as value,
        max_by(told_at, version_no) as told_at,
        max_by(clock, version_no) as clock
    from said
    where has and value is not null
    group by problem_id, cause, case when cause = 'source' then value else '' end
),

withdrawn as (
    select written.*, min(later.file_received_at) as until
    from written
    join said as later
        on
            written.problem_id = later.problem_id
            and written.cause = later.cause
            and later.has
            and later.version_no > written.version_no
    -- 写在发生之前的时间是打算
    where coalesce(written.told_at <= end_of_day(written.last_received_at), true)
    group by all
    having days_between(written.first_received_at, min(later.file_received_at)) > correction_days()
)

select
    problem_id,
    max(until) filter (where cause = 'needs_filing') as needs_filing_until,
    max(until) filter (where cause = 'must_disclose') as must_disclose_until,
    max(until) filter (where cause = 'beyond_authority') as beyond_authority_until,
    max(until) filter (where cause = 'violation') as violation_until,
    max(until) filter (where cause = 'denied') as denied_until,
    max_by(value, concat(until, value)) filter (where cause = 'source') as source,
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
