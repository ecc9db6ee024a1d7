"""Cells become text the way a person would have typed them."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.landing.values import cell_text, row_texts
from pipelines.landing.workbook import read_workbook
from pipelines.settings import Limits

CELLS = [
    (date(2021, 5, 7), "2021-05-07"),
    (datetime(2021, 5, 7, 14, 30), "2021-05-07 14:30"),
    (datetime(2021, 5, 7, 0, 0), "2021-05-07 00:00"),
    (datetime(2021, 5, 7, 14, 30, 5), "2021-05-07 14:30:05"),
    (datetime(2021, 5, 7, 14, 29, 59, 999_990), "2021-05-07 14:30"),
    (time(14, 30), "14:30"),
    (time(14, 30, 9), "14:30:09"),
    (timedelta(hours=27, minutes=5), "27:05"),
    (timedelta(minutes=-90), "-1:30"),
    (True, "是"),
    (False, "否"),
    (12.0, "12"),
    (-0.0, "0"),
    (12, "12"),
    (1.5, "1.5"),
    (1e-7, "0.0000001"),
    (1e20, "100000000000000000000"),
    (123456789012345.0, "123456789012345"),
    (430903006001234.0, "430903006001234"),
    (None, ""),
    ("　 梅城镇\xa0", "梅城镇"),
    ("a\x00b\x07\x85c", "abc"),
    ("甲\r\n乙\r丙", "甲\n乙\n丙"),
    ("=1+1", "=1+1"),
]


@pytest.mark.parametrize(("value", "text"), CELLS, ids=[repr(value) for value, _ in CELLS])
def test_a_cell_as_text(value: object, text: str) -> None:
    assert cell_text(value) == text
    assert row_texts([value, value]) == [text, text]


@given(st.text())
def test_text_loses_only_controls_and_its_ends(text: str) -> None:
    shown = cell_text(text)
    assert shown == shown.strip()
    assert not any(unicodedata.category(c) == "Cc" and c not in "\t\n" for c in shown)
    kept = "".join(
        c for c in text.replace("\r\n", "\n").replace("\r", "\n") if c in "\t\n" or unicodedata.category(c) != "Cc"
    )
    assert shown == kept.strip()


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_its_value_without_exponent(number: float) -> None:
    text = cell_text(number)
    assert float(text) == number
    assert "e" not in text.lower()


@given(
    instants=st.lists(
        st.datetimes(datetime(1901, 1, 1), datetime(2199, 12, 31)).map(lambda t: t.replace(microsecond=0)), min_size=1
    ),
    numbers=st.lists(st.integers(-(10**14), 10**14) | st.decimals(-999, 999, places=2).map(float), min_size=1),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_numbers_and_dates_of_a_workbook_read_back(
    tmp_path: Path, instants: list[datetime], numbers: list[float]
) -> None:
    path = tmp_path / "cells.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    shown = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    for row, instant in enumerate(instants):
        sheet.write_datetime(row, 0, instant, shown)
    for row, number in enumerate(numbers):
        sheet.write_number(row, 1, number)
    book.close()
    cells = dict(read_workbook(path, Limits())[0].rows)
    assert [datetime.fromisoformat(cells[row + 1][0]) for row in range(len(instants))] == instants
    assert [float(cells[row + 1][1]) for row in range(len(numbers))] == numbers
