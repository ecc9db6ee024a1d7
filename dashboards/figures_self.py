"""The agreement plot of 年度自评: a pure function pairs → Figure; the rules and colours of figures.py."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboards.figures import INK, layout, plain
from dashboards.self_links import points
from dashboards.words import say
from pipelines.snapshot.self_agreement import Agreement, Pair

# Told apart by shape as well: one level, one form.
MARKS = {1: ("#8a6100", "diamond"), 2: ("#a8320f", "square"), 3: ("#0f5e63", "circle")}
LINE, GRID_LINE = "#59636b", "#e2dfd6"
FEWEST_POINTS = 20.0  # room up and down, so that grids that agree do not look far apart


def agreement(found: Agreement, pairs: Sequence[Pair], chosen: str = "") -> go.Figure:
    """Mean against difference, a mark a grid. Bias and limits only of enough pairs; those outside are ringed."""
    figure = go.Figure()
    figure.add_hline(y=0, line={"color": INK, "width": 1})
    if not found.is_few and found.bias is not None and found.lower is not None and found.upper is not None:
        _level(figure, found.bias, say("self_line_bias", value=points(found.bias)), "solid")
        _level(figure, found.upper, say("self_line_limit", value=points(found.upper)), "dash")
        _level(figure, found.lower, say("self_line_limit", value=points(found.lower)), "dash")
    for level, (colour, shape) in MARKS.items():
        group = [pair for pair in pairs if pair.level == level]
        if group:
            marker = {"color": colour, "symbol": shape, "size": 9, "opacity": 0.75}
            figure.add_scatter(**_marks(group, marker, say(f"level_{level}")))
    outside = [pair for pair in pairs if found.is_outside(pair.difference)]
    if outside:
        marker = {"color": INK, "symbol": "circle-open-dot", "size": 16, "line": {"width": 1.5}}
        figure.add_scatter(**_marks(outside, marker, say("self_outside")))
    own = [pair for pair in pairs if pair.grid_id == chosen]
    if own:
        marker = {"color": INK, "symbol": "square-open", "size": 24, "line": {"width": 2.5}}
        figure.add_scatter(**_marks(own, marker, say("self_chosen")))
    _axes(figure, found, pairs)
    return figure


def _level(figure: go.Figure, value: float, words: str, dash: str) -> None:
    figure.add_hline(
        y=value,
        line={"color": LINE, "width": 1.5, "dash": dash},
        annotation={"text": words, "font": {"size": 12, "color": INK}, "showarrow": False},
        annotation_position="top left",
    )


def _marks(group: Sequence[Pair], marker: dict[str, Any], name: str) -> dict[str, Any]:
    return {
        "x": [pair.mean for pair in group],
        "y": [pair.difference for pair in group],
        "mode": "markers",
        "marker": marker,
        "name": plain(name),
        "customdata": [[plain(f"{pair.county_name} {pair.name}".strip()), points(pair.difference)] for pair in group],
        "hovertemplate": "%{customdata[0]}　%{customdata[1]}<extra></extra>",
    }


def _axes(figure: go.Figure, found: Agreement, pairs: Sequence[Pair]) -> None:
    limits = [] if found.is_few else [end for end in (found.lower, found.upper) if end is not None]
    tallest = max([FEWEST_POINTS, *(abs(value) for value in [*limits, *(pair.difference for pair in pairs)])]) * 1.2
    least = min([80.0, *(pair.mean for pair in pairs)])
    figure.update_layout(
        **layout(400, l=56, r=12, t=8, b=8),
        showlegend=True,
        legend={"orientation": "h", "y": -0.2, "x": 0},
        xaxis={
            "title": {"text": say("self_x"), "standoff": 6},
            "fixedrange": True,
            "range": [max(0.0, least - 8), 103],
            "gridcolor": GRID_LINE,
            "zeroline": False,
        },
        yaxis={
            "title": {"text": say("self_y"), "standoff": 4},
            "fixedrange": True,
            "range": [-tallest, tallest],
            "gridcolor": GRID_LINE,
            "zeroline": False,
        },
    )
