"""Unmet duties by name, and whose duties cannot be judged because a table was not delivered."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboards import controls, duties, parts
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.words import say
from pipelines.snapshot.delivered import unreported
from pipelines.snapshot.standing import Metric, figures
from pipelines.snapshot.walk import obligations

SHOWN = 12


def by_name(door: Door, choice: Choice, metric: Metric) -> None:
    """The first unmet duties of the metric below, the rest one click away; then the unreported ones by county."""
    level = controls.level_for(door, choice, metric)
    parts.section(f"{say('unmet')}　{metric.zh}　{parts.level_words(level)}", say("unmet_note"))
    whole = {"metric": metric.metric_id, "grid": choice.place, "level": level, "page": 1}
    figure = door.ask(figures, metric.metric_id, choice.place, choice.month).get(level)
    n = figure.overdue if figure else 0
    found = door.ask(obligations, metric.metric_id, choice.place, choice.month, level, "overdue", SHOWN)
    links = {
        duty.obligation_id: choice.link(**{**whole, "grid": duty.grid_id, "level": str(duty.owner_level), "state": ""})
        for duty in found
    }
    duties.duty_list(found, "unmet", links)
    if not found:
        parts.show(f'<p class="quiet">{escape(say("unmet_none"))}</p>')
    if n > len(found):
        st.page_link(
            parts.OBLIGATIONS,
            label=say("unmet_more", n=n - len(found)),
            icon=":material/list_alt:",
            query_params=choice.link(**{**whole, "state": "overdue"}),
        )
    _unreported(door, choice, metric, level)


def _unreported(door: Door, choice: Choice, metric: Metric, level: str) -> None:
    frame = door.ask(unreported, metric.metric_id, choice.place, choice.month, level)
    if frame.empty:
        return
    lines = "".join(
        f"<li>{escape(say('unreported_line', county=parts.sender(row.county_id, row.county_name), n=row.n))}</li>"
        for row in frame.itertuples()
    )
    parts.show(
        f'<section class="silent"><h3>{escape(say("unreported"))}</h3><p>{escape(say("unreported_note"))}</p>'
        f"<ul>{lines}</ul></section>"
    )
