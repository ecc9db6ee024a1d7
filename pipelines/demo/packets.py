"""The files of one delivery: which tables go into which file, under which name, received when."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipelines.demo.again import Lines, first_sent
from pipelines.demo.books import Sheet, workbook
from pipelines.demo.cells import Line
from pipelines.demo.counties import COUNTIES
from pipelines.demo.deliveries import SENT_AGAIN
from pipelines.demo.facts import Delivery, Plan
from pipelines.demo.headers import HEADERS, columns_of
from pipelines.demo.ledgers import patrol_lines, problem_lines, roster_lines, visit_lines
from pipelines.demo.ledgers_papers import (
    backcheck_lines,
    decision_lines,
    evaluation_lines,
    plan_lines,
    record_lines,
    site_lines,
)
from pipelines.demo.looks import LOOKS, Book, Text, sheet_name
from pipelines.demo.mistakes import add_mistakes
from pipelines.demo.register import land_as_named, register_lines
from pipelines.demo.styles import Style
from pipelines.demo.summaries import summary_lines

LINES = {
    "patrol": patrol_lines,
    "problem": problem_lines,
    "follow_up": visit_lines,
    "person": roster_lines,
    "grid": register_lines,
    "site": site_lines,
    "self_evaluation": evaluation_lines,
    "backcheck": backcheck_lines,
    "patrol_plan": plan_lines,
    "grid_record": record_lines,
    "accountability": decision_lines,
    "monthly_summary": summary_lines,
}
BY_TOWNSHIP = {"D", "H"}  # styles whose patrol ledger goes township by township
SENT_TWICE = {("taojiang", "2026-06"), ("anhua", "2025-03")}  # the same problem ledger under another name
SENT_TWICE_AFTER = timedelta(days=2)
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
    letter = COUNTIES[delivery.county_id].style
    style, look = Style(letter, land_as_named(plan, delivery.month), delivery.month), LOOKS[letter]
    pairs = list(_sheets(plan, delivery, letter))
    first, second = [sheet for sheet, _ in pairs], [sheet for _, sheet in pairs if sheet.table in delivery.again]
    found = list(_files(style, look, delivery, first, ""))
    if (delivery.county_id, delivery.month) in SENT_AGAIN:
        found += _files(style, look, delivery, second, "（更正）")
    here = (delivery.county_id, delivery.month)
    if here in SENT_TWICE:
        found += _files(style, look, delivery, [s for s in first if s.table == "problem"], "（补发）")
    return sorted(found, key=lambda packet: packet.received_at)


def _sheets(plan: Plan, delivery: Delivery, letter: str) -> Iterable[tuple[Sheet, Sheet]]:
    """The tables of a delivery as first sent and as sent again, with their mistakes; a table without a single row is
    not sent."""
    lacking = COUNTIES[delivery.county_id].lacking(delivery.month)
    for table in HEADERS[letter]:
        lines = LINES[table](plan, delivery) if table in delivery.tables else []
        if (delivery.county_id, delivery.month) == REPEATED_ROW and table == "problem":
            lines.append(lines[0])
        if lines:
            columns = columns_of(letter, table, lacking)

            def sheet(lines: Lines, table: str = table, columns: tuple[tuple[str, str], ...] = columns) -> Sheet:
                written = add_mistakes(table, lines, delivery)
                return Sheet(sheet_name(letter, table), table, columns, _in_order(letter, table, written))

            first, second = first_sent(plan, delivery, table, lines)
            yield sheet(first), sheet(second)


def _in_order(letter: str, table: str, lines: Sequence[Line]) -> Sequence[Line]:
    if table != "patrol" or letter not in BY_TOWNSHIP:
        return lines
    return sorted(lines, key=lambda line: (str(line.cells["grid"]), line.key))


def _files(style: Style, look: Text | Book, delivery: Delivery, sheets: Sequence[Sheet], mark: str) -> Iterable[Packet]:
    """The files that hold these sheets, one after the other; `mark` tells a second sending from the first."""
    made = _texts(style, look, delivery, sheets) if isinstance(look, Text) else _books(style, look, delivery, sheets)
    for place, (name, content, inside) in enumerate(made):
        start = delivery.received_at
        if mark == "（更正）":
            start = delivery.again[inside[0].table]
        elif mark:
            start += SENT_TWICE_AFTER
        stem, _, suffix = name.rpartition(".")
        yield Packet(f"{stem}{mark}.{suffix}", start + timedelta(minutes=2 * place), content, inside)


Made = tuple[str, bytes, tuple[Sheet, ...]]


def _texts(style: Style, look: Text, delivery: Delivery, sheets: Iterable[Sheet]) -> Iterable[Made]:
    for sheet in sheets:
        target = io.StringIO(newline="")
        writer = csv.writer(target, delimiter=look.delimiter, lineterminator="\r\n")
        writer.writerow([header for header, _ in sheet.columns])
        for line in sheet.lines:
            writer.writerow([style.write(line.cell(cell), cell, line.key) for _, cell in sheet.columns])
        name = f"{look.names[sheet.table]}{delivery.month.replace('-', '')}.csv"
        yield name, target.getvalue().encode(look.encoding), (sheet,)


def _books(style: Style, look: Book, delivery: Delivery, sheets: Sequence[Sheet]) -> Iterable[Made]:
    """One workbook for all tables, and one for what is kept apart."""
    name = style.land.places[delivery.county_id].name
    year, month = int(delivery.month[:4]), int(delivery.month[5:])
    title = f"{name}{year}年{month}月环境问题网格化巡查"
    ledgers = tuple(s for s in sheets if s.table not in look.apart)
    if ledgers:
        yield f"{title}报表.xlsx", workbook(style, look, title, ledgers), ledgers
    for sheet in sheets:
        if sheet.table in look.apart:
            yield f"{name}{sheet.name}{year}年{month}月.xlsx", workbook(style, look, title, (sheet,)), (sheet,)
