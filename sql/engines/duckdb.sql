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

-- For how many days after it was first told a date or a result may be corrected as a slip of the pen.
create or replace macro correction_days() as
    7;

create or replace macro month_of(t) as
    strftime(t, '%Y-%m');

create or replace macro first_of_month(m) as
    cast(concat(m, '-01') as date);

create or replace macro end_of_month(m) as
    cast(last_day(cast(concat(m, '-01') as date)) as timestamp) + interval '86399 seconds';

create or replace macro last_day_of_month(m) as
    last_day(cast(concat(m, '-01') as date));

-- The texts of a group as one, in order.
create or replace macro join_sorted(t, separator) as
    string_agg(t, separator order by t);

-- Up to three ids of rows, and of how many.
create or replace macro rows_told(ids) as
    concat(
        '行编号 ', array_to_string(list_sort(ids)[:3], '、'),
        case when len(ids) > 3 then concat(' 等 ', cast(len(ids) as varchar), ' 条') else '' end);
