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
    lambda d: f" {d.year}年 {d.month}月{d.day} 日　",
    lambda d: f"{d.year}/{d.month:02d}/{d.day:02d}".translate(FULL_WIDTH),
    lambda d: str((d - date(1899, 12, 30)).days),
]
MINUTE_STYLES = [
    lambda m: f"{m:%Y-%m-%d %H:%M}",
    lambda m: f"{m:%Y-%m-%dT%H:%M:%S}",
    lambda m: f"{m.year}/{m.month}/{m.day} {m.hour}:{m.minute:02d}",
    lambda m: f"{m.year}年{m.month}月{m.day}日 {m.hour}时{m.minute}分",
    lambda m: f"{m.year}年{m.month}月{m.day}日{m.hour}点{m.minute:02d}分".translate(FULL_WIDTH),
    lambda m: (
        f"{m:%Y-%m-%d} {'上午' if m.hour < 12 else '下午'}{m.hour if m.hour <= 12 else m.hour - 12}:{m.minute:02d}"
    ),
]


def read(text: str, folder_year: str = "2026") -> tuple[Any, Any]:
    row = CON.execute(
        "select read_instant(tidy(filled($1)), $2), read_precision(tidy(filled($1)))", [text, folder_year]
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
    assert read(style(moment)) == (moment, "minute")


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
    "text", ["2026-02-30", "20261301", "3.1", "2026-05-07 25:00", "昨天", "2026", "12:30", "2026年"]
)
def test_what_is_no_date_is_not_made_one(text: str) -> None:
    assert read(text)[0] is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3月1日", (datetime(2026, 3, 1), "day")),
        ("2026-5-7 上午", (datetime(2026, 5, 7), "half_day")),
        ("2026-5-7下午", (datetime(2026, 5, 7, 12), "half_day")),
        ("2026-05-07 00:00:00", (datetime(2026, 5, 7), "day")),
        ("2026年5月7日下午12时30分", (datetime(2026, 5, 7, 12, 30), "minute")),
        ("无", (None, None)),
        ("——", (None, None)),
    ],
)
def test_particular_dates(text: str, expected: tuple[Any, Any]) -> None:
    assert read(text) == expected


@settings(deadline=None)
@given(number=st.integers(0, 10**9), style=st.sampled_from(["{}", "{}.0", " {} ", "{}个", "{:,}", "{} 起"]))
def test_counts(number: int, style: str) -> None:
    (found,) = CON.execute("select read_count(tidy(filled_count($1)))", [style.format(number)]).fetchone() or ()
    assert found == number


@pytest.mark.parametrize(
    ("text", "count"), [("无", 0), ("未发现", 0), ("-1", None), ("两个", None), ("1.5", None), ("", None)]
)
def test_particular_counts(text: str, count: int | None) -> None:
    (found,) = CON.execute("select read_count(tidy(filled_count($1)))", [text]).fetchone() or ("nothing",)
    assert found == count


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
        ("年底前", "year_end", None),
        ("2027年底", "year_end", None),
        ("长期坚持", "long_term", None),
        ("2026-06-30", "date", None),
        ("尽快", "date", None),
    ],
)
def test_kinds_of_deadline(text: str, kind: str, number: int | None) -> None:
    row = CON.execute("select deadline_kind(tidy($1)), deadline_number(tidy($1))", [text]).fetchone()
    assert row == (kind, number)


def test_helpers_every_engine_must_offer() -> None:
    row = CON.execute(
        "select end_of_day(timestamp '2024-02-29 10:00'), plus_days(date '2024-02-28', 2),"
        " days_between(timestamp '2024-02-28 23:59', timestamp '2024-02-29 00:01'), month_of(date '2024-02-29'),"
        " first_of_month('2024-02'), end_of_month('2024-02'), last_day_of_month('2023-02'),"
        " start_of_day(date '2024-01-01')"
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
    )
