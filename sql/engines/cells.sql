-- Reads cells on DuckDB: text as counties write it → what it means. For staging only, which lands and types on DuckDB
-- alone; each is tested directly.

-- What most cells need not is asked first: to look is ten times cheaper than to translate.
create or replace macro half_width(t) as
    case
        when regexp_matches(t, '[０-９／：．－＋，～％　]')
            then translate(t, '０１２３４５６７８９／：．－＋，～％　', '0123456789/:.-+,~% ')
        else t
    end;

-- Each argument stands once wherever that can be: macros are copied in, and a ledger has seventy columns.
create or replace macro tidy(t) as
    case
        when regexp_matches(t, '[０-９／：．－＋，～％　\t\n\f\r]|  |^\p{Z}|\p{Z}$')
            then trim(regexp_replace(
                translate(t, '０１２３４５６７８９／：．－＋，～％　', '0123456789/:.-+,~% '), '\s+', ' ', 'g'))
        else t
    end;

-- (space, full-width space, no-break space, tab, line feeds)
create or replace macro trimmed(t) as
    trim(t, E' 　 \t\n\r');

-- NULL for an empty cell and for the signs people write into one.
create or replace macro filled(t) as
    case
        when not regexp_full_match(t, '[\s　\x{a0}]*(-|--|—|——|/|\\|无|N/A|NULL|null|None|空)?[\s　\x{a0}]*')
            then trimmed(t)
    end;

-- The same in a column of dates, where “not yet” is no date either.
create or replace macro filled_date(t) as
    case
        when not regexp_full_match(
            t,
            '[\s　\x{a0}]*(-|--|—|——|/|\\|无|N/A|NULL|null|None|空|至今|[尚暂还]?未(办结|完成|整改|验收|复查|销号)|(整改|办理)中|正在(整改|办理)中?)?[\s　\x{a0}]*')
            then trimmed(t)
    end;

-- The same where 无 is an answer.
create or replace macro filled_count(t) as
    case when not regexp_full_match(t, '[\s　\x{a0}]*') then trimmed(t) end;

-- A text without white space and punctuation, to look for one in another; no regex: slow.
create or replace macro letters_of(t) as
    nullif(translate(
        t, concat(' 　，。、；：？！“”‘’（）《》【】〔〕—…·,.;:?!()[]<>-_/"''', chr(9), chr(10), chr(13), chr(160)), ''), '');

-- In half width and without white space.
create or replace macro unspaced(t) as
    case
        when regexp_matches(t, '[０-９／：．－＋，～％　\s]')
            then regexp_replace(half_width(t), '\s', '', 'g')
        else t
    end;

create or replace macro word_text(t) as
    lower(unspaced(t));

create or replace macro read_code(t) as
    upper(regexp_replace(unspaced(t), '^(\d+)\.0+$', '\1'));

-- As nearly all exports and spreadsheets write a date or an instant: it is read as it stands.
create or replace macro is_iso(t) as
    regexp_matches(t, '^\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?$');

create or replace macro is_serial(t) as
    regexp_matches(t, '^[3-6]\d{4}(\.\d+)?$');

-- 早上, 晚上 and 中午 only before an hour that they leave no doubt about: 晚12点 is noon nowhere, 夜间 alone no hour.
create or replace macro half_of_day(t) as
    case
        when regexp_matches(
            t, '下午|PM|pm|(晚上|晚间|夜间|夜里|傍晚|晚|夜) ?(0?[5-9]|1[01789]|2[0-3]) ?[时点:]|中午 ?0?[12] ?[时点:]')
            then 'p'
        when regexp_matches(t, '上午|AM|am|(早上|早晨|清晨|凌晨|早) ?(0?\d|1[01]) ?[时点:]|中午 ?1[12] ?[时点:]') then 'a'
        else ''
    end;

-- A date or instant in one form: `2026-5-7 14:30`; without its year `--5-7`, a clock alone `T14:30`; `a` or `p` behind
-- it for 上午 and 下午. Words in brackets behind it go, unless they say that it is not so (未完成) or not certain (预计).
-- What is no date comes out as something no reader accepts.
create or replace macro iso_text(t) as
    case
        when is_iso(t) then t
        when is_serial(t)
            then strftime(
                timestamp '1899-12-30' + to_seconds(cast(round(cast(t as double) * 86400) as bigint)), '%Y-%m-%d %H:%M:%S')
        else regexp_replace(trim(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
            regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
                t,
                '(\S) ?[(（][^()（）A-Za-z0-9未预拟计暂约待否不非没至到前后]+[)）]$', '\1'),
                '(\d{1,2} ?[时点])半$', '\130分'),
                '(:\d\d)(\.\d+)?\+08(:?00)?$', '\1\2'),
                '^(\d{1,2}) ?月 ?(\d{1,2}) ?[日号][ T]*', '--\1-\2 '),
                '^(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?[日号]?[ T]*', '\1-\2-\3 '),
                '^(\d{4})(\d{2})(\d{2})( |$)', '\1-\2-\3 '),
                '(?:上午|下午|AM|PM|am|pm) ?|(?:早上|早晨|清晨|凌晨|早) ?((?:0?\d|1[01]) ?[时点:])|(?:晚上|晚间|夜间|夜里|傍晚|晚|夜) ?((?:0?[5-9]|1[01789]|2[0-3]) ?[时点:])|中午 ?((?:0?[12]|1[12]) ?[时点:])',
                '\1\2\3'),
                '(\d{1,2}) ?[时点:] ?(\d{1,2}) ?[分:] ?(\d{1,2}) ?秒?$', '\1:\2:\3'),
                '(\d{1,2}) ?[时点:] ?(\d{1,2}) ?分?$', '\1:\2'),
                '(\d{1,2}) ?[时点]整?$', '\1:00')),
            '^(\d{1,2}:[\d:]+)?$', 'T\1') || half_of_day(t)
    end;

-- A date in the order and years of a profile, rewritten as year-month-day for the readers below: `shape` has its three
-- parts, which stand at groups y, m and d, and the clock; years of fewer than four digits count from `since`. Of a clock
-- of twelve hours, 12 AM is midnight (12 PM is noon anyway). What does not fit the shape stays as it is.
create or replace macro year_first(t, shape, y, m, d, since) as
    case
        when regexp_matches(t, shape) then concat(
            try_cast(regexp_extract(t, shape, y) as integer)
            + case when length(regexp_extract(t, shape, y)) < 4 then since else 0 end,
            '-', regexp_extract(t, shape, m), '-', regexp_extract(t, shape, d), ' ',
            regexp_replace(trim(regexp_extract(t, shape, 4), ' T'), '^12(:[\d:.]*) ?[Aa]\.?[Mm]\.?$', '00\1'))
        else t
    end;

-- The day in an ISO text, NULL in a clock alone; and a clock alone set on such a day.
create or replace macro day_of(iso) as
    nullif(regexp_extract(iso, '^(?:\d{4}|-)-\d{1,2}-\d{1,2}'), '');

create or replace macro clock_on(iso, day) as
    case when starts_with(iso, 'T') then concat(day, ' ', substr(iso, 2)) else iso end;

-- 24:00 is the end of its day, not the beginning of the next.
create or replace macro end_of_24(iso) as
    case when contains(iso, ' 24:0') then regexp_replace(iso, ' 24:00(:00(\.0+)?)?$', ' 23:59:59') else iso end;

-- Of a limit: 0:00 and 24:00 are how software and people write the whole day.
create or replace macro whole_day(iso) as
    regexp_replace(iso, ' (0?0|24):0?0(:0?0(\.0+)?)?$', '');

-- A date without a year is the one within twelve months from `since`; month_day is month * 100 + day.
create or replace macro year_within(month_day, since) as
    year(since) + case when month_day < month(since) * 100 + day(since) then 1 else 0 end;

-- Where those twelve months begin for the date a row hangs on: they end 31 days after the folder's month.
create or replace macro year_opens(m) as
    cast(last_day(cast(concat(m, '-01') as date)) + 32 - interval 1 year as date);

-- The instant an ISO text states, NULL where it states none that exists.
create or replace macro read_instant(iso, since) as
    case
        when is_iso(iso) then try_cast(iso as timestamp)
        when regexp_matches(iso, '^(\d{4}-|--)\d{1,2}-\d{1,2}( \d{1,2}:\d{1,2}(:\d{1,2}(\.\d+)?)?)? ?[ap]?$') then
            try_cast(rtrim(
                case
                    when starts_with(iso, '--')
                        then concat(
                            year_within(
                                try_cast(regexp_extract(iso, '^--(\d+)', 1) as integer) * 100
                                + try_cast(regexp_extract(iso, '^--\d+-(\d+)', 1) as integer), since),
                            substr(iso, 2))
                    else iso
                end, ' ap') as timestamp)
            + to_hours(case when regexp_matches(iso, '(^\S+ ?| (0?\d|1[01]):\S*)p$') then 12 else 0 end)
    end;

-- Of a text that `read_instant` made nothing of: whether it has the shape of a date or a clock, and there is none such.
create or replace macro is_impossible(iso) as
    regexp_matches(iso, '^(\d{4}-|--)\d{1,2}-\d{1,2}( \d{1,2}:\d{1,2}(:\d{1,2}(\.\d+)?)?)? ?[ap]?$')
    or (
        regexp_matches(iso, '^T\d{1,2}:\d{1,2}(:\d{1,2}(\.\d+)?)?[ap]?$')
        and try_cast(concat('2000-01-01 ', regexp_extract(iso, '[\d:.]+')) as timestamp) is null);

-- Whether a row's findings say that this column's date could not be read, which is not the same as an empty cell.
create or replace macro says_no_date(faults, column_name) as
    contains(faults, concat(column_name, ':date_unreadable')) or contains(faults, concat(column_name, ':date_impossible'));

create or replace macro read_precision(iso) as
    case
        when iso is null then null
        when regexp_matches(iso, ' 0?0:00:00(\.0+)?$') then 'day'
        when contains(iso, ':') then 'minute'
        when regexp_matches(iso, '[ap]$') then 'half_day'
        else 'day'
    end;

create or replace macro lacks_year(t) as
    regexp_matches(t, '^\d{1,2} ?月 ?(\d{1,2} ?[日号]|底|末)');

-- A number from 一 to 九十九 at the beginning of a text, in digits; `unit` is what must follow it.
create or replace macro digits_before(t, unit) as
    case
        when regexp_matches(t, concat('^([一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])', unit))
            then translate(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
                t,
                '^([一二三四五六七八九])十([一二三四五六七八九])', '\1\2'),
                '^十([一二三四五六七八九])', '1\1'),
                '^([一二三四五六七八九])十', '\10'),
                '^十', '10'),
                '一二两三四五六七八九', '1223456789')
        else t
    end;

create or replace macro is_dash(t) as
    regexp_full_match(t, '[\s　\x{a0}]*(-|--|—|——|/)[\s　\x{a0}]*');

create or replace macro read_count(t) as
    case
        when t is null then null
        when regexp_full_match(t, '\d{1,9}') then cast(t as bigint)
        when is_dash(t) or regexp_full_match(word_text(t), '无|零|未发现|没有|暂无|未发现问题') then 0
        else try_cast(regexp_extract(
            digits_before(replace(word_text(t), ',', ''), '[个处起次家件项]?$'), '^(\d+)(\.0+)?[个处起次家件项]?$', 1) as bigint)
    end;

create or replace macro read_number(t) as
    coalesce(try_cast(t as double), try_cast(replace(replace(word_text(t), ',', ''), '，', '') as double));

create or replace macro read_flag(t) as
    case
        when regexp_full_match(word_text(t), '是|有|y|yes|true|1|√|已|属实') then true
        when regexp_full_match(word_text(t), '否|无|没有|n|no|false|0|×|x|未') then false
    end;

-- Names without what people write around them: 组长：, 同志, 等3人, telephone numbers; 和 between two names of two characters
-- at least parts them (张和平 stays one).
create or replace macro bare_names(t) as
    regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
        t,
        '[+|&\\]', '、', 'g'),
        '(^|[、，,;；/／\s\p{Z}])\p{Han}{2,4}[:：]', '\1', 'g'),
        '同志|1\d{10}', '', 'g'),
        '等[\s\p{Z}]*(\d+|[一二三四五六七八九十两几多]+)?[\s\p{Z}]*[人名位]?([、，,;；\s\p{Z}]|$)', '\2', 'g'),
        '(\p{Han}{2,4})[和及与](\p{Han}{2,4})', '\1、\2', 'g');

-- Names without the role in brackets behind them and without the blank in a name of two characters (张　三), trimmed.
-- `<` and `>` mark where a word begins and ends, so that each is joined once.
create or replace macro plain_names(t) as
    case
        when regexp_matches(t, '[(（<>\s\p{Z}:：+|&\\\d等和及与]|同志')
            then trimmed(regexp_replace(regexp_replace('<' || regexp_replace(regexp_replace(regexp_replace(trimmed(bare_names(t)),
                '([^、，,;；/／\s\p{Z}(（])(?:[\s\p{Z}]*[(（][^)）]*[)）])+', '\1', 'g'),
                '[\s\p{Z}]*([、，,;；/／\n\r])[\s\p{Z}]*', '>\1<', 'g'),
                '[\t\p{Z}]+', '> <', 'g') || '>',
                '<(\p{Han})> <(\p{Han})>', '<\1\2>', 'g'),
                '[<>]', '', 'g'))
        else t
    end;

create or replace macro read_name(t) as
    nullif(plain_names(t), '');

-- Most lists have one mark between two parts and nothing to tidy away; to split those at a character takes half as long.
create or replace macro read_names(t) as
    case
        when regexp_matches(t, '[，,;；/／(（<>\s\p{Z}:：+|&\\\d等和及与]|同志|、、|^、|、$|^$')
            then list_filter(regexp_split_to_array(plain_names(t), '[、，,;；/／\s\p{Z}]+'), lambda x: x <> '')
        else string_split(t, '、')
    end;

create or replace macro read_list(t) as
    case
        when regexp_matches(t, '[ 　\n\r]|[、，,;；]{2}|^[、，,;；]|[、，,;；]$|^$')
            then list_filter(
                list_transform(regexp_split_to_array(t, '[、，,;；\n\r]+'), lambda x: trim(x, ' 　')), lambda x: x <> '')
        else string_split(replace(replace(replace(replace(t, '，', '、'), ',', '、'), ';', '、'), '；', '、'), '、')
    end;

-- Deadlines: the statement without 限期, 前 and 完成整改 around it, its number in digits. 20日前 keeps its 前: it is a day of
-- a month nobody named, and no twenty days.
create or replace macro deadline_text(t) as
    digits_before(regexp_replace(regexp_replace(regexp_replace(
        tidy(t),
        '^(限期|限于|限) ?:? ?', ''),
        '([内前底]) ?(完成|整改|到位|完毕)+$', '\1'),
        '^(.*[-/.年月].*\d ?[日号时点分]?)(之前|以前|前)$', '\1'),
        ' ?(个|工作日|日|天|周|星期|年)');

-- What kind of statement the cell makes, and the number in it: weeks in days, years in months.
create or replace macro deadline_kind(t) as
    case
        when t is null then null
        when regexp_matches(t, '^(立行立改|立即整改|立即|当场整改|当日|即[知查]即改|立[知查]立改|边查边改)') then 'same_day'
        when regexp_matches(t, '^\d{1,4} ?个?工作日([之以])?内?$') then 'working_days'
        when regexp_matches(t, '^(\d{1,4} ?个?(日|天)|\d{1,3} ?个?(周|星期)|半个?月)([之以])?内?$') then 'days'
        when regexp_matches(t, '^(24|48|72|96|120|144|168) ?个?小时([之以])?内?$') then 'days'
        when regexp_matches(t, '^(\d{1,3} ?个月|半年)([之以])?内?$|^\d{1,2} ?年([之以])?内$') then 'months'
        when regexp_matches(t, '^长期|^(持续(整改|推进|坚持)|常态化(整改|推进|坚持|管理)?)[。.]?$') then 'long_term'
        when regexp_matches(t, '^(\d{4} ?年)?(年)?底(之)?前?$') then 'year_end'
        when regexp_matches(t, '^\d{4} ?[-/.年] ?\d{1,2} ?月?(底|末)?(之)?前?$') then 'month_end'
        when regexp_matches(t, '^\d{1,2} ?月(底|末)(之)?前?$') then 'month_end'
        else 'date'
    end;

create or replace macro deadline_number(t) as
    case
        when regexp_matches(t, '^半个?月') then 15
        when regexp_matches(t, '^半年') then 6
        else coalesce(
            try_cast(regexp_extract(t, '^(\d{1,4}) ?(个?工作日|个?日|个?天|个月)', 1) as bigint),
            try_cast(regexp_extract(t, '^(\d{1,3}) ?个?(周|星期)', 1) as bigint) * 7,
            try_cast(regexp_extract(t, '^(24|48|72|96|120|144|168) ?个?小时', 1) as bigint) // 24,
            try_cast(regexp_extract(t, '^(\d{1,2}) ?年[之以]?内', 1) as bigint) * 12)
    end;

-- The day a month-end statement means; without a year the first that does not end before `since`.
create or replace macro deadline_month(t) as
    regexp_extract(t, '^(?:\d{4} ?[-/.年])? ?(\d{1,2}) ?月?(?:底|末|$|之|前)', 1);

create or replace macro deadline_month_end(t, since) as
    last_day(try_cast(concat(
        coalesce(
            nullif(regexp_extract(t, '^(\d{4}) ?[-/.年]', 1), ''),
            cast(year_within(try_cast(deadline_month(t) as integer) * 100 + 31, since) as varchar)),
        '-', coalesce(nullif(deadline_month(t), ''), 'x'), '-1') as date));

create or replace macro deadline_year(t) as
    try_cast(regexp_extract(t, '^(\d{4}) ?年', 1) as integer);

-- Names of grids as they are compared; a village in brackets behind its township says nothing of the grid.
create or replace macro grid_text(t) as
    case
        when regexp_matches(t, '[(（０-９／：．－＋，～％　\s]')
            then regexp_replace(unspaced(t), '^(.+(?:镇|乡|街道|街道办事处))[(（][^()（）]*[)）]$', '\1')
        else t
    end;
