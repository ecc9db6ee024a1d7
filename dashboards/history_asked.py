"""What 履职追溯 is asked: site, day and span in the address bar beside the grid, and the widgets that write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from dashboards import address, controls
from dashboards.address import SHOWN_LENGTH
from dashboards.data import Door
from dashboards.history_lines import SHOWN
from dashboards.pickers import segmented, select
from dashboards.words import say
from pipelines.snapshot.history_of import sites_of

FIRST_DAY = date(2021, 1, 1)  # the calendar's first; no grid is older
BEFORE, AFTER, MOST = 90, 30, 366
SPANS = (0, 7, 30, 60, 90, 180, 366)


@dataclass(frozen=True)
class Asked:
    """A day at a grid or one of its sites ('' for the whole grid), with the days before and after it; show: one of
    SHOWN."""

    grid_id: str
    site_id: str
    day: date
    before: int
    after: int
    show: str

    @property
    def first(self) -> date:
        """The first day of the span."""
        return self.day - timedelta(days=self.before)

    @property
    def last(self) -> date:
        """Its last day, which may lie ahead."""
        return self.day + timedelta(days=self.after)


def read(door: Door, grid_id: str) -> tuple[Asked, list[str]]:
    """What the address bar says, and a notice for everything that had to be replaced."""
    notices: list[str] = []
    sites = door.ask(sites_of, grid_id)
    site = _given("site")
    if site and site not in sites:
        notices.append(say("history_bad_site", value=_short(site)))
        site = ""
    show = _given("show")
    if show not in SHOWN:
        notices.append(say("history_bad_show", value=_short(show)))
        show = ""
    day = _day(door, notices)
    return Asked(grid_id, site, day, _span("before", BEFORE, notices), _span("after", AFTER, notices), show), notices


def pick(door: Door, asked: Asked) -> None:
    """The filters; each writes the address bar."""
    sites = door.ask(sites_of, asked.grid_id)
    with st.container(key="filters", horizontal=True, gap="small", vertical_alignment="bottom"):
        controls.grid(door, asked.grid_id, clears=["site", "page"])
        select(
            "history_site",
            ["", *sites],
            asked.site_id,
            lambda one: sites.get(one, say("history_no_site")),
            into="site",
            clears=["page"],
        )
        st.session_state["w_history_day"] = asked.day
        st.date_input(
            say("pick_history_day"),
            key="w_history_day",
            min_value=FIRST_DAY,
            max_value=door.build.as_of.date(),
            format="YYYY-MM-DD",
            width=140,
            on_change=_write_day,
        )
        for name in ("before", "after"):
            value = getattr(asked, name)
            select(
                f"history_{name}",
                sorted({*SPANS, value}),
                value,
                lambda n: say("history_days", n=n),
                into=name,
                clears=["page"],
                width=120,
            )
        segmented(
            "history_show", SHOWN, asked.show, lambda one: say(f"history_show_{one}"), into="show", clears=["page"]
        )


def link(asked: Asked, **changes: str) -> dict[str, str]:
    """Query parameters of this question with changes, what is default left out."""
    given = {
        "grid": asked.grid_id,
        "site": asked.site_id,
        "day": f"{asked.day:%Y-%m-%d}",
        "before": "" if asked.before == BEFORE else str(asked.before),
        "after": "" if asked.after == AFTER else str(asked.after),
        "show": asked.show,
    }
    return {name: value for name, value in {**given, **changes}.items() if value}


def _write_day() -> None:
    day = st.session_state["w_history_day"]
    if isinstance(day, date):  # emptied, the day stays
        address.put(day=str(day), page="")


def _day(door: Door, notices: list[str]) -> date:
    latest = door.build.as_of.date()
    given = _given("day")
    if not given:
        return latest
    try:
        day = date.fromisoformat(given) if len(given) == len("2026-09-15") else None
    except ValueError:
        day = None
    if day is None:
        notices.append(say("history_bad_day", value=_short(given), used=latest))
        return latest
    if day > latest:
        notices.append(say("history_day_ahead", value=day, used=latest))
    if day < FIRST_DAY:
        notices.append(say("history_day_early", value=day, used=FIRST_DAY))
    return max(FIRST_DAY, min(day, latest))


def _span(name: str, usual: int, notices: list[str]) -> int:
    given = _given(name)
    if not given:
        return usual
    if given.isascii() and given.isdigit() and len(given) < 5 and int(given) <= MOST:
        return int(given)
    notices.append(say("history_bad_span", value=_short(given), used=usual))
    return usual


def _given(name: str) -> str:
    return str(st.query_params.get(name, "")).strip()


def _short(value: str) -> str:
    return value if len(value) <= SHOWN_LENGTH else f"{value[:SHOWN_LENGTH]}…"
