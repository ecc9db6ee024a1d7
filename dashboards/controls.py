"""The filters of the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from dashboards import parts
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.pickers import segmented, select
from dashboards.words import named, say
from pipelines.snapshot import CITY
from pipelines.snapshot.spans import SPANS
from pipelines.snapshot.standing import Metric, headline_level

LEVEL_OPTIONS = ("", "3", "2", "1", "all")


def filters(door: Door, choice: Choice) -> Choice:
    """Month, county and level; returns the choice, a chosen township outside the county dropped."""
    with st.container(key="filters", horizontal=True, gap="small", vertical_alignment="bottom"):
        _month(door, choice)
        counties = [place.grid_id for place in door.places.values() if place.level in (0, 2)]
        options = counties if choice.place in counties else [*counties, choice.place]
        words = partial(parts.place_words, door)
        select("county", options, choice.place, words, usual=CITY, clears=["grid"])
        segmented(
            "level", LEVEL_OPTIONS, choice.level, lambda one: say(f"level_{one or 'default'}"), note=say("level_note")
        )
    inside = not choice.grid or choice.place == CITY or door.places[choice.grid].county_id == choice.place
    return choice if inside else replace(choice, grid="")


def senders(door: Door, choice: Choice, more_places: tuple[str, ...]) -> None:
    """Month and sender, for a page that is about senders."""
    with st.container(key="filters", horizontal=True, gap="small", vertical_alignment="bottom"):
        _month(door, choice)
        counties = [place.grid_id for place in door.places.values() if place.level in (0, 2)]
        options = [*counties, *more_places]
        options += [] if choice.place in options else [choice.place]
        select("county", options, choice.place, partial(parts.sender_words, door), usual=CITY)


def grids(door: Door, choice: Choice) -> Choice:
    """Month and grid, for a page about one grid; any visible grid can be chosen by typing its name."""
    with st.container(key="filters", horizontal=True, gap="small", vertical_alignment="bottom"):
        _month(door, choice)
        grid(door, choice.grid or choice.place)
    return choice


def years(door: Door, choice: Choice, known: list[int], year: int) -> None:
    """Year and grid, for a page about a year's evaluations."""
    with st.container(key="filters", horizontal=True, gap="small", vertical_alignment="bottom"):
        shown = [str(one) for one in known]
        select("self_year", shown, str(year), lambda one: say("self_year", year=one), into="year")
        grid(door, choice.grid or choice.place)


def timed(door: Door, choice: Choice) -> Choice:
    """Month, span, grid and metric, for a page about how long things take."""
    with st.container(key="filters", horizontal=True, gap="small", vertical_alignment="bottom"):
        _month(door, choice)
        segmented("span", SPANS, choice.span, lambda span: say(f"span_{span}"), usual=SPANS[0])
        grid(door, choice.grid or choice.place)
        timed = sorted(door.metrics.values(), key=lambda metric: metric.place)
        select(
            "timed_metric",
            [metric.metric_id for metric in timed],
            choice.metric,
            lambda metric_id: say(
                "timed_metric",
                group=say(f"concept_{door.metrics[metric_id].concept}"),
                metric=named(door.metrics[metric_id]),
            ),
            into="metric",
            width=300,
        )
    return choice


def catalogued(door: Door, choice: Choice) -> None:
    """Any metric of the catalogue by its name, or all of them."""

    def words(metric_id: str) -> str:
        if not metric_id:
            return say("explain_all")
        entry = door.catalogue[metric_id]
        return say("catalogue_option", group=say(f"concept_{entry.concept}"), metric=named(entry))

    with st.container(key="filters", horizontal=True, gap="small", vertical_alignment="bottom"):
        select("catalogue", ["", *door.catalogue], choice.metric, words, into="metric", width=340)


def level_for(door: Door, choice: Choice, metric: Metric) -> str:
    """The owner level a card shows: the one chosen, else the page's convention."""
    return choice.level or headline_level(metric, door.places[choice.place].level)


def metric_switch(door: Door, choice: Choice) -> None:
    """Which metric the map, the names and the months below are about."""
    select("metric", list(door.metrics), choice.metric, lambda metric_id: named(door.metrics[metric_id]))


def grid(door: Door, here: str, clears: Sequence[str] = ()) -> None:
    """Any visible grid; clears: as in `select`."""
    select("grid_any", list(door.places), here, partial(parts.place_words, door), into="grid", clears=clears)


def _month(door: Door, choice: Choice) -> None:
    select("month", [one.month for one in reversed(door.months)], choice.month, partial(parts.month_label, door))
