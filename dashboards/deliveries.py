"""What each county delivered for the month, what is missing, and what was sent back with the reasons."""

from __future__ import annotations

from html import escape
from itertools import groupby

import pandas as pd
import streamlit as st

from dashboards import parts
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.words import say
from pipelines.snapshot import CITY
from pipelines.snapshot.delivered import (
    AbsentRow,
    ReturnedFinding,
    absent,
    deliveries,
    missing,
    returned,
    totals,
)

TABLES = ("patrol", "problem", "follow_up", "person", "grid", "")
SHOWN = 200


def section(door: Door, choice: Choice) -> None:
    """A line a county, the sums of rows, then what went back."""
    parts.section(f"{say('deliveries')}　{parts.month_label(door, choice.month)}", say("deliveries_note"))
    county = _county(door, choice.place)
    sent = door.ask(deliveries, choice.month, county)
    lacking = door.ask(missing, choice.month, county)
    _missing(lacking)
    _matrix(door, county, sent, lacking, choice.month in parts.months_open(door))
    _returned(door, choice, county)
    _absent(door, choice, county)


def _county(door: Door, place: str) -> str:
    """Deliveries are the counties' and the detachment's: a level-1 unit shows all of them."""
    return place if door.places[place].level == 2 else CITY


def _missing(lacking: pd.DataFrame) -> None:
    tables = {
        row.county_name: [say(f"table_{name}") for name in lacking[lacking["county_id"] == row.county_id]["table_name"]]
        for row in lacking.itertuples()
    }
    text = "；".join(f"{county}（{'、'.join(dict.fromkeys(names))}）" for county, names in tables.items())
    words = say("missing_line", text=text) if text else say("missing_none")
    parts.show(f'<p class="{"silent-line" if text else "quiet"}">{escape(words)}</p>')


def _matrix(door: Door, county: str, sent: pd.DataFrame, lacking: pd.DataFrame, is_open: bool) -> None:
    lacks = {(row.county_id, row.table_name) for row in lacking.itertuples()}
    shown = [table for table in TABLES if table or (sent["table_name"] == "").any()]
    ids = [p.grid_id for p in door.places.values() if p.level in (0, 2) and county in (CITY, p.grid_id)]
    rows = []
    for grid_id in sorted(ids, key=lambda grid_id: grid_id == CITY):
        own = sent[sent["county_id"] == grid_id]
        files = {row.table_name: int(row.files) for row in own.itertuples()}
        cells = [_files(files.get(table, 0), (grid_id, table) in lacks, is_open and table != "") for table in shown]
        last = own["last_received_at"].max()
        received = parts.moment(last) if len(own) else say("none")
        rows.append([f"<b>{escape(parts.sender(grid_id, door.places[grid_id].name))}</b>", *cells, escape(received)])
    parts.table([say("county"), *(say(f"table_{table}") for table in shown), say("received_at")], rows, "sent")


def _files(n: int, lacks: bool, is_open: bool) -> str:
    if n:
        return escape(say("files", n=n))
    if lacks:
        return f'<span class="tag unreported">{escape(say("not_sent"))}</span>'
    return f'<span class="quiet">{escape(say("not_yet" if is_open else "none"))}</span>'


def _returned(door: Door, choice: Choice, county: str) -> None:
    sums = door.ask(totals, choice.month, county)
    shown = ["found", "accepted", "rejected", "identical", *(["mended"] if sums["mended"] else [])]
    numbers = "　".join(f"{say(name)} <b>{sums[name]}</b>" for name in shown)
    parts.show(f'<p class="sums">{numbers}</p>')
    found = door.ask(returned, choice.month, county, SHOWN)
    if not found:
        parts.show(f'<p class="quiet">{escape(say("returned_none"))}</p>')
        return
    with st.expander(say("returned", n=sums["awaiting"])):
        if len(found) == SHOWN:
            parts.show(f'<p class="quiet">{escape(say("returned_first", n=SHOWN))}</p>')
        heads = [say(key) for key in ("line", "field", "value", "problem", "mend")]
        for where, rows in groupby(found, _where):
            parts.table(heads, map(_finding, rows), "returned", caption=where, stacks=True)


def _where(row: ReturnedFinding) -> str:
    return say(
        "where_file",
        sender=parts.sender(row.county_id, row.county_name),
        table=say(f"table_{row.table_name}"),
        file=parts.file_words(row.path, row.sheet_name, is_whole=True),
    )


def _finding(row: ReturnedFinding) -> list[str]:
    return [parts.row_link(row), *map(escape, (row.column_zh, row.value, row.message_zh, row.mend_zh))]


def _absent(door: Door, choice: Choice, county: str) -> None:
    """Rows a later file no longer holds: nothing is lost by leaving it out, and nobody gains by it."""
    gone = door.ask(absent, choice.month, county)
    if not gone:
        return
    with st.expander(say("absent", n=len(gone))):
        parts.show(f'<p class="quiet">{escape(say("absent_note"))}</p>')
        lines = [
            [
                escape(f"{parts.sender(county_id, name)}　{say(f'table_{table}')}"),
                parts.row_links(rows),
            ]
            for (county_id, name, table), rows in _by_ledger(gone).items()
        ]
        parts.table([say("table"), say("line")], lines, "absent")


def _by_ledger(gone: list[AbsentRow]) -> dict[tuple[str, str, str], list[AbsentRow]]:
    found: dict[tuple[str, str, str], list[AbsentRow]] = {}
    for row in gone:
        found.setdefault((row.county_id, row.county_name, row.table_name), []).append(row)
    return found
