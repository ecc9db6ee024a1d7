"""Charts of 办理时效: pure functions rows → Figure; the rules and colours of figures.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go

from dashboards.figures import FEWEST_MONTHS, STYLES, layout, pattern, plain
from dashboards.words import month_words, say
from pipelines.snapshot.timeliness import Duration, StateMonth
from pipelines.snapshot.walk import STATE_ZH

OWN, OTHER, BAND = "#0f5e63", "#6d6f72", "rgba(15,94,99,0.16)"
GRID_LINE = "#e2dfd6"
FEWEST_DUTIES = 4  # room for so many, so that one duty does not fill the height
ALL_NAMED = 14  # of more months only each quarter's first is named below
LAST_DAY = 180  # what goes on longer is in the table; the curve would be all tail


def states_by_month(months: Sequence[StateMonth]) -> go.Figure:
    """The eight states stacked, a column a month; the year stands under its first month only."""
    keys = [month.period for month in months]
    tallest = max([FEWEST_DUTIES, *(month.obligations for month in months)])
    figure = go.Figure()
    for state in STATE_ZH:
        counts = [getattr(month, state) for month in months]
        if any(counts):
            style = STYLES[state]
            figure.add_bar(
                x=keys,
                y=counts,
                name=say(f"state_{state}"),
                customdata=[month_words(key) for key in keys],
                marker={"color": style.fill, "line": {"width": 1, "color": "#8b8778"}, "pattern": pattern(style)},
                hovertemplate="%{customdata}<br>%{fullData.name} %{y}<extra></extra>",
            )
    figure.update_layout(
        **_layout(300),
        barmode="stack",
        xaxis={
            "type": "category",
            "fixedrange": True,
            "tickvals": keys,
            "ticktext": _month_ticks(keys),
            "tickangle": 0,
            "range": [-0.5, max(len(keys), FEWEST_MONTHS) - 0.5],
        },
        yaxis={"fixedrange": True, "gridcolor": GRID_LINE, "tickformat": "d", "range": [0, tallest * 1.05]},
    )
    return figure


def survival(own: Duration, own_name: str, other: Duration | None = None) -> go.Figure:
    """The share not yet done by day, open problems counted in and marked where they are left, its band; another's curve
    dashed and without one. Ends at LAST_DAY."""
    figure = go.Figure()
    days, shares = _stairs(own)
    band = [step for step in own.steps if step.low is not None and step.high is not None and step.day <= LAST_DAY]
    if band:
        if band[-1].day < days[-1] == LAST_DAY:  # as far as the line is drawn
            band.append(replace(band[-1], day=LAST_DAY))
        edges = {"x": [step.day for step in band], "mode": "lines", "line": {"width": 0, "shape": "hv"}}
        edges |= {"hoverinfo": "skip"}
        figure.add_scatter(**edges, y=[step.high for step in band], showlegend=False)
        figure.add_scatter(
            **edges, y=[step.low for step in band], fill="tonexty", fillcolor=BAND, name=say("survival_band")
        )
    if other is not None and other.steps:
        other_days, other_shares = _stairs(other)
        figure.add_scatter(**_line(other_days, other_shares, say("survival_city"), OTHER, "dash"))
    figure.add_scatter(**_line(days, shares, plain(own_name), OWN, "solid"))
    left = [step for step in own.steps if step.censored and step.day <= LAST_DAY]
    if left:
        figure.add_scatter(
            x=[step.day for step in left],
            y=[step.survival for step in left],
            mode="markers",
            name=say("survival_open"),
            marker={"symbol": "line-ns-open", "size": 9, "color": OWN, "line": {"width": 1.5}},
            hoverinfo="skip",
        )
    figure.update_layout(
        **_layout(340),
        xaxis={
            "title": {"text": say("survival_x"), "standoff": 6},
            "fixedrange": True,
            "range": [0, max(30, days[-1])],
            "gridcolor": GRID_LINE,
            "zeroline": False,
        },
        yaxis={
            "fixedrange": True,
            "range": [0, 1.03],
            "tickformat": ".0%",
            "gridcolor": GRID_LINE,
            "zeroline": False,
        },
    )
    return figure


def _stairs(duration: Duration) -> tuple[list[int], list[float]]:
    """The curve from day 0, where all are still to be done; level to LAST_DAY where it goes on beyond."""
    shown = [step for step in duration.steps if step.day <= LAST_DAY]
    days, shares = [0, *(step.day for step in shown)], [1.0, *(step.survival for step in shown)]
    return ([*days, LAST_DAY], [*shares, shares[-1]]) if len(shown) < len(duration.steps) else (days, shares)


def _line(days: list[int], shares: list[float], name: str, colour: str, dash: str) -> dict[str, Any]:
    return {
        "x": days,
        "y": shares,
        "mode": "lines",
        "name": name,
        "line": {"color": colour, "width": 2.5 if dash == "solid" else 1.6, "dash": dash, "shape": "hv"},
        "hovertemplate": "%{fullData.name}　%{x}　%{y:.1%}<extra></extra>",
    }


def _month_ticks(keys: Sequence[str]) -> list[str]:
    """11, 12, 1<br>2027, 2: the year below the first of its months, at the left edge only where there is room."""
    is_tight = len(keys) > FEWEST_MONTHS
    ticks = []
    for place, key in enumerate(keys):
        month, year = int(key[5:]), key[:4]
        before = keys[place - 1][:4] if place else year if is_tight and keys[3][:4] != year else ""
        is_named = len(keys) <= ALL_NAMED or month in (1, 4, 7, 10) or before != year
        ticks.append((f"{month}<br>{year}" if before != year else str(month)) if is_named else "")
    return ticks


def _layout(height: int) -> dict[str, Any]:
    return {
        **layout(height, l=44, r=6, t=8, b=8),
        "showlegend": True,
        "legend": {"orientation": "h", "y": -0.24, "x": 0},
    }
