"""The files of one delivery: which tables go into which file, under which name, received when."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipelines.demo.books import Sheet, workbook
from pipelines.demo.counties import COUNTIES
from pipelines.demo.facts import Delivery, Plan
from pipelines.demo.headers import HEADERS, columns_of
from pipelines.demo.ledgers import Cell, Line, patrol_lines, problem_lines, roster_lines, visit_lines
from pipelines.demo.mistakes import add_mistakes
from pipelines.demo.patrols import STRANGER
from pipelines.demo.register import land_as_named, register_lines
from pipelines.demo.styles import Style

LINES = {
    "patrol": patrol_lines,
    "problem": problem_lines,
    "follow_up": visit_lines,
    "person": roster_lines,
    "grid": register_lines,
}
FILE_NAMES = {
    "A": {
        "patrol": "巡查记录",
        "problem": "问题台账",
        "follow_up": "督办复查记录",
        "person": "责任人员",
        "grid": "网格登记表",
    },
    "C": {"patrol": "巡查台账", "problem": "问题清单", "follow_up": "督办台账", "person": "人员名册"},
}
SHEET_NAMES = {
    "B": {"patrol": "巡查", "problem": "问题", "follow_up": "复查", "person": "责任人员"},
    "D": {"patrol": "巡查登记", "problem": "问题清单", "person": "责任人员"},
}
CORRECTED = ("anhua", "2026-07")  # the patrol ledger comes again, corrected
SENT_TWICE = ("taojiang", "2026-06")  # the same problem ledger under another name
SENT_AGAIN = {"（更正）": 3, "（补发）": 2}  # so many days after the first
REPEATED_ROW = ("anhua", "2026-08")  # one row stands twice in one ledger


@dataclass(frozen=True)
class Packet:
    """One file as it arrives. sheets: what stands in it, for the list of rows that go back."""

    name: str
    received_at: datetime
    content: bytes
    sheets: tuple[Sheet, ...]


def packets(plan: Plan, delivery: Delivery) -> list[Packet]:
    """All files of one county and month, in order of arrival."""
    county = COUNTIES[delivery.county_id]
    style = Style(county.style, land_as_named(plan, delivery.month))
    sheets = list(_sheets(plan, delivery, county.style))
    made = list(_csv_files(style, delivery, sheets) if county.style in FILE_NAMES else _books(style, delivery, sheets))
    found = []
    for place, (name, content, inside) in enumerate(made):
        days = next((days for mark, days in SENT_AGAIN.items() if mark in name), 0)
        received_at = delivery.received_at + timedelta(days=days, minutes=2 * place)
        found.append(Packet(name, received_at, content, inside))
    return sorted(found, key=lambda packet: packet.received_at)


def _sheets(plan: Plan, delivery: Delivery, letter: str) -> Iterable[Sheet]:
    """The tables of a delivery with their mistakes; a table without a single row is not sent."""
    has_rectified = COUNTIES[delivery.county_id].has_rectified
    for table in HEADERS[letter]:
        lines = LINES[table](plan, delivery) if table in delivery.tables else []
        if letter == "D" and table == "patrol":
            lines.sort(key=lambda line: (str(line.cells["grid"]), line.key))
        if (delivery.county_id, delivery.month) == REPEATED_ROW and table == "problem":
            lines.append(lines[0])
        if lines:
            columns = columns_of(letter, table, has_rectified=has_rectified)
            name = SHEET_NAMES[letter][table] if letter in SHEET_NAMES else "csv"
            yield Sheet(name, table, columns, add_mistakes(table, lines, delivery))


Made = tuple[str, bytes, tuple[Sheet, ...]]


def _csv_files(style: Style, delivery: Delivery, sheets: Iterable[Sheet]) -> Iterable[Made]:
    here = (delivery.county_id, delivery.month)
    for sheet in sheets:
        name = f"{FILE_NAMES[style.letter][sheet.table]}{delivery.month.replace('-', '')}"
        if here == CORRECTED and sheet.table == "patrol":
            first = _uncorrected(sheet)
            yield f"{name}.csv", _csv(style, first), (first,)
            final = Sheet(sheet.name, sheet.table, sheet.columns, sheet.lines[:-1])
            yield f"{name}（更正）.csv", _csv(style, final), (final,)
            continue
        yield f"{name}.csv", _csv(style, sheet), (sheet,)
        if here == SENT_TWICE and sheet.table == "problem":
            yield f"{name}（补发）.csv", _csv(style, sheet), (sheet,)


def _uncorrected(sheet: Sheet) -> Sheet:
    """The ledger as first sent: two rows had to be corrected, and the last was left out of the correction."""
    wrong: dict[int, dict[str, Cell]] = {0: {"inspectors": (STRANGER,)}, 1: {"findings": 6}}
    lines = [line.but(**wrong.get(place, {})) for place, line in enumerate(sheet.lines)]
    return Sheet(sheet.name, sheet.table, sheet.columns, lines)


def _csv(style: Style, sheet: Sheet) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([header for header, _ in sheet.columns])
    for line in sheet.lines:
        writer.writerow([_text(style, line, cell) for _, cell in sheet.columns])
    return target.getvalue().encode("utf-8-sig" if style.letter == "A" else "gb18030")


def _text(style: Style, line: Line, cell: str) -> str:
    return str(style.write(line.cells[cell], cell, line.key))


def _books(style: Style, delivery: Delivery, sheets: Iterable[Sheet]) -> Iterable[Made]:
    """Style D sends one workbook; style B keeps the roster in one of its own."""
    name = style.land.places[delivery.county_id].name
    year, month = int(delivery.month[:4]), int(delivery.month[5:])
    title = f"{name}{year}年{month}月环境问题网格化巡查"
    ledgers = tuple(s for s in sheets if style.letter == "D" or s.table != "person")
    yield f"{title}报表.xlsx", workbook(style, title, ledgers), ledgers
    rosters = tuple(s for s in sheets if s not in ledgers)
    if rosters:
        yield f"{name}责任人员{year}年{month}月.xlsx", workbook(style, title, rosters), rosters
