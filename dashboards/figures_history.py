"""The strip of 履职追溯: a pure function events → Figure; the rules and colours of figures.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

import plotly.graph_objects as go

from dashboards.figures import FONT, INK, PAPER, plain
from dashboards.history_lines import Line
from dashboards.words import say

# From the bottom up: what was owed, what was found, who went, who came and went.
ROWS = (
    ("duty", "#8a6100", "diamond-open"),
    ("problem", "#a8320f", "square"),
    ("patrol", "#0f5e63", "circle"),
    ("post", "#5c666c", "triangle-up"),
)
GRID_LINE = "#e2dfd6"


def strip(lines: Sequence[Line], day: date, first: date, last: date) -> go.Figure:
    """Every line of the span as a mark in the row of its kind; the day asked for is a band through all of them.

    A mark without a clock stands at the noon of its day: the hover names the day alone.
    """
    figure = go.Figure()
    for kind, colour, symbol in ROWS:
        own = [line for line in lines if line.kind == kind and first <= line.day <= last]
        name = say(f"history_show_{kind}")
        figure.add_scatter(
            x=[_instant(line) for line in own],
            y=[name] * len(own),
            mode="markers",
            name=name,
            marker={"color": colour, "symbol": symbol, "size": 9, "opacity": 0.75},
            text=[f"{line.day:%Y-%m-%d} {line.clock}".strip() + "<br>" + plain(line.what) for line in own],
            hovertemplate="%{text}<extra></extra>",
        )
    whole = {"x0": datetime.combine(day, time()), "x1": datetime.combine(day, time(23, 59, 59))}
    figure.add_vrect(**whole, fillcolor=INK, opacity=0.25, line={"color": INK, "width": 1})
    figure.update_layout(
        height=190,
        margin={"l": 70, "r": 12, "t": 8, "b": 28},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        font={"family": FONT, "size": 12, "color": INK},
        showlegend=False,
        xaxis={
            "type": "date",
            "range": [datetime.combine(first, time()), datetime.combine(last, time(23, 59))],
            "tickformat": "%m-%d",
            "fixedrange": True,
            "gridcolor": GRID_LINE,
        },
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": [say(f"history_show_{kind}") for kind, _, _ in ROWS],
            "fixedrange": True,
            "gridcolor": GRID_LINE,
        },
    )
    return figure


def _instant(line: Line) -> datetime:
    return datetime.combine(line.day, time.fromisoformat(line.clock) if line.clock else time(12))
