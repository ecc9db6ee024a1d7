-- Helper names that obligations, leads and published use on every engine, as DuckDB has them; each is tested directly.

create or replace macro end_of_day(t) as
    cast(cast(t as date) as timestamp) + interval '86399 seconds';

create or replace macro start_of_day(d) as
    cast(cast(d as date) as timestamp);

create or replace macro plus_days(d, n) as
    cast(cast(d as date) + cast(n as integer) as date);

-- (the last day of a month that has no such day)
create or replace macro plus_months(d, n) as
    cast(cast(d as date) + to_months(cast(n as integer)) as date);

create or replace macro days_between(a, b) as
    cast(date_diff('day', cast(a as date), cast(b as date)) as bigint);

create or replace macro seconds_between(a, b) as
    cast(date_diff('second', cast(a as timestamp), cast(b as timestamp)) as bigint);

-- For how many days after it was first told a date or a result may be corrected as a slip of the pen.
create or replace macro correction_days() as
    7;

-- A year can be evaluated from its last quarter on: sent before, it is none of that year.
create or replace macro is_before_evaluating(t, year_no) as
    t < make_date(year_no, 10, 1);

-- What to say of a day of sending that nobody can check, since the file came long after the end.
create or replace macro told_of_itself(first_received_at) as
    concat_ws('', '；', cast(cast(first_received_at as date) as varchar), ' 才首次收到，上报时间以其自述为准，无从核对');

-- What to say of a limit that ends on a day whose calendar nobody has published: its month is not known either.
create or replace macro told_of_calendar(is_out, met_at) as
    case
        when not coalesce(is_out, false) then ''
        when met_at is null then '；到期日所在年份的日历未发布'
        else '；到期日所在年份的日历未发布，已办结，日历发布后判定并计入到期之月'
    end;

create or replace macro month_of(t) as
    strftime(t, '%Y-%m');

create or replace macro first_of_month(m) as
    cast(concat(m, '-01') as date);

-- How many months lie between two of them (2026-05, 2026-08: 3).
create or replace macro months_apart(a, b) as
    date_diff('month', cast(concat(a, '-01') as date), cast(concat(b, '-01') as date));

create or replace macro end_of_month(m) as
    cast(last_day(cast(concat(m, '-01') as date)) as timestamp) + interval '86399 seconds';

create or replace macro last_day_of_month(m) as
    last_day(cast(concat(m, '-01') as date));

-- Whether a row's ledger had the column, of the list of those it had.
create or replace macro has_column(fields, name) as
    list_contains(fields, name);

-- The texts of a group as one, in order.
create or replace macro join_sorted(t, separator) as
    string_agg(t, separator order by t);

-- Up to three ids of rows, and of how many; NULL for none.
create or replace macro rows_told(ids) as
    case when len(ids) > 0 then concat(
        '行编号 ', array_to_string(list_sort(ids)[:3], '、'),
        case when len(ids) > 3 then concat(' 等 ', cast(len(ids) as varchar), ' 条') else '' end)
    end;

create or replace macro plus_seconds(t, n) as
    cast(t as timestamp) + to_seconds(cast(n as bigint));

-- Whether striking a duty off the record (void, merged, split) still counts: told at once, approved, before it was due,
-- or of a duty that was met in time anyway. What was written after the due day cannot undo what had fallen overdue.
create or replace macro is_struck_in_time(struck_at, is_approved, due_at, met_at) as
    struck_at is null or is_approved or due_at is null or struck_at <= due_at or coalesce(met_at <= due_at, false);

-- Until when a limit runs that starts at t: hours from a clock; else to the end of the n-th following day, a limit of 24·n
-- hours too. nth_workday: the day on which the n-th working day after t falls, NULL where no calendar says.
create or replace macro due_after(t, has_clock, day_kind, n, nth_workday) as
    case
        when day_kind = 'hour' and has_clock then plus_seconds(t, n * 3600)
        when day_kind = 'hour' then end_of_day(plus_days(t, ceil(n / 24e0)))
        when day_kind = 'calendar' then end_of_day(plus_days(t, n))
        when day_kind = 'working' then end_of_day(nth_workday)
    end;
