"""Months, years and how often, as people write them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import engine
from pipelines.settings import CODE_ROOT

CON = engine.connect(None, CODE_ROOT / "sql", threads=1)


def ask(expression: str, text: str) -> Any:
    row = CON.execute(f"select {expression}", {"t": text}).fetchone()
    assert row is not None
    return row[0]


def month(text: str) -> Any:
    return ask("read_month(tidy(filled($t)), date '2026-01-01')", text)


def cycle(text: str) -> tuple[Any, Any]:
    window = ask("read_cycle(cycle_text(filled($t)))", text)
    return window, ask("cycle_visits(cycle_text(filled($t)))", text) if window else None


MONTH_STYLES = [
    "{y}-{m:02d}", "{y}-{m}", "{y}/{m}", "{y}年{m}月", "{y}年{m:02d}月份", "{y}.{m:02d}", "{y}{m:02d}",
    " {y} 年 {m} 月 ", "{y}-{m:02d}-01", "{y}-{m:02d}-01 00:00:00", "{y}/{m}/1", "{y}年{m}月1日",
]  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(y=st.integers(1990, 2099), m=st.integers(1, 12), style=st.sampled_from(MONTH_STYLES))
def test_a_month_in_any_hand_is_that_month(y: int, m: int, style: str) -> None:
    assert month(style.format(y=y, m=m)) == f"{y}-{m:02d}"


def test_a_month_without_year_takes_the_folders_and_a_serial_is_a_day_of_it() -> None:
    assert [month(text) for text in ("9月", "10月份", "１２月", "46296")] == [
        "2026-09",
        "2026-10",
        "2026-12",
        "2026-10",
    ]
    assert ask("month_lacks_year($t)", "10月份") is True
    assert ask("month_lacks_year($t)", "2026年10月") is False


@pytest.mark.parametrize("text", ["2026.1", "2026-13", "2026-00", "20261", "2026", "十月", "13月", "上月", "1026-10"])
def test_what_is_no_certain_month_is_not_made_one(text: str) -> None:
    assert month(text) is None


def test_years() -> None:
    texts = ["2025", "2025年", "2025 年度", "２０２５", "2025.0", "25", "去年", "20255", "1025"]
    assert [ask("read_year(tidy(filled($t)))", text) for text in texts] == [2025] * 5 + [None] * 4


WINDOWS = {
    "日": "day", "天": "day", "周": "week", "星期": "week", "半个月": "half_month", "两周": "two_weeks", "月": "month",
    "2个月": "two_months", "季度": "quarter", "季": "quarter", "半年": "half_year", "年": "year",
}  # fmt: skip
NUMBERS = {"1": 1, "2": 2, "12": 12, "一": 1, "两": 2, "三": 3, "九": 9, "十": 10}
CYCLE_STYLES = [
    "每{w}{n}次",
    "{n}次/{w}",
    "每{w}不少于{n}次",
    "至少每{w}巡查{n}次",
    "每 {w} {n} 次",
    "一{w}{n}次",
    "{n}次每{w}",
]


@settings(deadline=None, max_examples=150)
@given(w=st.sampled_from(sorted(WINDOWS)), n=st.sampled_from(sorted(NUMBERS)), style=st.sampled_from(CYCLE_STYLES))
def test_a_cycle_in_any_hand(w: str, n: str, style: str) -> None:
    if style.startswith("一") and w in {"两周", "2个月", "半个月", "半年"}:
        style = "每{w}{n}次"  # nobody writes 一两周
    assert cycle(style.format(w=w, n=n)) == (WINDOWS[w], NUMBERS[n])


def test_a_bare_window_means_once() -> None:
    assert [cycle(text) for text in ("每月", "季度", "按月")] == [("month", 1), ("quarter", 1), ("month", 1)]


@pytest.mark.parametrize(
    "text", ["经常", "1", "每月0次", "每月十二次", "每月1次、每周2次", "2月1次", "不定期", "每世纪1次"]
)
def test_what_does_not_say_how_often(text: str) -> None:
    assert cycle(text) == (None, None)


@settings(deadline=None, max_examples=100)
@given(text=st.text(max_size=20).map(lambda text: text.replace("\x00", "")))
def test_no_text_breaks_the_readers(text: str) -> None:
    for reader in ("read_month(tidy(filled($t)), date '2026-01-01')", "read_year(tidy(filled($t)))"):
        assert ask(reader, text) is None or ask(reader, text) != ""
    assert cycle(text)[0] is None or cycle(text)[1] > 0
