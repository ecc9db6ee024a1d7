"""月度总览: two figures, all metrics by group, one of them on the tile map, by name and month by month."""

from __future__ import annotations

import streamlit as st

from dashboards import board, cards, controls, deliveries, numbers, parts, townships, unmet
from dashboards.words import say
from pipelines.settings import beijing_now


def show() -> None:
    """Draw the page from the address bar."""
    door, choice = parts.begin(say("overview"))
    parts.navigation(choice, parts.OVERVIEW)
    parts.age_notice(door, beijing_now())
    choice = controls.filters(door, choice)
    if choice.month in parts.months_open(door):
        parts.notices([say("month_is_open")])
    parts.fixed_notice(door, choice.month)
    headline = list(door.metrics.values())[:2]
    for column, metric in zip(st.columns(2, gap="medium"), headline, strict=True):
        with column:
            cards.card(door, choice, metric, choice.place, controls.level_for(door, choice, metric))
    parts.section(
        f"{say('board')}　{parts.place_words(door, choice.place)}　{parts.month_label(door, choice.month)}",
        say("board_note"),
    )
    board.metrics_by_group(door, choice, choice.place)
    numbers.by_group(door, choice, choice.place)
    parts.page_link(
        parts.GRID,
        label=say("open_grid", grid=parts.place_words(door, choice.place)),
        icon=":material/folder_open:",
        query_params=choice.link(grid=choice.grid or choice.place, level="", metric="", state="", page=1),
    )
    controls.metric_switch(door, choice)
    metric = door.metrics[choice.metric]
    if metric not in headline:
        cards.card(door, choice, metric, choice.place, controls.level_for(door, choice, metric))
    if "3" in metric.levels:
        townships.map_and_detail(door, choice, metric)
    unmet.by_name(door, choice, metric)
    deliveries.summary(door, choice)
    townships.trend(door, choice, metric)
    parts.footer(door)


show()
