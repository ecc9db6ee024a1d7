"""What went back, row by row with the reasons, and rows a later file no longer holds."""

from __future__ import annotations

from html import escape
from itertools import groupby

from dashboards import parts
from dashboards.data import Door
from dashboards.words import say
from pipelines.snapshot.delivered import AbsentRow, ReturnedFinding, absent, returned, totals

SHOWN = 40


def returned_rows(door: Door, month: str, sender: str) -> None:
    """Rows that await correction, by file and sheet."""
    found = door.ask(returned, month, sender, SHOWN)
    if not found:
        parts.show(f'<p class="quiet">{escape(say("returned_none"))}</p>')
        return
    with parts.drawer(say("returned", n=door.ask(totals, month, sender)["awaiting"]), "returned") as is_open:
        if not is_open:
            return
        if len(found) == SHOWN:
            parts.show(f'<p class="quiet">{escape(say("returned_first", n=SHOWN))}</p>')
        heads = [say(key) for key in ("line", "field", "value", "problem", "mend")]
        for where, rows in groupby(found, _where):
            parts.table(heads, map(_finding, rows), "returned", caption=where, stacks=True)


def absent_rows(door: Door, month: str, sender: str) -> None:
    """Rows a later file no longer holds: nothing is lost by leaving it out, and nobody gains by it."""
    gone = door.ask(absent, month, sender)
    if not gone:
        return
    with parts.drawer(say("absent", n=len(gone)), "absent") as is_open:
        if not is_open:
            return
        parts.show(f'<p class="quiet">{escape(say("absent_note"))}</p>')
        lines = [
            [escape(f"{parts.sender(county_id, name)}　{say(f'table_{table}')}"), parts.row_links(rows)]
            for (county_id, name, table), rows in _by_ledger(gone).items()
        ]
        parts.table([say("table"), say("line")], lines, "absent")


def _where(row: ReturnedFinding) -> str:
    return say(
        "where_file",
        sender=parts.sender(row.county_id, row.county_name),
        table=say(f"table_{row.table_name}"),
        file=parts.file_words(row.path, row.sheet_name, is_whole=True),
    )


def _finding(row: ReturnedFinding) -> list[str]:
    return [parts.row_link(row), *map(escape, (row.column_zh, row.value, row.message_zh, row.mend_zh))]


def _by_ledger(gone: list[AbsentRow]) -> dict[tuple[str, str, str], list[AbsentRow]]:
    found: dict[tuple[str, str, str], list[AbsentRow]] = {}
    for row in gone:
        found.setdefault((row.county_id, row.county_name, row.table_name), []).append(row)
    return found
