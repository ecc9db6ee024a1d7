"""Counties, or level-1 units, beside each other as dots with intervals."""

from __future__ import annotations

from html import escape

import plotly.graph_objects as go
import streamlit as st

from dashboards import controls, downloads, parts
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.figures_apart import dots, line_words
from dashboards.townships import CHART
from dashboards.words import formula, named, say
from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.apart import Dot, side_by_side
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
    _opened(choice, metric, owner, found)
    headers = [say(key) for key in ("grid_any", "state_on_time", "owed_due", "take_rate", "dots_low", "dots_high")]
    rows = [[one.name, one.on_time, one.due, *_rate(one), one.unreported, one.is_blind] for one in found]
    name = f"{say('dots' if level == 2 else 'dots_units')}　{named(metric)}　{parts.month_label(door, choice.month)}"
    about = [(named(metric), say("formula", text=formula(metric))), (say("dots"), say("dots_note", min_n=metric.min_n))]
    downloads.offer(door, name, [*headers, say("state_unreported"), say("blind")], rows, about)


def _opened(choice: Choice, metric: Metric, owner: str, found: list[Dot]) -> None:
    """Every grid's figure opens its duties."""
    links = []
    for one in found:
        link = choice.link(metric=metric.metric_id, grid=one.grid_id, level=owner, state="", page=1)
        xn = f"{one.on_time}/{one.due}" if one.due else say("none")
        links.append(f"{parts.link('obligations', link, escape(one.name))} {escape(xn)}")
    parts.show(f'<p class="grids">{"　".join(links)}</p>')


def _rate(one: Dot) -> tuple[float | None, float | None, float | None]:
    return (None, None, None) if one.is_few else (one.rate, one.low, one.high)


def _dots(
    snapshot: Snapshot, scope: Scope, metric_id: str, grid_id: str, month: str, level: int, owner_level: str
) -> go.Figure:
    return dots(side_by_side(snapshot, scope, metric_id, grid_id, month, level, owner_level))
