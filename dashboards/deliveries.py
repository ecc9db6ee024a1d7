"""What each county delivered for the month, what is missing, and what was sent back with the reasons."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboards import parts
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.words import say
from pipelines.snapshot import CITY
from pipelines.snapshot.delivered import deliveries, missing, returned, totals

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
    numbers = "　".join(f"{say(name)} <b>{sums[name]}</b>" for name in ("found", "accepted", "rejected", "identical"))
    parts.show(f'<p class="sums">{numbers}</p>')
    found = door.ask(returned, choice.month, county, SHOWN)
    if found.empty:
        parts.show(f'<p class="quiet">{escape(say("returned_none"))}</p>')
        return
    with st.expander(say("returned", n=sums["rejected"])):
        if len(found) == SHOWN:
            parts.show(f'<p class="quiet">{escape(say("returned_first", n=SHOWN))}</p>')
        parts.table(
            [say(key) for key in ("county", "table", "line", "field", "value", "problem", "mend")],
            [_finding(row) for row in found.to_dict("records")],
            "returned",
        )


def _finding(row: dict[str, str]) -> list[str]:
    number = str(row["row_id"]).rpartition("!")[2]
    link = f'<a href="row?{escape(urlencode({"id": row["row_id"]}))}" target="_self">{escape(number)}</a>'
    texts = [row[key] for key in ("column_zh", "value", "message_zh", "mend_zh")]
    table = escape(say(f"table_{row['table_name']}"))
    return [
        escape(parts.sender(row["county_id"], row["county_name"])),
        table,
        link,
        *(escape(str(text)) for text in texts),
    ]
