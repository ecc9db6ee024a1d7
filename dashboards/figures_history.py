"""The strip of 履职追溯: a pure function events → Figure; the rules and colours of figures.py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time

import plotly.graph_objects as go

from dashboards.figures import INK, layout, plain
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
# Beyond so many marks of a kind nobody can tell them apart: a day has one for all of them.
MOST_MARKS = 300


def strip(lines: Sequence[Line], day: date, first: date, last: date) -> go.Figure:
    """Every line of the span as a mark in the row of its kind, or every day with how many where they are too many; the
    day asked for is a band through all of them.

    A mark without a clock stands at the noon of its day: the hover names the day alone.
    """
    figure = go.Figure()
    for kind, colour, symbol in ROWS:
        own = [line for line in lines if line.kind == kind and first <= line.day <= last]
        name = say(f"history_show_{kind}")
        marks = _by_day(own) if len(own) > MOST_MARKS else [(_instant(line), _words(line)) for line in own]
        figure.add_scatter(
            x=[at for at, _ in marks],
            y=[name] * len(marks),
            mode="markers",
            name=name,
            marker={"color": colour, "symbol": symbol, "size": 9, "opacity": 0.75},
            text=[words for _, words in marks],
            hovertemplate="%{text}<extra></extra>",
        )
    whole = {"x0": datetime.combine(day, time()), "x1": datetime.combine(day, time(23, 59, 59))}
    figure.add_vrect(**whole, fillcolor=INK, opacity=0.25, line={"color": INK, "width": 1})
    figure.update_layout(
        **layout(190, l=70, r=12, t=8, b=28),
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


def _by_day(lines: Sequence[Line]) -> list[tuple[datetime, str]]:
    counted = Counter(line.day for line in lines)
    return [
        (datetime.combine(day, time(12)), f"{day:%Y-%m-%d}<br>{say('history_strip_n', n=n)}")
        for day, n in sorted(counted.items())
    ]


def _words(line: Line) -> str:
    return f"{line.day:%Y-%m-%d} {line.clock}".strip() + "<br>" + plain(line.what)


def _instant(line: Line) -> datetime:
    return datetime.combine(line.day, time.fromisoformat(line.clock) if line.clock else time(12))
