-- Dates and clocks as counties write them, as one text and as the instant that it states.

-- As nearly all exports and spreadsheets write a date or an instant: it is read as it stands.
create or replace macro is_iso(t) as
    regexp_matches(t, '^\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?$');

create or replace macro is_serial(t) as
    regexp_matches(t, '^[3-6]\d{4}(\.\d+)?$');

-- 早上, 晚上 and 中午 only before an hour that they leave no doubt about: 晚12点 is noon nowhere, 夜间 alone no hour, and
-- 凌晨12点 either midnight; 凌晨12:30 is half an hour of its day, as is the 上午12:30 of software.
create or replace macro half_of_day(t) as
    case
        when regexp_matches(
            t, '下午|PM|pm|(晚上|晚间|夜间|夜里|傍晚|晚|夜) ?(0?[5-9]|1[01789]|2[0-3]) ?[时点:]|中午 ?(0?[12]|12) ?[时点:]')
            then 'p'
        when regexp_matches(t, '上午|AM|am|(早上|早晨|清晨|凌晨|早) ?(0?\d|1[01]) ?[时点:]|凌晨 ?12|中午 ?11 ?[时点:]') then 'a'
        else ''
    end;

-- The hour after midnight, which clocks of twelve hours call twelve: 12:30 AM is 0:30.
create or replace macro after_midnight(iso) as
    regexp_replace(iso, '([ T])12(:[\d:.]+) ?a$', '\100\2');

-- A date or instant in one form: `2026-5-7 14:30`; without its year `--5-7`, a clock alone `T14:30`; `a` or `p` behind
-- it for 上午 and 下午. Words behind it, in brackets or after 已, go, unless they say that it is not so (未完成) or not
-- certain (预计); what else they may say is `date_remark`'s to tell.
-- What is no date comes out as something no reader accepts.
create or replace macro iso_text(t) as
    case
        when is_iso(t) then t
        when is_serial(t)
            then strftime(
                timestamp '1899-12-30' + to_seconds(cast(round(cast(t as double) * 86400) as bigint)), '%Y-%m-%d %H:%M:%S')
        else after_midnight(regexp_replace(trim(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
            regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
                t,
                '(\S) ?[(（](?:[^()（）A-Za-z0-9未预拟计暂约待否不非没至到前后]|到位|待(?:复查|验收|销号|核查))+[)）]$|(\d ?[日号]?) ?已(?:[^()（）A-Za-z0-9未预拟计暂约待否不非没至到前后]|到位){1,12}$',
                '\1\2'),
                '(\d{1,2} ?[时点])半$', '\130分'),
                '(:\d\d)(\.\d+)?\+08(:?00)?$', '\1\2'),
                '^(\d{1,2}) ?月 ?(\d{1,2}) ?[日号][ T]*', '--\1-\2 '),
                '^(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?[日号]?[ T]*', '\1-\2-\3 '),
                '^(\d{4})(\d{2})(\d{2})( |$)', '\1-\2-\3 '),
                '(上午 ?12 ?[时点]整?$)|(?:上午|下午|AM|PM|am|pm) ?|(?:早上|早晨|清晨|凌晨|早) ?((?:0?\d|1[01]) ?[时点:])|凌晨 ?(12 ?[时点:] ?(?:0?[1-9]|[1-5]\d))|(?:晚上|晚间|夜间|夜里|傍晚|晚|夜) ?((?:0?[5-9]|1[01789]|2[0-3]) ?[时点:])|中午 ?((?:0?[12]|1[12]) ?[时点:])',
                '\1\2\3\4\5'),
                '(\d{1,2}) ?[时点:] ?(\d{1,2}) ?[分:] ?(\d{1,2}) ?秒?$', '\1:\2:\3'),
                '(\d{1,2}) ?[时点:] ?(\d{1,2}) ?分?$', '\1:\2'),
                '(\d{1,2}) ?[时点]整?$', '\1:00')),
            '^(\d{1,2}:[\d:]+)?$', 'T\1') || half_of_day(t))
    end;

-- What the words behind a date say, of those that `iso_text` takes off: NULL where there are none, or such as change
-- nothing (weekday, time of day, 已完成); `undone` where they say that it is not done, or not by us; else `other`.
-- Plain dates are too short to have any (in bytes), and end neither in a bracket nor hold 已.
create or replace macro date_remark(t) as
    case
        when strlen(t) > 16 and (ends_with(t, ')') or ends_with(t, '）') or contains(t, '已')) then
            case
                when regexp_matches(
                    t,
                    '(?:[(（]|\d ?[日号]? ?已)(?:(?:星期|周|礼拜)[一二三四五六日天末]|上午|下午|早上|中午|晚上|夜间|全天|当[天日场]|(?:非|法定)?(?:工作日|节?假日|休息日)|元旦|春节|清明|五一|端午|中秋|国庆|已?(?:均|都|全部|全面|按期|按时|如期|现场|当场)?(?:完成|整改|办结|销号|验收|复查|核查|核实|反馈|答复|回复|公开|登记|送达|签收|到位|立案|合格|通过)(?:整改|复查|验收|到位|完毕|完成|合格|通过|属实)*|待(?:复查|验收|销号|核查)|书面|电话|口头|更正|补登|补录|附照片|见附件|立行立改|即[知查]即改)[)）]?$')
                    then null
                when not regexp_matches(t, '[(（].+[)）]$|\d ?[日号]? ?已.+$') then null
                when regexp_matches(
                    t,
                    '基本|部分|大部|初步|主体|[尚仍还剩余]|尾工|收尾|移交|移送|转办|转交|推进|进行|序时|阶段|继续|持续|陆续|延期|推迟|缓办|反弹|复发|[治改工产设理]中[)）]?$')
                    or (regexp_matches(t, '停产|停业|停工|整治|整顿|治理') and regexp_matches(t, '整治|整顿|整改|治理')
                        and not regexp_matches(t, '完成|到位|完毕'))
                    then 'undone'
                else 'other'
            end
    end;

-- Beginning and end written into one cell (2026-10-23 14:30-16:00): what stands before the clocks, the first, the second.
-- Hyphens join dates too, hence both must be clocks. An end without 上午 or 下午 is of the afternoon its beginning is of.
create or replace macro range_shape() as
    '^(|.*?[^\d:.T])(上午|下午|早上|早晨|清晨|凌晨|中午|傍晚|晚上|晚间|夜间|早|晚)? ?(\d{1,2} ?(?:[时点:] ?\d{1,2} ?分?|[时点][整半]?)) ?(?:--?|~|—+|–|至|到) ?(上午|下午|早上|早晨|清晨|凌晨|中午|傍晚|晚上|晚间|夜间|早|晚)? ?(\d{1,2} ?(?:[时点:] ?\d{1,2} ?分?|[时点][整半]?))$';

create or replace macro range_start(t) as
    case when is_iso(t) then t else regexp_replace(t, range_shape(), '\1\2\3') end;

create or replace macro range_end(t) as
    nullif(concat(
        coalesce(
            nullif(regexp_extract(t, range_shape(), 4), ''),
            regexp_extract(regexp_extract(t, range_shape(), 2), '^(下午|傍晚|晚上|晚间|夜间|晚)$')),
        regexp_extract(t, range_shape(), 5)), '');

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
