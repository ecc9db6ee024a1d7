"""What cannot be judged, what went back and what counts for nobody: shown where a grid might be accused."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboards import parts
from dashboards.words import say
from pipelines.snapshot.beside import Beside, ReturnedRow, Uncredited
from pipelines.snapshot.measurable import BlindGrid, mend_zh, told_reasons
from pipelines.snapshot.standing import Metric

SHOWN_LINKS, SHOWN_ROWS = 12, 20


def near(found: Beside) -> str:
    """Two lines for below a duty, as HTML: each row linked; '' where there is nothing."""
    lines = [
        say(key, n=len(rows), rows=parts.row_links(rows[:SHOWN_LINKS]))
        + (say("near_more") if len(rows) > SHOWN_LINKS else "")
        for key, rows in (("near_returned", found.returned), ("near_uncredited", found.uncredited))
        if rows
    ]
    return "".join(f"<span>{line}</span>" for line in lines)


def reasons(texts: Sequence[str], metric: Metric) -> str:
    """Why a figure cannot be given and what to send, as HTML."""
    whole = [*texts, say("mend_line", text=mend_zh(metric))]
    return "".join(f'<p class="why">{escape(text)}</p>' for text in whole)


def blind_list(grids: Sequence[BlindGrid], metric: Metric) -> None:
    """The grids that cannot be judged, by county and name, with the reason and what to send."""
    if not grids:
        return
    counties: dict[tuple[str, str, str], list[BlindGrid]] = {}
    for grid in grids:
        counties.setdefault((grid.county_id, grid.county_name, grid.reason_zh), []).append(grid)
    parts.section(say("blind_grids", n=len(grids)), say("blind_note"))
    rows = [
        [
            escape(say("blind_county", county=parts.sender(county_id, county_name), n=len(alike))),
            escape(say("comma").join(grid.name for grid in alike)),
            escape(say("semicolon").join(told_reasons(alike))),
        ]
        for (county_id, county_name, _), alike in counties.items()
    ]
    parts.table([say("county"), say("blind_names"), say("reason")], rows, "blind", stacks=True)
    parts.show(f'<p class="why">{escape(say("mend_line", text=mend_zh(metric)))}</p>')


def returned_list(rows: Sequence[ReturnedRow], *, is_unmet: bool) -> None:
    """Patrol rows that went back, each with what was found and its link. is_unmet: whether a duty here is not met, so
    that one of them may be the patrol it lacks."""
    if not rows:
        return
    note = say("returned_patrols_unmet" if is_unmet else "returned_patrols_note")
    _head(say("returned_patrols", n=len(rows)), note, len(rows))
    for number, row in enumerate(rows[:SHOWN_ROWS]):
        where = say("in_file", file=parts.file_words(row.path, row.sheet_name), rows=row.row_number)
        _line(f"back-{number}", row.row_id, (row.grid_name or say("none"), where, row.messages))


def uncredited_list(rows: Sequence[Uncredited]) -> None:
    """Patrols that count for nobody, each with the reason and its link."""
    if not rows:
        return
    _head(say("uncredited", n=len(rows)), say("uncredited_note"), len(rows))
    for number, row in enumerate(rows[:SHOWN_ROWS]):
        when = f"{parts.moment(row.started_at)}　{row.inspectors or say('none')}"
        _line(f"lost-{number}", row.row_id, (row.grid_name, when, row.reason_zh))


def _head(title: str, note: str, n: int) -> None:
    parts.section(title, note + (say("first_rows", n=SHOWN_ROWS) if n > SHOWN_ROWS else ""))


def _line(key: str, row_id: str, texts: tuple[str, ...]) -> None:
    with st.container(key=f"duty-{key}", horizontal=True, vertical_alignment="center", gap="small"):
        cells = "".join(f"<div class='what'>{escape(text)}</div>" for text in texts)
        parts.show(f'<div class="duty three">{cells}</div>')
        parts.page_link(parts.ROW, label=say("open_row"), query_params={"id": row_id})
