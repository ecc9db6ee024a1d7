"""Workbooks read as Excel shows them: real row numbers, merges, hidden sheets, cached values."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
import xlsxwriter
from landing_files import workbook
from openpyxl.styles import Font  # type: ignore[import-untyped]

from pipelines.landing.sheet import Row, Sheet, Unreadable
from pipelines.landing.workbook import _fill_down, read_workbook
from pipelines.settings import Limits


def read_one(path: Path) -> Sheet:
    (sheet,) = read_workbook(path, Limits())
    return sheet


def test_row_numbers_are_those_of_excel(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"表": [[], ["", "甲"], [], ["乙", "丙"]]})
    assert read_one(path).rows == [(2, ["", "甲"]), (4, ["乙", "丙"])]


def test_a_vertical_merge_is_filled_inside_its_range_only(tmp_path: Path) -> None:
    rows = [["镇", "人"], ["甲镇", "1"], ["", "2"], ["", "3"], ["", "4"]]
    path = workbook(tmp_path / "a.xlsx", {"表": rows}, {"表": ["A2:A4"]})
    assert [cells for _, cells in read_one(path).rows] == [
        ["镇", "人"], ["甲镇", "1"], ["甲镇", "2"], ["甲镇", "3"], ["", "4"]
    ]  # fmt: skip


def test_a_merge_neither_makes_a_row_nor_spreads_to_the_right(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"表": [["标题"], [], ["一", "二", "三"]]}, {"表": ["A1:C2"]})
    sheet = read_one(path)
    assert sheet.rows == [(1, ["标题", "", ""]), (3, ["一", "二", "三"])]
    assert sheet.merges == ((1, 0, 2, 2),)


def test_forged_merges_that_overlap_cost_no_more_than_the_sheet() -> None:
    reads = 0

    class Counting(list[str]):
        def __getitem__(self, index: Any) -> Any:
            nonlocal reads
            reads += 1
            return super().__getitem__(index)

    rows: list[Row] = [(number, Counting(["a" if number == 1 else ""])) for number in range(1, 501)]
    _fill_down(rows, tuple((1 + shift % 3, 0, 1_048_576, 0) for shift in range(300)))
    assert {tuple(cells) for _, cells in rows} == {("a",)}
    assert reads < 5_000


def test_every_sheet_is_read_hidden_and_empty_ones_too(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    book.add_worksheet("一").write("A1", "x")
    hidden = book.add_worksheet("二")
    hidden.write("A1", "y")
    hidden.hide()
    book.add_worksheet("三")
    book.add_chartsheet("图")
    book.close()
    sheets = read_workbook(tmp_path / "a.xlsx", Limits())
    assert [(sheet.name, sheet.hidden, len(sheet.rows)) for sheet in sheets] == [
        ("一", False, 1), ("二", True, 1), ("三", False, 0)
    ]  # fmt: skip


def test_formulas_give_their_cached_value_and_text_like_formulas_stays_text(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.XLSM"))
    sheet = book.add_worksheet()
    sheet.write_formula("A1", "=1+1", None, 7)
    sheet.write_string("B1", "=cmd()")
    sheet.write_boolean("C1", True)
    book.close()
    assert read_one(tmp_path / "a.XLSM").rows == [(1, ["7", "=cmd()", "是"])]


def test_a_workbook_of_openpyxl_reads_alike(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["乡镇", "数"])
    sheet.append(["　甲镇 ", 3])
    book.save(tmp_path / "a.xlsx")
    assert read_one(tmp_path / "a.xlsx").rows == [(1, ["乡镇", "数"]), (2, ["甲镇", "3"])]


def test_formats_far_away_are_no_content(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "x"
    sheet["XFD1048576"].font = Font(bold=True)
    sheet.row_dimensions[1_048_576].height = 30
    book.save(tmp_path / "a.xlsx")
    assert read_one(tmp_path / "a.xlsx").rows == [(1, ["x"])]


@pytest.mark.parametrize(("cell", "said"), [("XFD9", "16384 列"), ("AZ1048576", "范围过大")])
def test_a_cell_far_away_is_refused_before_it_takes_the_memory(tmp_path: Path, cell: str, said: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet[cell] = "x", "y"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(Unreadable, match=said):
        read_workbook(tmp_path / "a.xlsx", Limits())


def test_an_unusual_spelling_of_a_far_cell_is_seen_too(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"表": [["x"], ["y"]]})
    forged = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(forged, "w") as target:
        for part in source.infolist():
            data = source.read(part)
            if part.filename.endswith("sheet1.xml"):
                data = data.replace(b'<c r="A2"', b"<c\n  r = 'XFD1048576'")
            target.writestr(part.filename, data)
    with pytest.raises(Unreadable, match="16384 列"):
        read_workbook(forged, Limits())
