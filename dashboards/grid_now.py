"""What stands open at a grid: its trend with limits, problems with their clocks, key sites with last visit and next."""

from __future__ import annotations

from datetime import datetime
from html import escape

import plotly.graph_objects as go
import streamlit as st

from dashboards import controls, coverage_sites, downloads, duties, parts
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.figures_chart import control_chart, point_words
from dashboards.townships import CHART
from dashboards.words import formula, named, say
from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.charts import chart
from pipelines.snapshot.coverage_sites import key_sites
from pipelines.snapshot.open_duties import open_rectifications
from pipelines.snapshot.standing import Place, headline_level
from pipelines.snapshot.walk import Obligation

SHOWN = 12
WEEKS = 13


def trend(door: Door, choice: Choice, place: Place) -> None:
    """The chosen metric month by month between its control limits, for the grid and what lies below it."""
    parts.section(f"{say('chart')}　{parts.place_words(door, place.grid_id)}", say("chart_note"))
    controls.metric_switch(door, choice)
    metric = door.metrics[choice.metric]
    level = choice.level or headline_level(metric, place.level)
    asked = (metric.metric_id, place.grid_id, level, choice.month)
    points = door.ask(chart, *asked)
    if not points:
        parts.show(f'<p class="quiet">{escape(say("chart_none"))}</p>')
        return
    told = say("semicolon").join(point_words(point) for point in points[-6:])
    alt = say("chart_alt", metric=named(metric), points=told)
    st.plotly_chart(door.ask(_chart, *asked, metric.target), key="chart", theme=None, config=CHART, alt=alt)
    headers = ["month_column", "take_numerator", "take_denominator", "take_rate", "chart_centre", "chart_low"]
    rows = [
        [one.period, one.numerator, one.denominator, one.value, one.centre, one.low, one.high,
         say(f"variation_{one.variation}") if one.variation else say("signal_none")]
        for one in points
    ]  # fmt: skip
    name = f"{say('chart')}　{named(metric)}　{parts.place_words(door, place.grid_id)}　{choice.month}"
    about = [(named(metric), say("formula", text=formula(metric))), (say("signal"), say("signal_note"))]
    downloads.offer(door, name, [say(key) for key in (*headers, "chart_high", "signal")], rows, about)


def _chart(
    snapshot: Snapshot, scope: Scope, metric_id: str, grid_id: str, level: str, month: str, target: float | None
) -> go.Figure:
    return control_chart(chart(snapshot, scope, metric_id, grid_id, level, month), target)


def problems(door: Door, place: Place) -> None:
    """What is found and not put right now, each with its clock; the rest of a long list goes along as a table."""
    found = door.ask(open_rectifications, place.grid_id)
    as_of = door.build.as_of
    parts.section(say("open_title", n=len(found)), say("open_note", as_of=parts.moment(as_of)))
    if not found:
        parts.show(f'<p class="quiet">{escape(say("open_none"))}</p>')
        return
    headers = [say(key) for key in ("facts_what", "grid_any", "open_clock", "take_due", "take_in_post", "facts_row")]
    parts.table(headers, [_cells(duty, as_of) for duty in found[:SHOWN]], "open-problems", stacks=True)
    rows = [
        [duties.subject(one), duties.where(one), clock(one, as_of), one.due_at, one.person_at_due, one.duty_row_id]
        for one in found
    ]
    name = f"{say('open_problems')}　{parts.place_words(door, place.grid_id)}　{parts.day(as_of)}"
    downloads.offer(door, name, headers, rows, [(say("open_problems"), say("open_note", as_of=parts.moment(as_of)))])


def sites(door: Door, choice: Choice, place: Place) -> None:
    """The key sites at or below the grid: last visit, next due."""
    found = door.ask(key_sites, place.grid_id, choice.month)
    with parts.drawer(say("all_sites", n=len(found.sites)), key="grid_sites") as is_open:
        if is_open:
            coverage_sites.site_list(choice, WEEKS, found.sites)


def clock(duty: Obligation, as_of: datetime) -> str:
    """How long past its day, how long until it, or that there is none."""
    if duty.due_at is None:
        return say(f"state_{duty.state}")
    if duty.state == "overdue":
        return say("over", n=duty.days_over)
    return say("open_left", n=max((duty.due_at.date() - as_of.date()).days, 0))


def _cells(duty: Obligation, as_of: datetime) -> list[str]:
    return [
        escape(duties.subject(duty)),
        escape(duties.where(duty)),
        f'<span class="tag {duty.state}">{escape(clock(duty, as_of))}</span>',
        escape(parts.day(duty.due_at) if duty.due_at else say("none")),
        escape(duty.person_at_due or say("none")),
        parts.to_row(duty.duty_row_id, say("duty_row")) or escape(say("none")),
    ]
