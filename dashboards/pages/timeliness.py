"""办理时效: one metric's rates side by side, its months by state; how old what is open is, how long things take."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import plotly.graph_objects as go
import streamlit as st

from dashboards import controls, downloads, frame, parts, timeliness_age, timeliness_rates
from dashboards import figures_timeliness as draw
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.townships import CHART
from dashboards.words import formula, month_words, named, say
from pipelines.settings import beijing_now
from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.spans import bounds
from pipelines.snapshot.standing import Metric
from pipelines.snapshot.timeliness import StateMonth, state_months
from pipelines.snapshot.walk import STATE_ZH


def show() -> None:
    """Draw the page from the address bar."""
    door, choice = frame.begin(say("timeliness"), has_span=True, first_metric="rectification")
    frame.navigation(choice, parts.TIMELINESS)
    frame.age_notice(door, beijing_now())
    choice = controls.timed(door, choice)
    frame.fixed_notice(door, choice.month)
    choice = replace(choice, grid=choice.grid or choice.place)
    metric = door.metrics[choice.metric]
    level = controls.level_for(door, replace(choice, place=choice.grid), metric)
    if choice.month in parts.months_open(door):
        frame.notices([say("month_is_open")])
    timeliness_rates.side_by_side(door, choice, metric, level)
    _months(door, choice, metric, level)
    timeliness_age.ageing(door, choice)
    timeliness_age.survival(door, choice)
    timeliness_rates.by_kind_of_limit(door, choice)
    frame.footer(door)


def _months(door: Door, choice: Choice, metric: Metric, level: str) -> None:
    """The eight states, a column a month; the numbers below in the same order, each opening its duties."""
    where = parts.place_words(door, choice.grid)
    parts.section(
        f"{say('states_by_month')}　{named(metric)}　{where}　{parts.level_words(level)}", say("states_by_month_note")
    )
    asked = (metric.metric_id, choice.grid, level, bounds(choice.duty_period)[1])
    months = door.ask(state_months, *asked)
    if not months:
        parts.show(f'<p class="quiet">{escape(say("states_by_month_none"))}</p>')
        return
    spell = {"first": month_words(months[0].period), "last": month_words(months[-1].period)}
    alt = say("states_by_month_alt", metric=named(metric), **spell)
    st.plotly_chart(door.ask(_chart, *asked), key="states_by_month", theme=None, config=CHART, alt=alt)
    _table(choice, months, level)
    states = list(STATE_ZH)
    rows = [
        [one.period, *(getattr(one, state) for state in states), one.obligations, one.due, one.blind] for one in months
    ]
    headers = [
        say("month_column"),
        *(say(f"state_{state}") for state in STATE_ZH),
        say("all_duties"),
        say("owed_due"),
        say("blind_column"),
    ]
    about = [
        (named(metric), say("formula", text=formula(metric))),
        (say("limit_word"), metric.limit_zh),
        (where, parts.level_words(level)),
        (say("owed_due"), say("counted_honest")),
        (say("blind_column"), say("blind_note")),
    ]
    downloads.offer(door, f"{say('states_by_month')}　{named(metric)}　{where}　{choice.month}", headers, rows, about)


def _chart(snapshot: Snapshot, scope: Scope, metric_id: str, grid_id: str, level: str, last: str) -> go.Figure:
    return draw.states_by_month(state_months(snapshot, scope, metric_id, grid_id, level, last))


def _table(choice: Choice, months: list[StateMonth], level: str) -> None:
    """A line a state, a column a month as in the chart; on a phone the newest end is in sight first."""
    head = "".join(f'<th scope="col">{escape(_short(one.period))}</th>' for one in months)
    lines = []
    for state in STATE_ZH:
        cells = "".join(f"<td>{_number(choice, one, state, level)}</td>" for one in months)
        mark = f'<i class="swatch {state}"></i>{escape(say(f"state_{state}"))}'
        lines.append(f'<tr><th scope="row">{mark}</th>{cells}</tr>')
    totals = "".join(f"<td>{one.due}</td>" for one in months)
    lines.append(f'<tr class="sum"><th scope="row">{escape(say("owed_due"))}</th>{totals}</tr>')
    if any(one.blind for one in months):
        cells = "".join(f"<td>{one.blind or _nothing()}</td>" for one in months)
        lines.append(f'<tr><th scope="row"><i class="swatch not_measurable"></i>{say("blind_column")}</th>{cells}</tr>')
    whole = f"<thead><tr><th></th>{head}</tr></thead><tbody>{''.join(lines)}</tbody>"
    parts.wide(f'<table class="plain by-month">{whole}</table>', say("states_by_month"), "newest")


def _number(choice: Choice, month: StateMonth, state: str, level: str) -> str:
    n = getattr(month, state)
    if not n:
        return _nothing()
    link = choice.link(month=month.period, span="month", level=level, state=state, page=1)
    return parts.link("obligations", link, n)


def _nothing() -> str:
    return '<span class="nothing">0</span>'


def _short(month: str) -> str:
    """26-10: two years of them fit side by side."""
    return month[2:]


show()
