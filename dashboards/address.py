"""The address bar is the only state: what it says, what it may say, and links that say it.

Whatever a visitor types arrives here as text. Unknown values become the default and a notice, never an exception.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from dashboards.data import Door
from dashboards.words import LANGUAGES, month_words, named, say
from pipelines.snapshot import CITY
from pipelines.snapshot.spans import BEFORE, SPANS, duty_period, published_period
from pipelines.snapshot.walk import LEVELS, STATE_ZH

SHOWN_LENGTH = 24
DETACHMENT = "detachment"  # a place of pages about senders, where the whole city is another choice
BLIND = "not_measurable"  # a state of grids, not of duties: they owe, and nobody can say whether they met it


@dataclass(frozen=True)
class Choice:
    """What is shown. place: city, a county, or DETACHMENT where a page lets it in; grid: a chosen township or other
    grid, '' for none; level '' for the page's convention; state one of a duty's or BLIND, '' for all; page from 1;
    span: the month alone, its year up to it or all of it, for pages that show figures of more than a month."""

    month: str
    place: str
    level: str
    metric: str
    grid: str
    state: str
    page: int
    notices: tuple[str, ...] = ()
    span: str = "month"

    @property
    def period(self) -> str:
        """What the published value of month and span is filed under."""
        return published_period(self.month, self.span)

    @property
    def duty_period(self) -> str:
        """The months whose duties make it up."""
        return duty_period(self.month, self.span)

    def link(self, **changes: object) -> dict[str, str]:
        """Query parameters of this choice with changes, what is default left out."""
        changed = replace(self, **changes)  # type: ignore[arg-type]
        given = {
            "month": changed.month,
            "county": "" if changed.place == CITY else changed.place,
            "level": changed.level,
            "metric": changed.metric,
            "grid": changed.grid,
            "state": changed.state,
            "page": "" if changed.page == 1 else str(changed.page),
            "span": "" if changed.span == "month" else changed.span,
        }
        return {name: value for name, value in given.items() if value}


def read(
    door: Door,
    more_places: tuple[str, ...] = (),
    *,
    has_span: bool = False,
    has_before: bool = False,
    first_metric: str = "",
    whole_catalogue: bool = False,
) -> Choice:
    """The choice in the address bar, with a notice for everything that had to be replaced.

    has_span: the page shows figures of more than a month; else the month stands whatever the address says. has_before:
    it also lists what fell due before the month.
    first_metric: the page's own, where the address names none. whole_catalogue: numbers can be named too, or nothing.
    """
    notices: list[str] = []
    lang = _given("lang")
    if lang and lang not in LANGUAGES:
        notices.append(say("unknown_lang", value=_shown(lang)))
    places = door.places
    above = [grid_id for grid_id, place in places.items() if place.level < 3]
    top = door.scope.grid_id
    top_words = say("city") if top == CITY else places[top].name
    usual = first_metric if first_metric in door.metrics else next(iter(door.metrics), "")
    usual_words = named(door.metrics[usual]) if usual else ""
    return Choice(
        month=_month(door, notices),
        place=_one_of("county", [*above, *more_places], top, notices, top_words),
        level=_one_of("level", [*LEVELS, ""], "", notices, ""),
        metric=_catalogued(door, notices)
        if whole_catalogue
        else _one_of("metric", list(door.metrics), usual, notices, usual_words),
        grid=_one_of("grid", [*places, ""], "", notices, ""),
        state=_one_of("state", [*STATE_ZH, BLIND, ""], "", notices, ""),
        page=_page(),
        span=_one_of("span", [*SPANS, *([BEFORE] if has_before else [])], "month", notices, "")
        if has_span
        else "month",
        notices=tuple(notices),
    )


def default_month(door: Door) -> str:
    """The last month that is over; the first known where none is; '' where there is none at all."""
    over = [month.month for month in door.months if month.is_over]
    return over[-1] if over else next((month.month for month in door.months), "")


def put(**values: str) -> None:
    """Write values into the address bar; empty ones are removed."""
    for name, value in values.items():
        if value:
            st.query_params[name] = value
        else:
            st.query_params.pop(name, None)


def _month(door: Door, notices: list[str]) -> str:
    default = default_month(door)
    known = [month.month for month in door.months]
    return _one_of("month", known, default, notices, month_words(default) if default else "")


def _catalogued(door: Door, notices: list[str]) -> str:
    given = _given("metric")
    if given and given not in door.catalogue:
        notices.append(say("unknown_catalogue", value=_shown(given), used=say("explain_all")))
    return given if given in door.catalogue else ""


def _one_of(name: str, known: list[str], default: str, notices: list[str], used: str) -> str:
    given = _given(name)
    if given in known:
        return given
    if given:
        notices.append(say(f"unknown_{name}", value=_shown(given), used=used))
    return default


def _page() -> int:
    given = _given("page")
    return max(1, int(given)) if given.isascii() and given.isdigit() and len(given) < 6 else 1


def _given(name: str) -> str:
    return str(st.query_params.get(name, "")).strip()


def _shown(value: str) -> str:
    return value if len(value) <= SHOWN_LENGTH else f"{value[:SHOWN_LENGTH]}…"
