"""What kind of deadline a cell states, in any hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import engine
from pipelines.settings import CODE_ROOT

CON = engine.connect(None, CODE_ROOT / "sql", threads=1)


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
        ("接文后15日内", "days", 15),
        ("自收到通知书之日起10个工作日内", "working_days", 10),
        ("接文后限15日内完成整改", "days", 15),
        ("尽快", "vague", None),
        ("9.30→10.31", "date", None),
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
