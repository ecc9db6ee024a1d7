"""Grids as dots with their intervals: pure function rows → Figure."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboards.figures import layout, plain
from dashboards.words import say
from pipelines.snapshot.apart import Dot
from pipelines.snapshot.standing import percent

_LINE_PIXELS = 34
_DOT, _BAR, _TARGET = "#0f5e63", "#7fa9a6", "#a8320f"


def dots(found: Sequence[Dot]) -> go.Figure:
    """One line a grid in the order given, from the top: rate as a dot, 95 % interval as a bar, the target as a line.

    Grids with too few due duties have on_time/due as text and no dot; grids that owed nothing say so.
    """
    names = [plain(one.name) for one in found]
    shown = [one for one in found if one.rate is not None and not one.is_few]
    figure = go.Figure(
        go.Scatter(
            x=[round(one.rate or 0.0, 4) for one in shown],
            y=[plain(one.name) for one in shown],
            mode="markers",
            cliponaxis=False,  # a dot at 100 % is drawn whole
            marker={"size": 11, "color": _DOT},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [round((one.high or one.rate or 0.0) - (one.rate or 0.0), 4) for one in shown],
                "arrayminus": [round((one.rate or 0.0) - (one.low or 0.0), 4) for one in shown],
                "color": _BAR,
                "thickness": 3,
                "width": 0,
            },
            hovertext=[line_words(one) for one in shown],
            hoverinfo="text",
        )
    )
    figure.update_layout(
        **layout(_LINE_PIXELS * max(len(names), 2) + 44, l=8, r=150, t=22, b=26),
        showlegend=False,
        xaxis={"range": [0, 1], "tickformat": ".0%", "fixedrange": True, "gridcolor": "#e2dfd6", "dtick": 0.25},
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": names[::-1],
            "range": [-0.5, len(names) - 0.5],
            "fixedrange": True,
            "automargin": True,
            "gridcolor": "#efece4",
        },
        annotations=[_beside(one) for one in found] + _target_words(found),
        shapes=_target_line(found),
    )
    return figure


def line_words(one: Dot) -> str:
    """安化县　18/20 90.0%（69.9%—97.2%）, in the text alternative and on hovering."""
    if not one.due:
        return f"{plain(one.name)}　{_nothing(one)}"
    numbers = f"{plain(one.name)}　{one.on_time}/{one.due}"
    if one.is_few or one.rate is None:
        return f"{numbers}　{say('dots_few')}{_unseen(one)}"
    span = f"（{percent(one.low)}—{percent(one.high)}）" if one.low is not None and one.high is not None else ""
    return f"{numbers}　{percent(one.rate)}{span}{_unseen(one)}"


def _beside(one: Dot) -> dict[str, object]:
    """The numbers at the right end of a grid's line."""
    text = f"{one.on_time}/{one.due}" if one.due else _nothing(one)
    if one.due:
        text += f"　{say('dots_few')}" * one.is_few + _unseen(one)
    return {
        "x": 1, "xref": "paper", "xshift": 10, "y": plain(one.name), "text": text, "showarrow": False,
        "xanchor": "left", "font": {"size": 12},
    }  # fmt: skip


def _unseen(one: Dot) -> str:
    """What stands in no rate: duties of ledgers that did not come, grids that nobody can judge."""
    silent = f"　{say('count', state=say('state_unreported'), n=one.unreported)}" if one.unreported else ""
    return silent + (f"　{say('dots_partly')}" if one.is_blind else "")


def _nothing(one: Dot) -> str:
    """Why a grid has no figure: its ledger did not come, nobody can judge it, or it owed nothing."""
    if one.unreported:
        return say("state_unreported")
    return say("blind" if one.is_blind else "nothing_due")


def _targets(found: Sequence[Dot]) -> list[float]:
    """The target where it is one for all of them."""
    given = {one.target for one in found if one.target is not None}
    return [next(iter(given))] if len(given) == 1 else []


def _target_line(found: Sequence[Dot]) -> list[dict[str, object]]:
    return [
        {
            "type": "line", "x0": target, "x1": target, "yref": "paper", "y0": 0, "y1": 1,
            "line": {"color": _TARGET, "width": 2, "dash": "dash"},
        }
        for target in _targets(found)
    ]  # fmt: skip


def _target_words(found: Sequence[Dot]) -> list[dict[str, object]]:
    return [
        {
            "x": target, "y": 1, "yref": "paper", "text": say("dots_target", target=percent(target)),
            "showarrow": False, "yanchor": "bottom", "xanchor": "right" if target > 0.5 else "left",
            "font": {"size": 12, "color": _TARGET},
        }
        for target in _targets(found)
    ]  # fmt: skip
