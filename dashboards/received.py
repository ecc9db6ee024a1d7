"""One sender's month, file by file: what was read, taken, sent back, corrected; and the workbooks to hand out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from dashboards import matrix, parts
from dashboards.data import Door
from dashboards.words import say
from pipelines.reports.offered import XLSX, blank_ledger, blank_name, to_mend, to_mend_name
from pipelines.settings import beijing_now, from_environment
from pipelines.snapshot.submissions import Counts, SentFile, Standing, sent_files

COUNTS = ("found", "accepted", "rejected", "identical", "warned", "revised", "relabelled", "absent")


def files(door: Door, month: str, sender: str, sent: Sequence[Standing]) -> None:
    """A line a file and table; what is owed and did not come stands among them, the rest in one sentence."""
    by_table: dict[str, list[SentFile]] = {}
    for file in door.ask(sent_files, month, sender):
        by_table.setdefault(file.table_name, []).append(file)
    standing = {one.table_name: one for one in sent}
    names = [ledger.name for _, ledger in matrix.tables(door)]
    lines, silent = [], []
    for name in [*names, ""]:
        one = standing.get(name)
        if name in by_table:
            lines += [_file(file, one, is_first=not place) for place, file in enumerate(by_table[name])]
        elif one is not None and one.standing:
            lines.append([_table(name), matrix.state(one), *[_zero(say("none"))] * (len(COUNTS) + 2)])
        elif name:
            silent.append(say(f"table_{name}"))
    counts = [say("absent_count" if name == "absent" else name) for name in COUNTS]
    heads = [*(say(key) for key in ("table", "sent", "file", "file_received")), *counts]
    if lines:
        parts.table(heads, lines, "files", stacks=True)
    if silent:
        parts.show(f'<p class="quiet">{escape(say("not_received", tables=say("comma").join(silent)))}</p>')


def downloads(door: Door, month: str, sender: str) -> None:
    """退回待核 of one sender and a blank ledger; each is made when it is asked for."""
    parts.section(say("downloads"), say("downloads_note") if sender else say("downloads_choose"))
    with st.container(key="downloads", horizontal=True, gap="medium", vertical_alignment="bottom"):
        if sender:
            name = parts.sender(sender, door.places[sender].name)
            st.download_button(
                say("get_returned", county=name, month=parts.month_label(door, month)),
                partial(_to_mend, door.key, sender, month, door),
                to_mend_name(name, month, beijing_now()),
                XLSX,
                key="get_returned",
                on_click="ignore",
            )
        ledgers = {ledger.name: ledger for _, ledger in matrix.tables(door)}
        chosen = st.selectbox(
            say("pick_table"), list(ledgers), key="w_table", width=220, format_func=lambda table: ledgers[table].zh
        )
        st.download_button(
            say("get_blank", table=ledgers[chosen].zh),
            partial(_blank, chosen),
            blank_name(ledgers[chosen]),
            XLSX,
            key="get_blank",
            on_click="ignore",
        )


@st.cache_resource(max_entries=12, show_spinner=False)
def _to_mend(_filed_under: tuple[object, ...], sender: str, month: str, _door: Door) -> bytes:
    return to_mend(from_environment(), _door.snapshot, _door.scope, sender, month)


@st.cache_resource(max_entries=12, show_spinner=False)
def _blank(table: str) -> bytes:
    return blank_ledger(from_environment(), table)


def _file(file: SentFile, one: Standing | None, *, is_first: bool) -> list[str]:
    name = file.path.rpartition("/")[2]
    version = (
        f" <small>{escape(say('version', n=file.version))}</small>" if file.version > 1 and file.table_name else ""
    )
    tag = f' <span class="tag {file.standing}">{escape(say(f"file_{file.standing}"))}</span>'
    return [
        _table(file.table_name) if is_first else '<span class="nothing"></span>',
        matrix.state(one) if is_first and one else '<span class="nothing"></span>',
        f'<span title="{escape(file.path)}">{escape(name)}</span>{version}{tag if file.standing != "landed" else ""}',
        escape(parts.moment(file.received_at)),
        *_counts(file),
    ]


def _counts(counts: Counts) -> list[str]:
    return [str(n) if n else _zero("0") for n in (getattr(counts, name) for name in COUNTS)]


def _table(name: str) -> str:
    return f"<b>{escape(say(f'table_{name}'))}</b>"


def _zero(text: str) -> str:
    return f'<span class="nothing">{escape(text)}</span>'
