-- Helper functions on DuckDB. The first part reads cells (staging only); the second part holds the helper
-- names that obligations and published use on every engine; each is tested directly.

-- Cells -------------------------------------------------------------------------------------------------------
create or replace macro half_width(t) as
    translate(t, '０１２３４５６７８９／：．－－＋，～％　', '0123456789/:.--+,~% ');

-- Each argument stands once wherever that can be: macros are copied in, and a ledger has seventy columns.
create or replace macro tidy(t) as
    trim(regexp_replace(half_width(t), '\s+', ' ', 'g'));

-- (space, full-width space, no-break space, tab, line feeds)
create or replace macro trimmed(t) as
    trim(t, E' 　 \t\n\r');

-- NULL for an empty cell and for the signs people write into one.
create or replace macro filled(t) as
    case
        when not regexp_full_match(t, '[\s　\x{a0}]*(-|--|—|——|/|\\|无|N/A|NULL|null|None|空)?[\s　\x{a0}]*')
            then trimmed(t)
    end;

-- The same where 无 is an answer.
create or replace macro filled_count(t) as
    case when not regexp_full_match(t, '[\s　\x{a0}]*') then trimmed(t) end;

create or replace macro word_text(t) as
    lower(regexp_replace(half_width(t), '\s', '', 'g'));

create or replace macro read_code(t) as
    upper(regexp_replace(regexp_replace(half_width(t), '\s', '', 'g'), '^(\d+)\.0+$', '\1'));

-- A date or instant rewritten as ISO text; what is not a date comes out as something no cast accepts.
create or replace macro iso_text(t, folder_year) as
    trim(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
        t,
        '^(\d{1,2}) ?月 ?(\d{1,2}) ?日', folder_year || '-\1-\2'),
        '^(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?日?[ T]*', '\1-\2-\3 '),
        '^(\d{4})(\d{2})(\d{2})( |$)', '\1-\2-\3 '),
        '(上午|下午|AM|PM|am|pm) ?', ''),
        '(\d{1,2}) ?[时点:] ?(\d{1,2}) ?[分:] ?(\d{1,2}) ?秒?$', '\1:\2:\3'),
        '(\d{1,2}) ?[时点:] ?(\d{1,2}) ?分?$', '\1:\2'),
        '(\d{1,2}) ?[时点]整?$', '\1:00'));

create or replace macro is_serial(t) as
    regexp_matches(t, '^[3-6]\d{4}(\.\d+)?$');

create or replace macro half_of_day(t) as
    case when regexp_matches(t, '(下午|PM|pm)') then 12 else 0 end;

create or replace macro has_clock(t) as
    regexp_matches(t, '\d ?[:时点]') or regexp_matches(t, '^[3-6]\d{4}\.\d*[1-9]');

-- The instant a cell states, NULL where it states none that exists.
create or replace macro read_instant(t, folder_year) as
    case
        when t is null then null
        when regexp_matches(t, '^\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?$') then try_cast(t as timestamp)
        when is_serial(t) then timestamp '1899-12-30' + to_seconds(cast(round(cast(t as double) * 86400) as bigint))
        else try_cast(iso_text(t, folder_year) as timestamp) + to_hours(
            case
                when half_of_day(t) = 12 and not has_clock(t) then 12
                when half_of_day(t) = 12 and hour(try_cast(iso_text(t, folder_year) as timestamp)) < 12 then 12
                else 0
            end)
    end;

create or replace macro read_precision(t) as
    case
        when t is null then null
        when regexp_matches(t, ' 00:00:00$') then 'day'
        when has_clock(t) then 'minute'
        when regexp_matches(t, '(上午|下午|AM|PM|am|pm)') then 'half_day'
        else 'day'
    end;

create or replace macro lacks_year(t) as
    regexp_matches(t, '^\d{1,2} ?月 ?\d{1,2} ?日');

create or replace macro read_count(t) as
    case
        when t is null then null
        when list_contains(['无', '未发现', '没有', '暂无', '未发现问题', '-', '—', '/'], word_text(t)) then 0
        else try_cast(regexp_extract(replace(word_text(t), ',', ''), '^(\d+)(\.0+)?[个处起次家件项]?$', 1) as bigint)
    end;

create or replace macro read_number(t) as
    try_cast(replace(replace(word_text(t), ',', ''), '，', '') as double);

create or replace macro read_flag(t) as
    case
        when list_contains(['是', '有', 'y', 'yes', 'true', '1', '√', '已', '属实'], word_text(t)) then true
        when list_contains(['否', '无', '没有', 'n', 'no', 'false', '0', '×', 'x', '未'], word_text(t)) then false
    end;

create or replace macro read_names(t) as
    list_filter(regexp_split_to_array(t, '[、，,;；/／\s　]+'), lambda x: x <> '');

create or replace macro read_list(t) as
    list_filter(list_transform(regexp_split_to_array(t, '[、，,;；\n\r]+'), lambda x: trim(x, ' 　')), lambda x: x <> '');

-- Deadlines: what kind of statement the cell makes, and the number in it.
create or replace macro deadline_kind(t) as
    case
        when t is null then null
        when regexp_matches(t, '^(立行立改|立即整改|立即|当场整改|当日)') then 'same_day'
        when regexp_matches(t, '^\d{1,4} ?个?工作日(之)?内?$') then 'working_days'
        when regexp_matches(t, '^\d{1,4} ?个?(日|天)(之)?内?$') then 'days'
        when regexp_matches(t, '^长期') then 'long_term'
        when regexp_matches(t, '^(\d{4} ?年)?(年)?底(之)?前?$') then 'year_end'
        when regexp_matches(t, '^\d{4} ?[-/.年] ?\d{1,2} ?月?(底|末)?(之)?前?$') then 'month_end'
        when regexp_matches(t, '^\d{1,2} ?月(底|末)(之)?前?$') then 'month_end'
        else 'date'
    end;

create or replace macro deadline_number(t) as
    try_cast(regexp_extract(t, '^(\d{1,4}) ?个?(工作日|日|天)', 1) as bigint);

-- The day a month-end or year-end statement means.
create or replace macro deadline_month_end(t, folder_year) as
    last_day(try_cast(concat(
        coalesce(nullif(regexp_extract(t, '^(\d{4}) ?[-/.年]', 1), ''), folder_year), '-',
        coalesce(nullif(regexp_extract(t, '^(?:\d{4} ?[-/.年])? ?(\d{1,2}) ?月?(?:底|末|$|之|前)', 1), ''), 'x'), '-1') as date));

create or replace macro deadline_year(t) as
    try_cast(regexp_extract(t, '^(\d{4}) ?年', 1) as integer);

-- Names of grids as they are compared.
create or replace macro grid_text(t) as
    regexp_replace(half_width(t), '\s', '', 'g');

-- Months, years and cycles: columns that state a period rather than a moment.
-- 2026.1 is refused: a spreadsheet turns 2026.10 into it.
create or replace macro read_month(t, folder_year) as
    nullif(regexp_extract(
        case
            when is_serial(t) then strftime(date '1899-12-30' + cast(floor(cast(t as double)) as integer), '%Y-%m')
            else regexp_replace(regexp_replace(regexp_replace(regexp_replace(
                t,
                '^(\d{1,2}) ?月份?$', folder_year || '-0\1'),
                '^(\d{4})(\d{2})$', '\1-\2'),
                '^(\d{4})( ?[-/年] ?(\d{1,2})|\.(\d{2}|[2-9]))( ?月份?| ?[-/.月] ?\d{1,2} ?日?)?( [\d:]+)?$', '\1-0\3\4'),
                '-0(\d\d)$', '-\1')
        end,
        '^(199\d|20\d\d)-(0[1-9]|1[0-2])$'), '');

create or replace macro month_lacks_year(t) as
    regexp_matches(t, '^\d{1,2} ?月');

create or replace macro read_year(t) as
    try_cast(regexp_extract(t, '^(199\d|20\d\d)(\.0+)? ?(年|年度)?$', 1) as bigint);

-- How often: without the words that change nothing; 半月 and 两月 are windows of their own.
create or replace macro cycle_text(t) as
    regexp_replace(word_text(t), '(不少于|不低于|不得少于|至少|最少|巡查|检查|按照|按|/|\(|\)|,|，|。|以上)', '', 'g');

create or replace macro cycle_window(t) as
    regexp_extract(
        t,
        '^(?:(?:[1-9]\d?|[一二两三四五六七八九十])次)?(?:每|一|1)?个?(日|天|周|星期|礼拜|半月|半个月|两周|2周|双周|月|双月|两个?月|2个月|季度?|半年|年)度?(?:(?:[1-9]\d?|[一二两三四五六七八九十])次)?$',
        1);

create or replace macro read_cycle(t) as
    case
        when not regexp_matches(t, '次.*次') then
            list_extract(
                ['day', 'day', 'week', 'week', 'week', 'half_month', 'half_month', 'two_weeks', 'two_weeks', 'two_weeks',
                'month', 'two_months', 'two_months', 'two_months', 'two_months', 'quarter', 'quarter', 'half_year', 'year'],
                list_position(
                    ['日', '天', '周', '星期', '礼拜', '半月', '半个月', '两周', '2周', '双周',
                    '月', '双月', '两月', '两个月', '2个月', '季', '季度', '半年', '年'],
                    cycle_window(t)))
    end;

-- A bare window (每月) means once.
create or replace macro cycle_visits(t) as
    case regexp_extract(t, '(\d{1,2}|[一二两三四五六七八九十])次', 1)
        when '' then 1
        when '两' then 2
        else coalesce(
            try_cast(regexp_extract(t, '(\d{1,2})次', 1) as bigint),
            strpos('一二三四五六七八九十', regexp_extract(t, '([一二三四五六七八九十])次', 1)))
    end;

-- Every engine -----------------------------------------------------------------------------------------------
create or replace macro end_of_day(t) as
    cast(cast(t as date) as timestamp) + interval '86399 seconds';

create or replace macro start_of_day(d) as
    cast(cast(d as date) as timestamp);

create or replace macro plus_days(d, n) as
    cast(cast(d as date) + cast(n as integer) as date);

create or replace macro days_between(a, b) as
    cast(date_diff('day', cast(a as date), cast(b as date)) as bigint);

create or replace macro month_of(t) as
    strftime(t, '%Y-%m');

create or replace macro first_of_month(m) as
    cast(concat(m, '-01') as date);

create or replace macro end_of_month(m) as
    cast(last_day(cast(concat(m, '-01') as date)) as timestamp) + interval '86399 seconds';

create or replace macro last_day_of_month(m) as
    last_day(cast(concat(m, '-01') as date));
