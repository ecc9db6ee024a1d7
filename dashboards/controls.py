"""The filters. The address bar is the truth: a widget is set from it before it is drawn and writes back into it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboards import address, parts
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.words import named, say
from pipelines.snapshot import CITY
from pipelines.snapshot.spans import SPANS
from pipelines.snapshot.standing import Metric, headline_level

LEVEL_OPTIONS = ("", "3", "2", "1", "all")


def filters(door: Door, choice: Choice) -> Choice:
    """Month, county and level; returns the choice, a chosen township outside the county dropped."""
    with st.container(key="filters", horizontal=True, gap="small", vertical_alignment="bottom"):
        _select("month", [month.month for month in reversed(door.months)], choice.month, _month_words(door))
        counties = [place.grid_id for place in door.places.values() if place.level in (0, 2)]
        options = counties if choice.place in counties else [*counties, choice.place]
        _select("county", options, choice.place, lambda grid_id: parts.place_words(door, grid_id), clears="grid")
        st.session_state["w_level"] = choice.level
        st.segmented_control(
            say("pick_level"),
            LEVEL_OPTIONS,
            key="w_level",
            required=True,
            format_func=lambda level: say(f"level_{level or 'default'}"),
            help=say("level_note"),
            on_change=_write,
            args=("level",),
        )
    inside = not choice.grid or choice.place == CITY or door.places[choice.grid].county_id == choice.place
    return choice if inside else replace(choice, grid="")


def senders(door: Door, choice: Choice, more_places: tuple[str, ...]) -> None:
    """Month and sender, for a page that is about senders."""
    with st.container(key="filters", horizontal=True, gap="small", vertical_alignment="bottom"):
        _select("month", [month.month for month in reversed(door.months)], choice.month, _month_words(door))
        counties = [place.grid_id for place in door.places.values() if place.level in (0, 2)]
        options = [*counties, *more_places]
        options += [] if choice.place in options else [choice.place]
        _select("county", options, choice.place, lambda grid_id: parts.sender_words(door, grid_id))


def grids(door: Door, choice: Choice) -> Choice:
    """Month and grid, for a page about one grid; any visible grid can be chosen by typing its name."""
    with st.container(key="filters", horizontal=True, gap="small", vertical_alignment="bottom"):
        _select("month", [month.month for month in reversed(door.months)], choice.month, _month_words(door))
        here = choice.grid or choice.place
        _select("grid_any", list(door.places), here, lambda grid_id: parts.place_words(door, grid_id), into="grid")
    return choice


def years(door: Door, choice: Choice, known: list[int], year: int) -> None:
    """Year and grid, for a page about a year's evaluations."""
    with st.container(key="filters", horizontal=True, gap="small", vertical_alignment="bottom"):
        shown = [str(one) for one in known]
        _select("self_year", shown, str(year), lambda one: say("self_year", year=one), into="year")
        here = choice.grid or choice.place
        _select("grid_any", list(door.places), here, lambda grid_id: parts.place_words(door, grid_id), into="grid")


def timed(door: Door, choice: Choice) -> Choice:
    """Month, span, grid and metric, for a page about how long things take."""
    with st.container(key="filters", horizontal=True, gap="small", vertical_alignment="bottom"):
        _select("month", [month.month for month in reversed(door.months)], choice.month, _month_words(door))
        st.session_state["w_span"] = choice.span
        st.segmented_control(
            say("pick_span"),
            SPANS,
            key="w_span",
            required=True,
            format_func=lambda span: say(f"span_{span}"),
            on_change=_write,
            args=("span",),
        )
        here = choice.grid or choice.place
        _select("grid_any", list(door.places), here, lambda grid_id: parts.place_words(door, grid_id), into="grid")
        timed = sorted(door.metrics.values(), key=lambda metric: metric.place)
        _select(
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
        _select("catalogue", ["", *door.catalogue], choice.metric, words, into="metric", width=340)


def level_for(door: Door, choice: Choice, metric: Metric) -> str:
    """The owner level a card shows: the one chosen, else the page's convention."""
    return choice.level or headline_level(metric, door.places[choice.place].level)


def metric_switch(door: Door, choice: Choice) -> None:
    """Which metric the map, the names and the months below are about."""
    _select("metric", list(door.metrics), choice.metric, lambda metric_id: named(door.metrics[metric_id]))


def _select(
    name: str, options: list[str], value: str, words: object, clears: str = "", into: str = "", width: int = 200
) -> None:
    """into: the parameter of the address bar it writes, where that is not its own name."""
    st.session_state[f"w_{name}"] = value
    st.selectbox(
        say(f"pick_{name}"),
        options,
        key=f"w_{name}",
        format_func=words,  # type: ignore[arg-type]
        on_change=_write,
        args=(name, clears, into),
        width=width,
    )


def _month_words(door: Door) -> object:
    return lambda month: parts.month_label(door, month)


def _write(name: str, clears: str = "", into: str = "") -> None:
    value = str(st.session_state[f"w_{name}"] or "")
    address.put(**{into or name: "" if (name, value) in {("county", CITY), ("span", "month")} else value})
    if clears:
        address.put(**{clears: ""})
