"""Dates and clocks are read as what they meant, in any hand."""

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
