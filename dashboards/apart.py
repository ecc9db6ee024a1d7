"""Counties, or level-1 units, beside each other as dots with intervals."""

from __future__ import annotations

from html import escape

import plotly.graph_objects as go
import streamlit as st

from dashboards import controls, parts
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.figures_apart import dots, line_words
from dashboards.townships import CHART
from dashboards.words import named, say
from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.apart import side_by_side
from pipelines.snapshot.standing import Metric


def beside_each_other(door: Door, choice: Choice, metric: Metric) -> None:
    """The metric of the chosen month for every county in view; for every unit where only units owe it."""
    level = 2 if {"2", "3"} & set(metric.levels) else 1
    if door.places[choice.place].level > level:
        return
    owner = controls.level_for(door, choice, metric)
    parts.section(
        f"{say('dots' if level == 2 else 'dots_units')}　{named(metric)}　{parts.level_words(owner)}",
        say("dots_note", min_n=metric.min_n),
    )
    asked = (metric.metric_id, choice.place, choice.month, level, owner)
    found = door.ask(side_by_side, *asked)
    if not any(one.due for one in found):
        parts.show(f'<p class="quiet">{escape(say("dots_none"))}</p>')
        return
    lines = say("semicolon").join(map(line_words, found))
    st.plotly_chart(
        door.ask(_dots, *asked),
        key="dots",
        theme=None,
        config=CHART,
        alt=say("dots_alt", metric=named(metric), lines=lines),
    )


def _dots(
    snapshot: Snapshot, scope: Scope, metric_id: str, grid_id: str, month: str, level: int, owner_level: str
) -> go.Figure:
    return dots(side_by_side(snapshot, scope, metric_id, grid_id, month, level, owner_level))
