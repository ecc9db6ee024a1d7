"""The calendar of patrols: grids down, weeks across. A pure function of the reader's answer."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import plotly.graph_objects as go

from dashboards.figures import FONT, INK, STYLES, layout, plain
from dashboards.words import say
from pipelines.snapshot.coverage import SILENT, Calendar, Cell, Line

ROW_PIXELS = 26
NEWEST_FIRST = 13  # of more weeks a phone shows the last ones first
# Light enough throughout that dark figures can be read on it.
PATROLLED = [[0.0, "#dcefe9"], [1.0, "#6bb3a4"]]
FILLS = {
    "none": "#f6d9cc",
    "unreported": STYLES["unreported"].fill,
    "not_measurable": STYLES["not_measurable"].fill,
    "pending": "#d4e3f5",
    "not_owed": "#f6f4ef",
}
# Told apart without colour; the first is a figure like the others.
MARKS = {"none": "0", "unreported": "╳", "not_measurable": "≡", "pending": "…", "not_owed": "·"}


def week_label(monday: date) -> str:
    """10-26, the Monday."""
    return f"{monday:%m-%d}"


def cell_words(cell: Cell) -> str:
    """3, at least 3, or why there is no figure."""
    if cell.state == "patrolled":
        return f"{'≥' if cell.is_partial else ''}{cell.days}"
    return "0" if cell.state == "none" else say(f"week_{cell.state}")


def line_names(calendar: Calendar) -> list[str]:
    """What each line is called: a county's own patrols as 本级, a name that occurs twice with its county."""
    often = Counter(line.name for line in calendar.lines)
    names = []
    for line in calendar.lines:
        name = plain(line.name)
        if line.level == 2 and not calendar.is_summed:
            name = say("own", name=name)
        names.append(f"{plain(line.county_name)} {name}".strip() if often[line.name] > 1 else name)
    return names


def calendar_map(calendar: Calendar, selected: str = "") -> go.Figure:
    """A cell a grid and week: days by depth of colour and as a figure; every other state by its own fill and mark."""
    names, weeks = line_names(calendar), [week_label(monday) for monday in calendar.mondays]
    cells = [[line.cells.get(monday) for monday in calendar.mondays] for line in calendar.lines]
    figure = go.Figure()
    shared: dict[str, Any] = {"x": weeks, "y": names, "showscale": False, "hoverinfo": "skip", "xgap": 1, "ygap": 1}
    figure.add_heatmap(z=[[_state(cell) for cell in row] for row in cells], **_stepped(), **shared)
    figure.add_heatmap(
        z=[[cell.days if cell and cell.state == "patrolled" else None for cell in row] for row in cells],
        colorscale=PATROLLED,
        zmin=1,
        **shared,
    )
    for state in ("patrolled", *SILENT):
        found = [
            (weeks[at], name, line, cell)
            for name, line, row in zip(names, calendar.lines, cells, strict=True)
            for at, cell in enumerate(row)
            if cell and cell.state == state
        ]
        if found:
            figure.add_trace(_marks(state, found))
    figure.update_layout(**_layout(names, calendar, selected))
    return figure


def _marks(state: str, found: list[tuple[str, str, Line, Cell]]) -> go.Scatter:
    """Figures or marks on the cells, which can be pointed at and clicked."""
    is_patrolled = state == "patrolled"
    texts = [cell_words(cell) if is_patrolled else MARKS[state] for *_, cell in found]
    told = f"%{{text}} {say('calendar_days')}" if is_patrolled else say(f"week_{state}")
    return go.Scatter(
        x=[week for week, *_ in found],
        y=[name for _, name, *_ in found],
        text=texts,
        customdata=[line.grid_id for _, _, line, _ in found],
        name=say(f"week_{state}"),
        mode="markers+text",
        marker={"size": 20, "opacity": 0},
        # ≥ is as wide as it is high: beside two figures it must not run into the next week on a phone
        textfont={
            "size": [9 if len(text) > 2 else 11 for text in texts],
            "color": INK if state in ("patrolled", "none") else "#59636b",
        },
        hovertemplate=f"%{{y}}　%{{x}} {say('calendar_week')}<br>{told}<extra></extra>",
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}, "textfont": {"color": INK}},
    )


def _state(cell: Cell | None) -> int | None:
    return SILENT.index(cell.state) if cell and cell.state in SILENT else None


def _stepped() -> dict[str, Any]:
    """One colour a state, without any between."""
    n = len(SILENT)
    scale = [[at / n, FILLS[state]] for at, state in enumerate(SILENT)]
    ends = [[(at + 1) / n, FILLS[state]] for at, state in enumerate(SILENT)]
    return {
        "colorscale": [stop for pair in zip(scale, ends, strict=True) for stop in pair],
        "zmin": -0.5,
        "zmax": n - 0.5,
    }


def _layout(names: list[str], calendar: Calendar, selected: str) -> dict[str, Any]:
    chosen = [at for at, line in enumerate(calendar.lines) if line.grid_id == selected]
    return {
        **layout(len(names) * ROW_PIXELS + 60, l=8, r=4, t=4, b=8),
        "plot_bgcolor": "#d9d5ca",
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": INK, "font": {"color": "#ffffff", "family": FONT, "size": 13}},
        "xaxis": {
            "type": "category",
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
            "range": [-0.5, len(calendar.mondays) - 0.5],
            "tickangle": -90,
            "automargin": True,
            "tickmode": "linear",
        },
        "yaxis": {
            "type": "category",
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
            "range": [len(names) - 0.5, -0.5],
            "automargin": True,
            "tickmode": "linear",
            "side": "right" if len(calendar.mondays) > NEWEST_FIRST else "left",  # beside what is in sight first
        },
        "shapes": [
            {
                "type": "rect",
                "x0": -0.5,
                "x1": len(calendar.mondays) - 0.5,
                "y0": at - 0.5,
                "y1": at + 0.5,
                "line": {"width": 2, "color": "#0f5e63"},
            }
            for at in chosen
        ],
    }
