"""来源行: one row of a county's file as it was received, what was found on it, and the figures it enters."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboards import frame, parts
from dashboards.data import Door
from dashboards.words import month_words, named, say
from pipelines.snapshot import Scope, Snapshot, SnapshotError
from pipelines.snapshot.evidence import (
    Finding,
    SourceRow,
    UnknownRowError,
    credits_of,
    findings_of,
    revisions_of,
    source_row,
)
from pipelines.snapshot.walk import Entry, RowUse, entries, obligations_of_row

# What a row is to a duty, as the reader tells it.
ROLES = {"形成": "role_forms", "履行": "role_meets", "形成并履行": "role_both", "所及": "role_told"}


def show() -> None:
    """Draw the page from the address bar."""
    door, _ = frame.begin(say("row"))
    row_id = str(st.query_params.get("id", ""))
    row, complaint = _read(door, row_id)
    if row is None:
        frame.notices([complaint])
        parts.page_link(parts.OVERVIEW, label=say("back"), icon=":material/arrow_back:")
        frame.footer(door)
        return
    uses = door.ask(_uses, row_id)
    _back(row, uses)
    _file(row)
    _cells(row, sees_names=door.scope.see_names)
    _findings(door, row_id)
    _revisions(door, row_id)
    _credits(door, row_id)
    _used(door, uses)
    frame.footer(door)


def _read(door: Door, row_id: str) -> tuple[SourceRow | None, str]:
    """The row, or what to say of there being none."""
    if not row_id:
        return None, say("row_none")
    try:
        return door.ask(source_row, row_id), ""
    except UnknownRowError:
        return None, say("row_missing")
    except SnapshotError as error:  # the file of raw cells is gone or damaged; the visitor is told how to mend it
        return None, say("row_unreadable", error=error)


def _uses(snapshot: Snapshot, scope: Scope, row_id: str) -> list[tuple[RowUse, list[Entry]]]:
    return [(use, entries(snapshot, scope, [use.obligation])) for use in obligations_of_row(snapshot, scope, row_id)]


def _back(row: SourceRow, uses: list[tuple[RowUse, list[Entry]]]) -> None:
    with st.container(key="back", horizontal=True, gap="small"):
        parts.page_link(
            parts.OVERVIEW, label=say("back"), icon=":material/arrow_back:", query_params={"month": row.month}
        )
        if uses:
            duty = uses[0][0].obligation
            parts.page_link(
                parts.OBLIGATIONS,
                label=say("back_obligations"),
                query_params={
                    "metric": duty.metric_id,
                    "grid": duty.grid_id,
                    "month": duty.period,
                    "level": str(duty.owner_level),
                },
            )


def _file(row: SourceRow) -> None:
    sheet = say("sheet_csv") if row.sheet_name == "csv" else row.sheet_name
    parts.section(say("row_title", file=parts.file_words(row.path, row.sheet_name), number=row.row_number))
    if row.is_absent:
        frame.notices([say("absent_row")])
    if row.same_as:
        with st.container(key="same-as", horizontal=True, vertical_alignment="center", gap="small"):
            parts.show(f"<p>{escape(say('same_as'))}</p>")
            parts.page_link(parts.ROW, label=parts.label(row.same_as), query_params={"id": row.same_as})
    facts = {
        "sender": parts.sender(row.county_id, row.county_name),
        "file": row.path,
        "sheet": sheet,
        "row_number": str(row.row_number),
        "kind": f"{say(f'table_{row.table_name}')}　{say(f'kind_{row.kind}')}",
        "received": parts.moment(row.received_at) + say("in_brackets", text=say(f"basis_{row.received_basis}")),
        "sha256": row.sha256,
        "row_id": row.row_id,
    }
    lines = [
        [f"<b>{escape(say(key))}</b>", f'<span class="{key}">{escape(text)}</span>'] for key, text in facts.items()
    ]
    parts.table([], lines, "facts", label=parts.file_words(row.path, row.sheet_name))


def _cells(row: SourceRow, *, sees_names: bool) -> None:
    parts.section(say("cells"), say("cells_note" if sees_names else "cells_note_covered"))
    names = {cell.column: cell.header or say("no_header", n=cell.column) for cell in row.cells}
    filled = [[escape(names[cell.column]), escape(cell.text)] for cell in row.cells if cell.text]
    parts.table([], filled, "cells", label=say("cells"))
    empty = say("comma").join(names[cell.column] for cell in row.cells if not cell.text)
    if empty:
        parts.show(f'<p class="quiet">{escape(say("cells_empty", names=empty))}</p>')


def _findings(door: Door, row_id: str) -> None:
    found = door.ask(findings_of, row_id)
    if not found:
        return
    parts.section(say("findings"))
    parts.table(
        [say("outcome"), *(say(key) for key in ("field", "value", "problem", "mend"))],
        [
            [
                f'<span class="tag {one.severity}">{escape(say(_verdict(one)))}</span>',
                *(escape(text) for text in (one.column_zh, one.value, one.message_zh, one.mend_zh)),
            ]
            for one in found
        ],
        "findings",
        stacks=True,
    )


def _verdict(finding: Finding) -> str:
    return "finding_mended" if finding.is_mended and finding.severity == "reject" else f"finding_{finding.severity}"


def _revisions(door: Door, row_id: str) -> None:
    found = door.ask(revisions_of, row_id)
    if not found:
        return
    parts.section(say("revisions"))
    for number, one in enumerate(found):
        blank = say("empty_value")
        line = say("revision_line", field=one.field_zh, old=one.old or blank, new=one.new or blank)
        is_newer = one.to_row_id == row_id
        other = one.from_row_id if is_newer else one.to_row_id
        with st.container(key=f"revision-{number}", horizontal=True, vertical_alignment="center", gap="small"):
            parts.show(f"<p>{escape(line)}</p>")
            words = f"{say('revision_from' if is_newer else 'revision_to')} {parts.label(other)}"
            parts.page_link(parts.ROW, label=words, query_params={"id": other})


def _credits(door: Door, row_id: str) -> None:
    found = door.ask(credits_of, row_id)
    if not found:
        return
    parts.section(say("credits"))
    lines = (say(f"credit_{one.basis}", grid=one.grid_name, reason=one.reason_zh) for one in found)
    parts.show("<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>")


def _used(door: Door, uses: list[tuple[RowUse, list[Entry]]]) -> None:
    parts.section(say("uses"))
    if not uses:
        parts.show(f'<p class="quiet">{escape(say("uses_none"))}</p>')
    for number, (use, figures) in enumerate(uses):
        duty = use.obligation
        line = say(
            "use_line",
            role=say(ROLES[use.role]),
            metric=named(door.metrics[duty.metric_id]),
            grid=duty.grid_name,
            month=month_words(duty.period),
            state=say(f"state_{duty.state}"),
        )
        parts.show(f'<p class="use">{escape(line)}<small>{escape(duty.obligation_id)}</small></p>')
        with st.container(key=f"entries-{number}", horizontal=True, gap="xsmall"):
            for entry in figures:
                level = parts.level_words(entry.owner_level)
                xn = {"on_time": entry.on_time, "due": entry.due}
                parts.page_link(
                    parts.OBLIGATIONS,
                    label=say("entry_line", grid=parts.label(entry.grid_name), level=level, **xn),
                    query_params={
                        "metric": entry.metric_id,
                        "grid": entry.grid_id,
                        "month": entry.period,
                        "level": entry.owner_level,
                    },
                )


show()
