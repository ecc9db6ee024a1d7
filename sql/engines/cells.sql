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

-- Whether a text begins and ends with something to see; to compare its ends costs a fifth of what a pattern does, though
-- the argument, a plain column, stands there ten times.
create or replace macro has_plain_ends(t) as
    t >= '!' and not (starts_with(t, '　') or starts_with(t, ' '))
    and not (
        ends_with(t, ' ') or ends_with(t, '　') or ends_with(t, ' ') or ends_with(t, E'\t') or ends_with(t, E'\n')
        or ends_with(t, E'\r') or ends_with(t, E'\f'));

-- NULL for an empty cell and for the signs people write into one; those have six bytes at most.
create or replace macro filled(t) as
    case
        when strlen(t) > 6 and has_plain_ends(t) then t
        when not regexp_full_match(t, '[\s　\x{a0}]*(-|--|—|——|/|\\|无|N/A|NULL|null|None|空)?[\s　\x{a0}]*')
            then trimmed(t)
    end;

-- What stands where a name should and names nobody: a vacancy, in brackets or with a remark in brackets behind it.
create or replace macro is_nobody(t) as
    regexp_full_match(
        t,
        '[\s　\x{a0}]*[(（【\[]?[\s　]*(?:(?:岗位|职位|目前|现)?(?:空缺|暂缺|缺岗|空岗|空编)|暂无|暂无人选|暂未(?:配备|明确|任命)|待(?:定|补|聘|配|配备|补充|任命|明确|确定)|未(?:定|配备|任命|明确)|无人|无此人|无此岗|无|[xX×Ｘｘ]{2,4}|[*＊]{2,4}|-+|—+|/+)[\s　]*[)）】\]]?(?:[(（].*[)）])?[\s　\x{a0}]*');

-- The same of names.
create or replace macro filled_name(t) as
    case when not is_nobody(t) then filled(t) end;

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

-- Of a result with a remark behind it, the result (不合格，限11月5日前整改); NULL where there is no remark. One that says
-- 不, 未, 基本 or the like stays that whatever follows; behind a good one nothing may follow that takes it back (合格，但……).
create or replace macro word_before_remark(t) as
    case
        when regexp_matches(t, '[，,。；;：:、（(【!！限要责须需应请继重再]')
            then nullif(coalesce(
                nullif(regexp_extract(
                    word_text(t),
                    '^([不未没仍反部基大][^，,。；;：:、（(【!！]{1,8}?)(?:[，,。；;：:、（(【!！]|限|要求|责令|[须需应请]|继续|重新|再次)', 1), ''),
                nullif(regexp_extract(
                    word_text(t),
                    '^([^不未没仍反部基大，,。；;：:、（(【!！][^，,。；;：:、（(【!！]{1,8})[，,。；;：:、（(【!！][^不未没无非否待但除尚余限仍再差欠继续]*$', 1), '')), '')
    end;

-- The posts that somebody holds at once (镇长、机构负责人; 站长兼网格员), as they are compared.
create or replace macro post_parts(t) as
    list_filter(regexp_split_to_array(word_text(t), '[、，,;；/／+()（）]|兼任?|以及'), lambda x: x <> '');

-- Whether a visit counts as failed because of the new deadline beside it, and not by a result that was read.
create or replace macro says_failed_by_due(faults) as
    contains(faults, ':failed_by_new_due:') or contains(faults, ':result_unread_failed:');

create or replace macro read_code(t) as
    case
        when regexp_full_match(t, '[A-Z0-9_/-]*') then t
        else upper(regexp_replace(unspaced(t), '^(\d+)\.0+$', '\1'))
    end;

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
    coalesce(
        try_cast(t as double),
        try_cast(regexp_replace(replace(replace(word_text(t), ',', ''), '，', ''), '^(-?[\d.]+)分$', '\1') as double));

create or replace macro read_flag(t) as
    case
        when regexp_full_match(word_text(t), '是|有|y|yes|true|1|√|✓|✔|☑|★|已|属实|重点') then true
        when regexp_full_match(word_text(t), '否|无|没有|n|no|false|0|×|x|未|非重点') then false
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

-- Of whom one names nobody (示例甲、空缺), only those who are somebody; asked first whether there is such a word at all.
create or replace macro read_people(t) as
    case
        when regexp_matches(t, '缺|岗|无|未|定|待|空|[xX×Ｘｘ*＊—-]')
            then list_filter(read_names(t), lambda x: not is_nobody(x))
        else read_names(t)
    end;

create or replace macro read_list(t) as
    case
        when regexp_matches(t, '[ 　\n\r]|[、，,;；]{2}|^[、，,;；]|[、，,;；]$|^$')
            then list_filter(
                list_transform(regexp_split_to_array(t, '[、，,;；\n\r]+'), lambda x: trim(x, ' 　')), lambda x: x <> '')
        else string_split(replace(replace(replace(replace(t, '，', '、'), ',', '、'), ';', '、'), '；', '、'), '、')
    end;

-- Names of grids as they are compared; a village in brackets behind its township says nothing of the grid.
create or replace macro grid_text(t) as
    case
        when regexp_matches(t, '[(（０-９／：．－＋，～％　\s]')
            then regexp_replace(unspaced(t), '^(.+(?:镇|乡|街道|街道办事处))[(（][^()（）]*[)）]$', '\1')
        else t
    end;

-- An item of a self-evaluation as it is compared: without what stands in brackets, a number before, points behind.
create or replace macro item_text(t) as
    nullif(regexp_replace(
        letters_of(lower(half_width(regexp_replace(
            regexp_replace(t, '[(（【\[][^)）】\]]*[)）】\]]', '', 'g'), '^[\s　]*[0-9０-９一二三四五六七八九十]+[、.．,，]', '')))),
        '[0-9]+分$', ''), '');
