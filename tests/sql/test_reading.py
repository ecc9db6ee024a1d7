"""What people write into cells is read as what they meant: dates, deadlines, numbers, names."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import engine
from pipelines.settings import CODE_ROOT

CON = engine.connect(None, CODE_ROOT / "sql", threads=1)
FULL_WIDTH = str.maketrans("0123456789/:.-", "０１２３４５６７８９／：．－")
days = st.dates(min_value=date(2015, 1, 1), max_value=date(2035, 12, 31))
minutes = st.datetimes(min_value=datetime(2015, 1, 1), max_value=datetime(2035, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
DAY_STYLES = [
    lambda d: f"{d:%Y-%m-%d}",
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year}年{d.month}月{d.day}号",
    lambda d: f"{d:%Y-%m-%d} 00:00:00",
    lambda d: f" {d.year}年 {d.month}月{d.day} 日　",
    lambda d: f"{d.year}/{d.month:02d}/{d.day:02d}".translate(FULL_WIDTH),
    lambda d: str((d - date(1899, 12, 30)).days),
]
MINUTE_STYLES = [
    lambda m: f"{m:%Y-%m-%d %H:%M}",
    lambda m: f"{m:%Y-%m-%d %H:%M}:07.000",
    lambda m: f"{m:%Y-%m-%dT%H:%M}:07+08:00",
    lambda m: f"{m.year}/{m.month}/{m.day} {m.hour}:{m.minute:02d}",
    lambda m: f"{m.year}年{m.month}月{m.day}日 {m.hour}时{m.minute}分",
    lambda m: f"{m.year}年{m.month}月{m.day}日{m.hour}点{m.minute:02d}分".translate(FULL_WIDTH),
    lambda m: (
        f"{m:%Y-%m-%d} {'上午' if m.hour < 12 else '下午'}{m.hour if m.hour <= 12 else m.hour - 12}:{m.minute:02d}"
    ),
    lambda m: f"{m:%Y-%m-%d} {m.hour % 12 or 12}:{m.minute:02d} {'AM' if m.hour < 12 else 'PM'}",
    lambda m: f"{m:%Y/%m/%d} {'上午' if m.hour < 12 else '下午'}{m.hour % 12 or 12}:{m.minute:02d}",
]


def read(text: str, since: date = date(2026, 1, 1)) -> tuple[Any, Any]:
    row = CON.execute(
        "with cell as (select iso_text(tidy(filled_date($1))) as iso, cast($2 as date) as since)"
        " select read_instant(iso, since), read_precision(iso) from cell",
        [text, since],
    ).fetchone()
    assert row is not None
    return row[0], row[1]


@settings(deadline=None, max_examples=150)
@given(day=days, style=st.sampled_from(DAY_STYLES))
def test_a_day_in_any_hand_is_that_day(day: date, style: Any) -> None:
    assert read(style(day)) == (datetime(day.year, day.month, day.day), "day")


@settings(deadline=None, max_examples=150)
@given(moment=minutes, style=st.sampled_from(MINUTE_STYLES))
def test_a_minute_in_any_hand_is_that_minute(moment: datetime, style: Any) -> None:
    instant, precision = read(style(moment))
    assert (instant.replace(second=0), precision) == (moment, "minute")


@settings(deadline=None, max_examples=150)
@given(day=days, since=days, clock=st.sampled_from(["", " 8:30"]))
def test_a_day_without_its_year_is_the_one_within_twelve_months(day: date, since: date, clock: str) -> None:
    found = read(f"{day.month}月{day.day}日{clock}", since)[0]
    years = [year for year in (since.year, since.year + 1) if (day.month, day.day) != (2, 29) or year % 4 == 0]
    within = [day.replace(year=year) for year in years]
    until = (since.year + 1, since.month, since.day)
    expected = [d for d in within if since <= d and (d.year, d.month, d.day) < until]
    assert ([found.date()] if found else []) == expected


@settings(deadline=None, max_examples=60)
@given(moment=minutes.filter(lambda m: m.hour or m.minute))
def test_an_excel_serial_is_that_minute(moment: datetime) -> None:
    serial = (moment - datetime(1899, 12, 30)) / timedelta(days=1)
    assert read(f"{serial:.9f}") == (moment, "minute")


@settings(deadline=None, max_examples=100)
@given(text=st.text(max_size=20))
def test_no_text_breaks_the_reader(text: str) -> None:
    instant, _ = read(text.replace("\x00", ""))
    assert instant is None or isinstance(instant, datetime)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30", "20261301", "3.1", "10.23", "10.23-10.25", "10.1、10.3", "2026-05-07 25:00", "昨天", "2026",
        "12:30", "2026年", "夜间", "infinity", "-infinity", "epoch", "now", "today", "2026-05-07 (BC)",
        "2026-05-07 14:30+05", "2026-05-07 14:30 UTC", "2026-05-07~2026-05-09", "2月29日", "10/25", "2026年10月中旬",
        "2026-10-25 晚12点", "2026-10-25 凌晨12点", "2026-10-25 凌晨12:00", "2026-10-25 上午12点",
        "2026-10-25 上午12时整", "2026-10-25 夜间", "2026-10-25（未完成）", "2026-10-25（预计）", "2026-10-23（25）",
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_made_one(text: str) -> None:
    assert read(text)[0] is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3月1日", (datetime(2026, 3, 1), "day")),
        ("3月1日下午2时30分", (datetime(2026, 3, 1, 14, 30), "minute")),
        ("2026-5-7 上午", (datetime(2026, 5, 7), "half_day")),
        ("2026-5-7下午", (datetime(2026, 5, 7, 12), "half_day")),
        ("2026-05-07 00:00:00", (datetime(2026, 5, 7), "day")),
        ("2026年5月7日下午12时30分", (datetime(2026, 5, 7, 12, 30), "minute")),
        ("2026年10月25日晚8点", (datetime(2026, 10, 25, 20), "minute")),
        ("2026-10-25 晚上8点半", (datetime(2026, 10, 25, 20, 30), "minute")),
        ("10月25日早上8点", (datetime(2026, 10, 25, 8), "minute")),
        ("2026.10.25 中午12点", (datetime(2026, 10, 25, 12), "minute")),
        ("2026-10-25 中午12:30", (datetime(2026, 10, 25, 12, 30), "minute")),
        ("2026-10-25 中午11:30", (datetime(2026, 10, 25, 11, 30), "minute")),
        ("2026-10-25 凌晨12:30", (datetime(2026, 10, 25, 0, 30), "minute")),
        ("2026-10-25 凌晨12点半", (datetime(2026, 10, 25, 0, 30), "minute")),
        ("2026-10-25 12:05:09 AM", (datetime(2026, 10, 25, 0, 5, 9), "minute")),
        ("2026-10-25 12:00:00 AM", (datetime(2026, 10, 25), "day")),
        ("2026-10-25 12:00:00 PM", (datetime(2026, 10, 25, 12), "minute")),
        ("2026.10.25 中午1点", (datetime(2026, 10, 25, 13), "minute")),
        ("2026年10月25日夜间9点", (datetime(2026, 10, 25, 21), "minute")),
        ("2026-10-25 晚20:30", (datetime(2026, 10, 25, 20, 30), "minute")),
        ("2026年10月25日（已延期）", (datetime(2026, 10, 25), "day")),
        ("2026-10-25（下午）", (datetime(2026, 10, 25, 12), "half_day")),
        *(
            (text, (None, None))
            for text in (
                "未办结",
                "未完成",
                "未整改",
                "未验收",
                "未复查",
                "整改中",
                "办理中",
                "正在整改",
                "未销号",
                "尚未整改",
                "至今",
            )
        ),
        ("无", (None, None)),
        ("——", (None, None)),
    ],
)
def test_particular_dates(text: str, expected: tuple[Any, Any]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "is_impossible"),
    [
        ("2026年10月32日", True), ("2026年2月30日", True), ("2026-13-11", True), ("20261301", True), ("25:00", True),
        ("2026-10-08 25:00", True), ("9:00", False), ("10.25", False), ("10.23-10.25", False), ("夜间", False),
        ("2026年10月中旬", False),
    ],
)  # fmt: skip
def test_what_has_the_shape_of_a_date_and_is_none(text: str, is_impossible: bool) -> None:
    assert CON.execute("select is_impossible(iso_text(tidy(filled_date($1))))", [text]).fetchone() == (is_impossible,)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021年6月", "2021-06-01", "2021-06-30"),
        ("2024年2月起", "2024-02-01", "2024-02-29"),
        ("2021-06", "2021-06-01", "2021-06-30"),
        ("2021.5", "2021-05-01", "2021-05-31"),
        ("2024.10", "2024-10-01", "2024-10-31"),
        ("202106", "2021-06-01", "2021-06-30"),
        ("2024.1", None, None),
        ("2021年13月", None, None),
        ("44348", "2021-06-01", "2021-06-01"),
        ("2021年5月7日起", "2021-05-07", "2021-05-07"),
    ],
)
def test_a_month_alone_is_its_first_or_last_day(text: str, first: str | None, last: str | None) -> None:
    found = CON.execute(
        "with cell as (select iso_text(first_if_month($1)) as first, iso_text(last_if_month($1)) as last)"
        " select strftime(read_instant(first, date '2026-01-01'), '%Y-%m-%d'),"
        " strftime(read_instant(last, date '2026-01-01'), '%Y-%m-%d') from cell",
        [text],
    ).fetchone()
    assert found == (first, last)


@settings(deadline=None)
@given(number=st.integers(0, 10**9), style=st.sampled_from(["{}", "{}.0", " {} ", "{}个", "{:,}", "{} 起"]))
def test_counts(number: int, style: str) -> None:
    (found,) = CON.execute("select read_count(tidy(filled_count($1)))", [style.format(number)]).fetchone() or ()
    assert found == number


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("无", 0),
        ("未发现", 0),
        ("-1", None),
        ("两个", 2),
        ("三处", 3),
        ("十二", 12),
        ("十二个", 12),
        ("九十九", 99),
        ("百", None),
        ("—", 0),
        ("零", 0),
        ("1.5", None),
        ("", None),
    ],
)
def test_particular_counts(text: str, count: int | None) -> None:
    (found,) = CON.execute("select read_count(tidy(filled_count($1)))", [text]).fetchone() or ("nothing",)
    assert found == count


HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
BLANK = st.sampled_from([" ", "　", "  ", "\xa0", "\u2002", "\t"])


@st.composite
def messy_names(draw: st.DrawFn) -> tuple[list[str], str]:
    """Names, and a cell that lists them: names of two letters with a blank within, roles behind, any separator."""
    names = draw(st.lists(st.text(HAN, min_size=2, max_size=4), min_size=1, max_size=5))
    written = []
    for name in names:
        text = draw(BLANK).join(name) if len(name) == 2 and draw(st.booleans()) else name
        role = draw(
            st.sampled_from(["", "", "（网格长）", "(带队)", "（组长、驾驶员）", " (副网格长)", "（甲）（乙）"])
        )
        written.append(text + role)
    separator = st.sampled_from(["、", "，", ", ", ";", "； ", " / ", "／", "\n"]) | BLANK
    text = written[0]
    for one in written[1:]:
        text += draw(separator) + one
    return names, draw(st.sampled_from(["", " ", "　"])) + text + draw(st.sampled_from(["", " ", "、"]))


@settings(deadline=None, max_examples=300)
@given(case=messy_names())
def test_names_are_read_however_they_are_padded_and_adorned(case: tuple[list[str], str]) -> None:
    names, text = case
    assert CON.execute("select read_names(filled($1))", [text]).fetchone() == (names,)


@pytest.mark.parametrize(
    ("text", "names", "name"),
    [
        ("示　甲", ["示甲"], "示甲"),
        ("示　甲 例 乙", ["示甲", "例乙"], "示甲 例乙"),
        ("示例丙 示　甲", ["示例丙", "示甲"], "示例丙 示甲"),
        ("示、甲", ["示", "甲"], "示、甲"),
        ("示例丙（网格长）", ["示例丙"], "示例丙"),
        ("（示例丙）", ["（示例丙）"], "（示例丙）"),
        ("无", None, None),
    ],
)
def test_particular_names(text: str, names: list[str] | None, name: str | None) -> None:
    assert CON.execute("select read_names(filled($1)), read_name(filled($1))", [text]).fetchone() == (names, name)


@settings(deadline=None)
@given(
    names=st.lists(st.text("甲乙丙丁示例", min_size=2, max_size=4), min_size=1, max_size=5),
    separator=st.sampled_from(["、", "，", ",", ";", "；", " / ", " ", "　", "\n"]),
)
def test_names_are_split_whatever_stands_between(names: list[str], separator: str) -> None:
    (found,) = CON.execute("select read_names(filled($1))", [separator.join(names)]).fetchone() or ()
    assert found == names


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("30日内", "days", 30),
        ("５天内", "days", 5),
        ("10 个工作日之内", "working_days", 10),
        ("立行立改", "same_day", None),
        ("2026年6月底前", "month_end", None),
        ("6月底前", "month_end", None),
        ("12月底", "month_end", None),
        ("限期15天", "days", 15),
        ("限15日内完成整改", "days", 15),
        ("15天以内", "days", 15),
        ("十五日内", "days", 15),
        ("一周内", "days", 7),
        ("两周内", "days", 14),
        ("2个星期内", "days", 14),
        ("半个月内", "days", 15),
        ("半月内", "days", 15),
        ("三日内", "days", 3),
        ("10个工作日", "working_days", 10),
        ("十个工作日内", "working_days", 10),
        ("1个月内", "months", 1),
        ("一个月内", "months", 1),
        ("十二个月内", "months", 12),
        ("半年内", "months", 6),
        ("一年内", "months", 12),
        ("6月", "date", None),
        ("2026年内", "date", None),
        ("三五日内", "date", None),
        ("半天", "date", None),
        ("年底前", "year_end", None),
        ("2027年底", "year_end", None),
        ("长期坚持", "long_term", None),
        ("2026-06-30", "date", None),
        ("尽快", "date", None),
        ("即知即改", "same_day", None),
        ("立知立改", "same_day", None),
        ("边查边改", "same_day", None),
        ("24小时内", "days", 1),
        ("48小时内", "days", 2),
        ("36小时内", "date", None),
        ("持续推进", "long_term", None),
        ("持续整改", "long_term", None),
        ("常态化", "long_term", None),
        ("常态化推进，2026年底前", "date", None),
    ],
)
def test_kinds_of_deadline(text: str, kind: str, number: int | None) -> None:
    assert deadline(text) == (kind, number)


def deadline(text: str) -> tuple[Any, ...] | None:
    return CON.execute(
        "with cell as (select deadline_text(filled($1)) as t) select deadline_kind(t), deadline_number(t) from cell",
        [text],
    ).fetchone()


def han(number: int) -> str:
    """一 to 九十九, as people write it."""
    tens, ones = divmod(number, 10)
    digits = " 一二三四五六七八九"
    return ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[ones] if ones else "")


@settings(deadline=None, max_examples=150)
@given(
    number=st.integers(1, 99),
    in_han=st.booleans(),
    unit=st.sampled_from([("日", "days", 1), ("天", "days", 1), ("个工作日", "working_days", 1), ("周", "days", 7),
                          ("个月", "months", 1)]),
    around=st.sampled_from([("", "内"), ("限期", ""), ("", "之内"), ("限期", "内整改到位"), (" ", " ")]),
)  # fmt: skip
def test_any_number_of_any_unit(number: int, in_han: bool, unit: tuple[str, str, int], around: tuple[str, str]) -> None:
    text = f"{around[0]}{han(number) if in_han else number}{unit[0]}{around[1]}"
    assert deadline(text) == (unit[1], number * unit[2])


def test_helpers_every_engine_must_offer() -> None:
    row = CON.execute(
        "select end_of_day(timestamp '2024-02-29 10:00'), plus_days(date '2024-02-28', 2),"
        " days_between(timestamp '2024-02-28 23:59', timestamp '2024-02-29 00:01'), month_of(date '2024-02-29'),"
        " first_of_month('2024-02'), end_of_month('2024-02'), last_day_of_month('2023-02'),"
        " start_of_day(date '2024-01-01'), plus_months(timestamp '2024-01-31 10:00', 1)"
    ).fetchone()
    assert row == (
        datetime(2024, 2, 29, 23, 59, 59),
        date(2024, 3, 1),
        1,
        "2024-02",
        date(2024, 2, 1),
        datetime(2024, 2, 29, 23, 59, 59),
        date(2023, 2, 28),
        datetime(2024, 1, 1),
        date(2024, 2, 29),
    )
