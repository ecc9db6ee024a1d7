"""月度总览: what a director reads in a minute, then every metric and where it stands; all numbers open their duties."""

from __future__ import annotations

import streamlit as st

from dashboards import (
    apart,
    attention,
    board,
    cards,
    completeness,
    controls,
    deliveries,
    enforcement,
    frame,
    numbers,
    parts,
    taken,
    townships,
    unmet,
)
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.words import say
from pipelines.settings import beijing_now
from pipelines.snapshot.standing import HEADLINE


def show() -> None:
    """Draw the page from the address bar."""
    door, choice = frame.begin(say("overview"))
    frame.navigation(choice, parts.OVERVIEW)
    frame.age_notice(door, beijing_now())
    choice = controls.filters(door, choice)
    if choice.month in parts.months_open(door):
        frame.notices([say("month_is_open")])
    frame.fixed_notice(door, choice.month)
    _in_a_minute(door, choice)
    _all_metrics(door, choice)
    _one_metric(door, choice)
    deliveries.summary(door, choice)
    frame.footer(door)


def _in_a_minute(door: Door, choice: Choice) -> None:
    """How complete the data are, two figures, what needs attention, what was enforced."""
    completeness.line_of(door, choice)
    for column, metric_id in zip(st.columns(2, gap="medium"), HEADLINE, strict=True):
        metric = door.metrics[metric_id]
        with column:
            cards.card(door, choice, metric, choice.place, controls.level_for(door, choice, metric))
    attention.list_of(door, choice)
    enforcement.lines_of(door, choice)


def _all_metrics(door: Door, choice: Choice) -> None:
    """Every metric by group, then the numbers beside them."""
    title = f"{say('board')}　{parts.place_words(door, choice.place)}　{parts.month_label(door, choice.month)}"
    parts.section(title, f"{say('board_note')}{say('signal_note')}")
    taken.board(door, choice, choice.place, board.metrics_by_group(door, choice, choice.place))
    numbers.by_group(door, choice, choice.place)
    parts.page_link(
        parts.GRID,
        label=say("open_grid", grid=parts.place_words(door, choice.place)),
        icon=":material/folder_open:",
        query_params=choice.link(grid=choice.grid or choice.place, level="", metric="", state="", page=1),
    )


def _one_metric(door: Door, choice: Choice) -> None:
    """The chosen metric beside each other, on the map, by name and month by month."""
    controls.metric_switch(door, choice)
    metric = door.metrics[choice.metric]
    if metric.metric_id not in HEADLINE:
        cards.card(door, choice, metric, choice.place, controls.level_for(door, choice, metric))
    apart.beside_each_other(door, choice, metric)
    if {"2", "3"} & set(metric.levels):
        townships.map_and_detail(door, choice, metric)
    unmet.by_name(door, choice, metric)
    townships.trend(door, choice, metric)


show()
