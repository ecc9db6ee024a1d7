-- What speaks of a time to come or of a span: deadlines, months, years, how often.

-- Deadlines: the statement without 接文后, 限期, 前 and 完成整改 around it, its number in digits. 20日前 keeps its 前: it is a
-- day of a month nobody named, and no twenty days.
create or replace macro deadline_text(t) as
    digits_before(regexp_replace(regexp_replace(regexp_replace(
        tidy(t),
        '^(?:自?(?:接到?|收到|送达|下达|交办)(?:本)?(?:文书?|通知书?|交办[单件]?|函|件)?(?:之日起|之日|之后|起|后),?)?(?:(?:限期|限于|限) ?:? ?)?', ''),
        '([内前底]) ?(完成|整改|到位|完毕)+$', '\1'),
        '^(.*[-/.年月].*\d ?[日号时点分]?)(之前|以前|前)$', '\1'),
        ' ?(个|工作日|日|天|周|星期|年)');

-- What kind of statement the cell makes, and the number in it: weeks in days, years in months. 尽快 states none: `vague`.
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
        when regexp_matches(t, '^(尽快|尽早|尽速|抓紧|及时|从速|适时|待定|另定|另行通知|视情况?|按要求|按规定)') then 'vague'
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

-- 2026.1 is refused: a spreadsheet turns 2026.10 into it.
-- A month without a year is the first that does not end before `since`.
create or replace macro read_month(t, since) as
    nullif(regexp_extract(
        case
            when is_serial(t) then strftime(date '1899-12-30' + cast(floor(cast(t as double)) as integer), '%Y-%m')
            else regexp_replace(regexp_replace(regexp_replace(regexp_replace(
                t,
                '^(\d{1,2}) ?月份?$',
                cast(year_within(try_cast(regexp_extract(t, '^(\d{1,2}) ?月', 1) as integer) * 100 + 31, since) as varchar)
                || '-0\1'),
                '^(\d{4})(\d{2})$', '\1-\2'),
                '^(\d{4})( ?[-/年] ?(\d{1,2})|\.(\d{2}|[2-9]))( ?月份?| ?[-/.月] ?\d{1,2} ?日?)?( [\d:]+)?$', '\1-0\3\4'),
                '-0(\d\d)$', '-\1')
        end,
        '^(199\d|20\d\d)-(0[1-9]|1[0-2])$'), '');

-- A month alone in a column of days that takes one (2021年6月, 2021.6起), else NULL; its first or last day.
create or replace macro month_alone(t) as
    case
        when regexp_matches(t, '^(\d{4} ?[-/年.] ?\d{1,2} ?月?份?|\d{6}) ?[起止]?$')
            then read_month(regexp_replace(t, ' ?[起止]$', ''), date '2000-01-01')
    end;

create or replace macro first_if_month(t) as
    coalesce(month_alone(t) || '-01', regexp_replace(t, ' ?[起止]$', ''));

create or replace macro last_if_month(t) as
    coalesce(cast(last_day(cast(month_alone(t) || '-01' as date)) as varchar), regexp_replace(t, ' ?[起止]$', ''));

-- A day by which something is owed, without 同意延期至 and 前 around it; of a month (2026年11月底) its last.
create or replace macro due_text(t) as
    last_if_month(regexp_replace(regexp_replace(
        tidy(t),
        '^((经|已)?(上级)?(同意|批准)(其|该件)?)?(延期?|延长|顺延|展期)?(至|到) ?:? ?', ''),
        '([-/.年月].*[\d日号月时点分]) ?(底|末)?(之前|以前|前|止)?(完成|整改|到位|完毕)*$', '\1'));

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

-- Which advice fits what was written, where that of the rule is not the fittest.
create or replace macro advice_for(rule, column_name, t) as
    case
        when rule = 'date_unreadable' and regexp_full_match(trimmed(t), '√|✓|✔|☑|★|是|有|已|已办') then 'date_unreadable_mark'
        when rule = 'date_unreadable' and regexp_matches(trimmed(t), '^(同[左右上下前]|[〃″"]|如[左上])')
            then 'date_unreadable_same'
        when rule = 'date_unreadable' and month_alone(tidy(t)) is not null then 'date_unreadable_month'
        when
            rule = 'grid_unknown' and column_name = 'whole_county'
            and regexp_matches(t, '全[县区市]|[各每]个?(乡|镇|街道)')
            then 'grid_unknown_whole'
        when rule = 'count_unreadable' and regexp_matches(t, '每|/ ?[天日周月]') then 'count_unreadable_rate'
        when
            rule = 'count_unreadable' and regexp_matches(t, '[\d一二两三四五六七八九十]')
            and regexp_matches(t, '约|近|多|余|左右|以上|以内|[~～]')
            then 'count_unreadable_about'
    end;
