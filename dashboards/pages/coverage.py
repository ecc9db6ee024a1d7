"""巡查覆盖: grid by week, key sites, special periods, what the grids above owe, the longest gaps."""

from __future__ import annotations

import streamlit as st

from dashboards import (
    address,
    controls,
    coverage_above,
    coverage_calendar,
    coverage_sites,
    coverage_spans,
    frame,
    numbers,
    parts,
)
from dashboards.address import Choice
from dashboards.coverage_calendar import WEEKS
from dashboards.data import Door
from dashboards.pickers import segmented
from dashboards.words import named, say
from pipelines.settings import beijing_now
from pipelines.snapshot.standing import figures

SHOWN = ("patrol_coverage", "patrol_frequency")


def show() -> None:
    """Draw the page from the address bar."""
    door, choice = frame.begin(say("coverage_page"))
    frame.navigation(choice, parts.COVERAGE)
    frame.age_notice(door, beijing_now())
    weeks = _weeks()
    controls.senders(door, choice, ())
    frame.fixed_notice(door, choice.month)
    _switch(weeks)
    if choice.month in parts.months_open(door):
        frame.notices([say("month_is_open")])
    _headline(door, choice)
    coverage_calendar.show(door, choice, weeks)
    coverage_calendar.one_grid(door, choice, weeks)
    coverage_sites.show(door, choice, weeks)
    coverage_spans.special_periods(door, choice)
    coverage_above.surprise_inspections(door, choice)
    coverage_above.guidance_by_quarter(door, choice)
    coverage_spans.gaps(door, choice, weeks)
    frame.footer(door)


def _weeks() -> int:
    """How many weeks the address bar asks for; a quarter of a year where it asks for none or something else."""
    given = str(st.query_params.get("weeks", "")).strip()
    known = {str(weeks): weeks for weeks in WEEKS}
    if given and given not in known:
        frame.notices([say("unknown_weeks", value=given[: address.SHOWN_LENGTH], used=WEEKS[0])])
    return known.get(given, WEEKS[0])


def _switch(weeks: int) -> None:
    segmented("weeks", WEEKS, weeks, lambda n: say("weeks", n=n), usual=WEEKS[0])


def _headline(door: Door, choice: Choice) -> None:
    """The published figures of the month; each opens its duties."""
    with st.container(key="entries-coverage", horizontal=True, gap="xsmall"):
        for metric_id in SHOWN:
            metric = door.metrics.get(metric_id)
            if metric is None:
                continue
            level = controls.level_for(door, choice, metric)
            figure = door.ask(figures, metric_id, choice.place, choice.month).get(level)
            xn = f"**{figure.on_time}** / {figure.due}" if figure and figure.due else numbers.nothing(figure)
            query = choice.link(metric=metric_id, grid=choice.place, level=level, state="", page=1)
            words = say("cover_xn", metric=named(metric) + say("in_brackets", text=parts.level_words(level)), xn=xn)
            parts.page_link(parts.OBLIGATIONS, label=words, query_params=query)
            if figure and figure.blind:
                blind = say("cover_blind", metric=named(metric), n=figure.blind)
                parts.page_link(parts.OBLIGATIONS, label=blind, query_params={**query, "state": address.BLIND})


show()
