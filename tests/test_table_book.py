"""A table to take away: numbers stay numbers, texts stay texts, and what they mean comes along."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from pipelines.reports.table_book import csv_file, workbook

HEADERS = ["网格", "按期", "按期率"]
ROWS = [["安化县", 4, 0.571], ["=1+1", 0, None]]


def test_a_workbook_holds_the_table_and_its_definitions() -> None:
    book = load_workbook(BytesIO(workbook(HEADERS, ROWS, [("按期率", "按期 ÷ 应办")])))
    assert book.sheetnames == ["数据", "说明"]
    cells = [[cell.value for cell in row] for row in book["数据"].iter_rows()]
    assert cells == [HEADERS, ["安化县", 4, 0.571], ["=1+1", 0, None]]
    assert book["数据"]["A3"].data_type == "s"
    assert [cell.value for cell in book["说明"][1]] == ["按期率", "按期 ÷ 应办"]


def test_csv_opens_in_excel_and_runs_nothing() -> None:
    content = csv_file(HEADERS, ROWS)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").split("\r\n") == ["网格,按期,按期率", "安化县,4,0.571", "'=1+1,0,", ""]
