"""The frame around every page: its head with where one can go, what must be said first, its foot; and where there is no
data, that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from html import escape
from pathlib import Path
from typing import NoReturn

import streamlit as st

from dashboards import address, parts, scopes
from dashboards.address import DETACHMENT, Choice
from dashboards.data import STALE_AFTER_DAYS, Door, days_old, open_door, whole_door
from dashboards.words import month_words, say
from pipelines.snapshot import CITY, NoSnapshotError, Scope, SnapshotError

STYLE = Path(__file__).with_name("page.css")


def begin(
    title: str,
    *,
    has_detachment: bool = False,
    has_span: bool = False,
    has_before: bool = False,
    first_metric: str = "",
    whole_catalogue: bool = False,
) -> tuple[Door, Choice]:
    """Open the door once for this run and draw the page's head; where there is no data, say so and stop.

    has_detachment: the page lets the detachment be chosen among the counties, by whoever sees the city.
    has_span: its figures may be of more than a month. has_before: it also lists what fell due before the month.
    first_metric: what the page is about where the address names no metric.
    whole_catalogue: any metric can be named, numbers included, or none.
    """
    st.html(STYLE)
    try:
        door = open_door()
        # Asked here so that a snapshot of another shape fails with words of ours.
        head(title, is_demo=door.build.is_demo)
    except NoSnapshotError:
        _stop(say("empty_title"), say("empty_text"), say("empty_command"))
    except SnapshotError as error:
        _stop(say("failed_title"), say("failed_text"), say("empty_command"), str(error))
    notices([*scopes.settle(whole_door().places), *_scope_words(door)])
    places = more_places(door) if has_detachment else ()
    choice = address.read(
        door,
        places,
        has_span=has_span,
        has_before=has_before,
        first_metric=first_metric,
        whole_catalogue=whole_catalogue,
    )
    notices(choice.notices)
    return door, choice


def more_places(door: Door) -> tuple[str, ...]:
    """The detachment beside the counties, for those who see the city."""
    return (DETACHMENT,) if CITY in door.places else ()


def navigation(choice: Choice, here: str) -> None:
    """The pages that can be opened from anywhere, for the same month and county."""
    with st.container(key="navigation", horizontal=True, gap="small"):
        place = CITY if choice.place == DETACHMENT else choice.place
        one = replace(choice, span="month")  # the other pages show a month
        bare = {"level": "", "metric": "", "state": "", "page": 1}
        grid = {**bare, "grid": choice.grid or place}
        for page, key, link in (
            (parts.OVERVIEW, "overview", one.link(place=place)),
            (parts.GRID, "grid_file", one.link(**grid)),
            (parts.TIMELINESS, "timeliness", choice.link(**grid)),
            (parts.COVERAGE, "coverage_page", one.link(**bare, place=place, grid="")),
            (parts.SELF, "self_page", one.link(**grid)),
            (parts.HISTORY, "history", one.link(**grid)),
            (parts.SUBMISSIONS, "submissions", one.link(**bare, grid="")),
            (parts.EXPLAIN, "explain", one.link(**bare, place=place, grid="")),
        ):
            parts.page_link(page, label=f"**{say(key)}**" if page == here else say(key), query_params=link)


def head(title: str, *, is_demo: bool) -> None:
    """System, page title and, where it applies, that nothing here is real; hidden, that the page is being computed.

    The style sheet shows the latter to whoever has waited for over a second while the run goes on, in a corner, so that
    nothing moves: no message has to be sent for it, and it holds for whatever takes long.
    """
    mark = f'<span class="pill">{escape(say("demo"))}</span>' if is_demo else ""
    unseen = "position:fixed;visibility:hidden"  # here too: the style sheet may come a moment later
    wait = f'<span class="working" role="status" style="{unseen}">{escape(say("working"))}</span>'
    parts.show(f'<header class="head"><p>{escape(say("system"))}{mark}</p><h1>{escape(title)}</h1>{wait}</header>')


def notices(texts: Iterable[str], kind: str = "") -> None:
    """One line each above the page; data in them is shown as text."""
    lines = "".join(f'<p class="notice {kind}" role="status">{escape(text)}</p>' for text in texts)
    if lines:
        parts.show(lines)


def age_notice(door: Door, now: datetime) -> None:
    """Says that nobody has computed for some days. Demo data is pinned and cannot grow old."""
    days = days_old(door.snapshot.pointer, now)
    if not door.build.is_demo and days >= STALE_AFTER_DAYS:
        notices([say("stale", built=parts.moment(door.build.built_at), days=days)], "stale")


def fixed_notice(door: Door, month: str) -> None:
    """Says that the month is fixed, and that the page shows what is known now, which may be another figure."""
    found = door.fixed(month)
    if found is None:
        return
    if not found.is_intact or found.as_of is None:
        notices([found.reason_zh], "stale")
        return
    changed = say("fixed_changed", until=parts.moment(found.restated_to)) if found.restated_to and found.figures else ""
    notices(
        [
            say("fixed", month=month_words(month), stage=say(f"stage_{found.stage}"), as_of=parts.moment(found.as_of))
            + changed
        ]
    )


def footer(door: Door) -> None:
    """Build, as-of and catalogue; 演示数据 where it is."""
    mark = f"<strong>{escape(say('demo'))}</strong>　" if door.build.is_demo else ""
    if scopes.is_loopback():
        with parts.drawer(say("scope_switch"), key="scope") as is_open:
            if is_open:
                scopes.switch(door.places, door.scope, partial(parts.place_words, door))
    parts.show(f'<footer class="foot">{mark}{escape(parts.built_words(door))}</footer>')


def _scope_words(door: Door) -> list[str]:
    """Says that less than everything is shown, and where that is changed."""
    if door.scope == Scope():
        return []
    names = "" if door.scope.see_names else say("scope_no_names")
    return [say("scope_now", place=parts.place_words(door, door.scope.grid_id), names=names)]


def _stop(title: str, text: str, command: str, detail: str = "") -> NoReturn:
    head(say("overview"), is_demo=False)
    small = f"<p class='detail'>{escape(detail)}</p>" if detail else ""
    parts.show(
        f'<section class="blank" role="alert"><h2>{escape(title)}</h2><p>{escape(text)}</p>'
        f"<pre>{escape(command)}</pre>{small}</section>"
    )
    st.stop()
