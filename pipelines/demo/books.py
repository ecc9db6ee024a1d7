"""Workbooks as counties make them: titles above, merged headers, sums, sections and notes, sheets of prose.

Written in memory with a fixed date of creation, so that the same plan gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

import xlsxwriter

from pipelines.demo.cells import Line
from pipelines.demo.looks import SEEN_BY_NOBODY, Book
from pipelines.demo.styles import Style, Written

CREATED = datetime(2026, 5, 7, 9, 0)
PROSE = (
    "填报说明（演示数据）",
    "一、本表由各区县（市）大队按月填报，次月5日前报送。",
    "二、巡查人员如实填写，多人以逗号分隔；未发现问题的填0。",
    "三、表中人员、单位均为示例，并非真实姓名与企业。",
)


@dataclass(frozen=True)
class Sheet:
    """One table in a file: its columns (header, cell) and its lines in the order written."""

    name: str
    table: str
    columns: tuple[tuple[str, str], ...]
    lines: Sequence[Line]


class Page:
    """A worksheet with the formats it needs."""

    def __init__(self, book: Any, name: str) -> None:
        self.sheet = book.add_worksheet(name)
        self.head = book.add_format({"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.minute = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})

    def put(self, row: int, column: int, value: Written) -> None:
        """Write a value as what it is; nothing where it is empty."""
        match value:
            case datetime():
                self.sheet.write_datetime(row, column, value, self.minute)
            case date():
                self.sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), self.day)
            case int():
                self.sheet.write_number(row, column, value)
            case "":
                return
            case _:
                self.sheet.write_string(row, column, value)

    def heading(self, first_row: int, last_row: int, first: int, last: int, text: str) -> None:
        """A heading over one cell or merged over several."""
        if (first_row, first) == (last_row, last):
            self.sheet.write_string(first_row, first, text, self.head)
        else:
            self.sheet.merge_range(first_row, first, last_row, last, text, self.head)


def workbook(style: Style, look: Book, title: str, sheets: Sequence[Sheet]) -> bytes:
    """A workbook of one of the styles that make them."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"title": title, "comments": "演示数据", "created": CREATED})
    if style.letter == "B":
        prose = Page(book, "填报说明")
        for row, text in enumerate(PROSE):
            prose.put(row, 0, text)
    for sheet in sheets:
        page = Page(book, sheet.name)
        if sheet.table in look.hidden:
            page.sheet.hide()
        LAYOUTS[style.letter](page, style, title, sheet)
    if style.letter in SEEN_BY_NOBODY:
        lists = Page(book, "下拉选项")
        for row, text in enumerate(PROSE):
            lists.put(row, 0, text)
        lists.sheet.hide()
    book.close()
    return target.getvalue()


def _formal(page: Page, style: Style, title: str, sheet: Sheet) -> None:
    """Title, a line on the sender, two header rows, the body, a sum, two closing lines."""
    page.heading(0, 0, 0, len(sheet.columns) - 1, f"{title}（{sheet.name}）")
    page.put(1, 0, "填报单位：环境问题网格化巡查示例专班")
    _two_row_header(page, sheet, 2)
    for row, line in enumerate(sheet.lines, start=4):
        for column, (_, cell) in enumerate(sheet.columns):
            page.put(row, column, style.write(line.cell(cell), cell, line.key))
    end = 4 + len(sheet.lines)
    page.put(end, 0, "合计")
    for column, (_, cell) in enumerate(sheet.columns):
        if cell in {"findings", "corrected_on_spot"} and sheet.table == "patrol":
            page.put(end, column, sum(n for n in (line.cells[cell] for line in sheet.lines) if isinstance(n, int)))
    page.put(end + 1, 0, "注：本表为演示数据，人员与单位均为示例。")
    page.put(end + 2, 0, "填报人：示例填报员　审核人：示例审核员")


def _two_row_header(page: Page, sheet: Sheet, row: int) -> None:
    """Groups merged over their columns, all other headers merged downwards."""
    at = 0
    for upper, group in groupby(sheet.columns, key=lambda c: c[0].split("|")[0]):
        lower = [header.split("|")[1] for header, _ in group if "|" in header]
        if lower:
            page.heading(row, row, at, at + len(lower) - 1, upper)
            for place, text in enumerate(lower):
                page.heading(row + 1, row + 1, at + place, at + place, text)
        else:
            page.heading(row, row + 1, at, at, upper)
        at += max(len(lower), 1)


def _plain(page: Page, style: Style, title: str, sheet: Sheet) -> None:
    """A title that is not merged, one header row, the body."""
    page.put(0, 0, f"{title}{sheet.name}")
    for column, (header, _) in enumerate(sheet.columns):
        page.heading(1, 1, column, column, header)
    for row, line in enumerate(sheet.lines, start=2):
        for column, (_, cell) in enumerate(sheet.columns):
            page.put(row, column, style.write(line.cell(cell), cell, line.key))


def _sectioned(page: Page, style: Style, title: str, sheet: Sheet) -> None:
    """Two header rows; the patrols township by township, each under a title over the whole table and above its sum."""
    last = len(sheet.columns) - 1
    page.heading(0, 0, 0, last, f"{title}{sheet.name}")
    _two_row_header(page, sheet, 1)
    row = 3
    is_parted = sheet.table == "patrol"
    for number, (place, group) in enumerate(
        groupby(sheet.lines, key=lambda line: line.cells["grid"] if is_parted else 0)
    ):
        if is_parted:
            page.heading(row, row, 0, last, f"（{number + 1}）{style.write(place, 'grid', '')}巡查情况")
            row += 1
        lines = list(group)
        for count, line in enumerate(lines, start=1):
            for column, (_, cell) in enumerate(sheet.columns):
                page.put(row, column, count if cell == "#" else style.write(line.cell(cell), cell, line.key))
            row += 1
        if is_parted:
            page.put(row, 0, f"小计：{len(lines)}次")
            row += 1


def _broken(page: Page, style: Style, title: str, sheet: Sheet) -> None:
    """A title, headers with line breaks, running numbers, and townships merged downwards where they repeat."""
    page.heading(0, 0, 0, len(sheet.columns) - 1, f"{title}{sheet.name}")
    for column, (header, _) in enumerate(sheet.columns):
        page.heading(1, 1, column, column, header)
    row = 2
    for place, group in groupby(sheet.lines, key=lambda line: line.cells.get("grid")):
        lines = list(group)
        is_merged = sheet.table == "patrol" and len(lines) > 1
        for offset, line in enumerate(lines):
            for column, (_, cell) in enumerate(sheet.columns):
                if cell == "#":
                    page.put(row + offset, column, row + offset - 1)
                elif cell != "grid" or not is_merged:
                    page.put(row + offset, column, style.write(line.cell(cell), cell, line.key))
        if is_merged:
            column = [cell for _, cell in sheet.columns].index("grid")
            page.heading(row, row + len(lines) - 1, column, column, str(style.write(place, "grid", lines[0].key)))
        row += len(lines)


LAYOUTS = {"B": _formal, "D": _broken, "G": _plain, "H": _sectioned}
