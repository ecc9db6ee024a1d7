"""The calendar of patrols on the page, the same as a table, and one grid's patrols beneath it."""

from __future__ import annotations

from collections import Counter
from functools import partial
from html import escape

import plotly.graph_objects as go
import streamlit as st

from dashboards import address, downloads, parts
from dashboards import figures_coverage as draw
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.townships import CHART
from dashboards.words import month_words, named, say
from pipelines.reports.carried import Value
from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.coverage import SILENT, Calendar, Cell, Walked, calendar, walked

WEEKS = (13, 26)


def link(choice: Choice, weeks: int, **changes: object) -> dict[str, str]:
    """Query parameters of this page."""
    query = choice.link(**{"level": "", "metric": "", "state": "", "page": 1, **changes})
    return query if weeks == WEEKS[0] else {**query, "weeks": str(weeks)}


def show(door: Door, choice: Choice, weeks: int) -> None:
    """The calendar of the chosen place, its legend and its table."""
    what = (choice.place, choice.month, weeks)
    found = door.ask(calendar, *what)
    note = say("calendar_note") + (say("calendar_note_summed") if found.is_summed else "")
    place, month = parts.place_words(door, choice.place), parts.month_label(door, choice.month)
    parts.section(f"{say('calendar')}　{place}　{month}", note)
    if not found.lines:
        parts.show(f'<p class="quiet">{escape(say("calendar_none"))}</p>')
        return
    with st.container(key=f"calendar-{weeks}"):
        st.plotly_chart(
            door.ask(_figure, *what, choice.grid),
            key="calendar",
            on_select=partial(_pick, found.is_summed),
            selection_mode="points",
            theme=None,
            config=CHART,
            alt=_summary(found, place, choice.month, weeks),
        )
    if weeks > draw.NEWEST_FIRST:
        parts.scrolls(f"calendar-{weeks}", say("calendar"))
    _legend(found)
    with parts.drawer(say("calendar_table"), key="calendar-table") as is_open:
        if is_open:
            _table(choice, weeks, found)

    def rows() -> list[list[Value]]:
        return [
            [name, *(_carried(line.cells.get(monday)) for monday in found.mondays)]
            for name, line in zip(draw.line_names(found), found.lines, strict=True)
        ]

    headers = [say("grid_any"), *(parts.day(monday) for monday in found.mondays)]
    downloads.offer(door, f"{say('calendar')}　{place}　{choice.month}", headers, rows, [(say("calendar"), note)])


def one_grid(door: Door, choice: Choice, weeks: int) -> None:
    """The patrols of the chosen grid in the month, with their rows, and the ways to its duties."""
    if not choice.grid:
        parts.show(f'<p class="quiet">{escape(say("calendar_hint"))}</p>')
        return
    place = door.places[choice.grid]
    words = {"grid": parts.place_words(door, place.grid_id), "month": month_words(choice.month)}
    parts.section(say("walked", **words), say("walked_note"))
    with st.container(key="ways", horizontal=True, gap="xsmall"):
        for metric_id in ("patrol_coverage", "patrol_frequency"):
            if metric_id in door.metrics:
                query = choice.link(metric=metric_id, level=str(place.level or ""), state="", page=1)
                label = say("open_duties_of", metric=named(door.metrics[metric_id]))
                parts.page_link(parts.OBLIGATIONS, label=label, query_params=query, icon=":material/list_alt:")
        file = choice.link(level="", metric="", state="", page=1)
        parts.page_link(parts.GRID, label=say("grid_file"), query_params=file, icon=":material/folder_open:")
        close = link(choice, weeks, grid="")
        parts.page_link(parts.COVERAGE, label=say("close_grid"), query_params=close, icon=":material/close:")
    found = door.ask(walked, place.grid_id, choice.month)
    if not found:
        parts.show(f'<p class="quiet">{escape(say("walked_none", **words))}</p>')
        return
    heads = [say(key) for key in ("walked_when", "walked_kind", "walked_who", "walked_where", "walked_found", "row")]
    parts.table(heads, [_walked(one) for one in found], "walked", stacks=True)


def _figure(snapshot: Snapshot, scope: Scope, place: str, month: str, weeks: int, selected: str) -> go.Figure:
    return draw.calendar_map(calendar(snapshot, scope, place, month, weeks), selected)


def _pick(is_summed: bool) -> None:
    """A cell was clicked: its county is opened, or its grid chosen."""
    points = st.session_state["calendar"]["selection"]["points"]
    if not points:
        return
    chosen = str(points[0]["customdata"])
    if is_summed:
        address.put(county=chosen, grid="")
    else:
        address.put(grid=chosen)


def _summary(found: Calendar, place: str, month: str, weeks: int) -> str:
    states = Counter(cell.state for line in found.lines for cell in line.cells.values())
    return say(
        "calendar_alt",
        place=place,
        month=month_words(month),
        weeks=weeks,
        lines=len(found.lines),
        none=states["none"],
        unreported=states["unreported"],
        blind=states["not_measurable"],
    )


def _legend(found: Calendar) -> None:
    present = {cell.state for line in found.lines for cell in line.cells.values()}
    keys = "".join(
        f'<li><i class="cell week-{state}">{escape(draw.MARKS.get(state, "3"))}</i>{escape(say(f"week_{state}"))}</li>'
        for state in ("patrolled", *SILENT)
        if state in present
    )
    parts.show(f'<ul class="legend">{keys}</ul>')


def _table(choice: Choice, weeks: int, found: Calendar) -> None:
    body = []
    for name, line in zip(draw.line_names(found), found.lines, strict=True):
        to = {"place": line.grid_id, "grid": ""} if found.is_summed else {"grid": line.grid_id}
        cells = [line.cells.get(monday) for monday in found.mondays]
        body.append(
            [
                parts.link("coverage", link(choice, weeks, **to), escape(name)),
                *(escape(draw.cell_words(cell)) if cell else "" for cell in cells),
            ]
        )
    parts.table([say("grid_any"), *map(draw.week_label, found.mondays)], body, "weeks", label=say("calendar"))


def _carried(cell: Cell | None) -> Value:
    """A number where it is one; words where it is the least there can be, or none."""
    if cell is None:
        return None
    is_number = cell.state == "none" or (cell.state == "patrolled" and not cell.is_partial)
    return cell.days if is_number else draw.cell_words(cell)


def _walked(one: Walked) -> list[str]:
    return [
        escape(parts.moment(one.started_at) if one.has_time else parts.day(one.started_at)),
        escape(say(f"patrol_kind_{one.kind}")),
        escape(one.inspectors),
        escape(one.sites),
        "" if one.findings is None else str(one.findings),
        parts.to_row(one.row_id, say("open_row")),
    ]
