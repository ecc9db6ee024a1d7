"""A control chart: pure function rows → Figure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import plotly.graph_objects as go

from dashboards.figures import FEWEST_MONTHS, layout
from dashboards.words import month_words, say
from pipelines.snapshot.charts import ChartPoint
from pipelines.snapshot.standing import percent

_LINE, _LIMIT, _CENTRE, _TARGET = "#0f5e63", "#9aa3a8", "#5c666c", "#a8320f"
_MARKED = {"concern": "#a8320f", "improvement": "#1f7468", "higher": "#8a6100", "lower": "#8a6100"}


def control_chart(points: Sequence[ChartPoint], target: float | None) -> go.Figure:
    """Rates by month with centre line and limits as of each month; months that are no chance are larger and named.

    Lines are broken where a limit of the metric changed: what came before is measured otherwise.
    """
    names = [month_words(point.period) for point in points]
    figure = go.Figure()
    for phase, within in groupby(range(len(points)), key=lambda n: points[n].phase):
        places = list(within)
        months = [names[n] for n in places]
        for key, dash, colour in (("low", "dot", _LIMIT), ("high", "dot", _LIMIT), ("centre", "solid", _CENTRE)):
            figure.add_scatter(
                x=months,
                y=[getattr(points[n], key) for n in places],
                mode="lines",
                line={"color": colour, "width": 1, "dash": dash, "shape": "hv"},
                name=say("chart_centre" if key == "centre" else "chart_limits"),
                legendgroup=key if key == "centre" else "limits",
                showlegend=phase == points[0].phase and key != "high",
                hoverinfo="skip",
            )
        figure.add_scatter(
            x=months,
            y=[round(points[n].value, 4) for n in places],
            mode="lines+markers",
            line={"color": _LINE, "width": 2},
            marker={
                "color": [_MARKED.get(points[n].variation, _LINE) for n in places],
                "size": [12 if points[n].variation in _MARKED else 6 for n in places],
                "symbol": ["diamond" if points[n].variation in _MARKED else "circle" for n in places],
            },
            hovertext=[point_words(points[n]) for n in places],
            hoverinfo="text",
            showlegend=False,
        )
    figure.update_layout(
        **layout(280, l=44, r=8, t=10, b=8),
        legend={"orientation": "h", "y": -0.25, "x": 0},
        xaxis={
            "type": "category",
            "fixedrange": True,
            "automargin": True,
            "nticks": 8,
            "range": [-0.5, max(len(points), FEWEST_MONTHS) - 0.5],
        },
        yaxis={"fixedrange": True, "tickformat": ".0%", "gridcolor": "#e2dfd6", "range": [0, 1.03]},
        shapes=[]
        if target is None
        else [
            {
                "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": target, "y1": target,
                "line": {"color": _TARGET, "width": 1.5, "dash": "dash"},
            }
        ],
    )  # fmt: skip
    return figure


def point_words(point: ChartPoint) -> str:
    """2026年9月　5/12 41.7%　不是偶然：变差, in the text alternative and on hovering."""
    told = f"{month_words(point.period)}　{point.numerator}/{point.denominator} {percent(point.value)}"
    return told + (f"　{say(f'variation_{point.variation}')}" if point.variation in _MARKED else "")
