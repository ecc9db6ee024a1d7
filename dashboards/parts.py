"""Pieces every page shares: the frame around it, its states, and safe ways to show data as HTML or a link label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from html import escape
from pathlib import Path
from typing import Any, NoReturn, Protocol
from urllib.parse import urlencode

import streamlit as st

from dashboards import address, scopes
from dashboards.address import DETACHMENT, Choice
from dashboards.data import STALE_AFTER_DAYS, Door, days_old, open_door, whole_door
from dashboards.words import month_words, say
from pipelines.snapshot import CITY, NoSnapshotError, Scope, SnapshotError

STYLE = Path(__file__).with_name("page.css")
OVERVIEW, OBLIGATIONS, ROW = "pages/overview.py", "pages/obligations.py", "pages/row.py"
TIMELINESS = "pages/timeliness.py"
SUBMISSIONS, GRID, FACTS = "pages/submissions.py", "pages/grid.py", "pages/facts.py"
COVERAGE = "pages/coverage.py"
SELF = "pages/self_evaluation.py"
HISTORY = "pages/history.py"
EXPLAIN = "pages/explain.py"
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


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
        for page, key, link in (
            (OVERVIEW, "overview", one.link(place=place)),
            (GRID, "grid_file", one.link(grid=choice.grid or place, level="", metric="", state="", page=1)),
            (TIMELINESS, "timeliness", choice.link(grid=choice.grid or place, level="", metric="", state="", page=1)),
            (COVERAGE, "coverage_page", one.link(place=place, grid="", level="", metric="", state="", page=1)),
            (SELF, "self_page", one.link(grid=choice.grid or place, level="", metric="", state="", page=1)),
            (HISTORY, "history", one.link(grid=choice.grid or place, level="", metric="", state="", page=1)),
            (SUBMISSIONS, "submissions", one.link(level="", metric="", grid="", state="", page=1)),
            (EXPLAIN, "explain", one.link(place=place, level="", metric="", grid="", state="", page=1)),
        ):
            page_link(page, label=f"**{say(key)}**" if page == here else say(key), query_params=link)


def head(title: str, *, is_demo: bool) -> None:
    """System, page title and, where it applies, that nothing here is real; hidden, that the page is being computed.

    The style sheet shows the latter to whoever has waited for over a second while the run goes on, in a corner, so that
    nothing moves: no message has to be sent for it, and it holds for whatever takes long.
    """
    mark = f'<span class="pill">{escape(say("demo"))}</span>' if is_demo else ""
    unseen = "position:fixed;visibility:hidden"  # here too: the style sheet may come a moment later
    wait = f'<span class="working" role="status" style="{unseen}">{escape(say("working"))}</span>'
    show(f'<header class="head"><p>{escape(say("system"))}{mark}</p><h1>{escape(title)}</h1>{wait}</header>')


def notices(texts: Iterable[str], kind: str = "") -> None:
    """One line each above the page; data in them is shown as text."""
    lines = "".join(f'<p class="notice {kind}" role="status">{escape(text)}</p>' for text in texts)
    if lines:
        show(lines)


def age_notice(door: Door, now: datetime) -> None:
    """Says that nobody has computed for some days. Demo data is pinned and cannot grow old."""
    days = days_old(door.snapshot.pointer, now)
    if not door.build.is_demo and days >= STALE_AFTER_DAYS:
        notices([say("stale", built=moment(door.build.built_at), days=days)], "stale")


def fixed_notice(door: Door, month: str) -> None:
    """Says that the month is fixed, and that the page shows what is known now, which may be another figure."""
    found = door.fixed(month)
    if found is None:
        return
    if not found.is_intact or found.as_of is None:
        notices([found.reason_zh], "stale")
        return
    changed = say("fixed_changed", until=moment(found.restated_to)) if found.restated_to and found.figures else ""
    notices(
        [say("fixed", month=month_words(month), stage=say(f"stage_{found.stage}"), as_of=moment(found.as_of)) + changed]
    )


def footer(door: Door) -> None:
    """Build, as-of and catalogue; 演示数据 where it is."""
    build = door.build
    text = say(
        "footer",
        build_id=build.build_id,
        as_of=moment(build.as_of),
        built_at=moment(build.built_at),
        catalogue=build.catalogue_version,
    )
    mark = f"<strong>{escape(say('demo'))}</strong>　" if build.is_demo else ""
    if scopes.is_loopback():
        with drawer(say("scope_switch"), key="scope") as is_open:
            if is_open:
                scopes.switch(door.places, door.scope, partial(place_words, door))
    show(f'<footer class="foot">{mark}{escape(text)}</footer>')


def _scope_words(door: Door) -> list[str]:
    """Says that less than everything is shown, and where that is changed."""
    if door.scope == Scope():
        return []
    names = "" if door.scope.see_names else say("scope_no_names")
    return [say("scope_now", place=place_words(door, door.scope.grid_id), names=names)]


def show(html: str) -> None:
    """HTML made by us; every piece of data in it has passed `escape`. Cells are never shown as Markdown.

    Links in it keep the reader's scope, as those of `page_link` do: there are no others.
    """
    st.html(scopes.along(html))


def page_link(page: str, *, query_params: Mapping[str, str] | None = None, **given: Any) -> None:
    """Streamlit's link to another page, the reader's scope kept."""
    st.page_link(page, query_params={**(query_params or {}), **scopes.carried()}, **given)


def href(page: str, query: Mapping[str, str]) -> str:
    """Where a link in our HTML leads, escaped."""
    return escape(f"{page}?{urlencode(query)}")


def label(text: object) -> str:
    """Data inside a link's label, which is Markdown: all ASCII punctuation escaped."""
    return _PUNCTUATION.sub(r"\\\1", str(text))


@contextmanager
def drawer(title: str, key: str) -> Iterator[bool]:
    """A list behind a title, sent only once it is opened; yields whether it is."""
    with st.expander(title, key=key, on_change="rerun") as opened:
        yield bool(opened.open)


def section(title: str, note: str = "") -> None:
    """A heading with an optional line of explanation."""
    line = f"<p>{escape(note)}</p>" if note else ""
    show(f'<div class="section"><h2>{escape(title)}</h2>{line}</div>')


def table(
    headers: Iterable[str], rows: Iterable[Iterable[str]], name: str = "", *, caption: str = "", stacks: bool = False
) -> None:
    """A plain table that scrolls inside itself on a phone. Cells are HTML whose data has passed `escape`.

    stacks: on a phone each row is a block instead, every cell under its header.
    """
    texts = [escape(header) for header in headers]
    thead = "<thead><tr>" + "".join(f"<th scope='col'>{text}</th>" for text in texts) + "</tr></thead>"
    body = "".join(f"<tr>{_tds(texts if stacks else [], row)}</tr>" for row in rows)
    above = f"<caption>{escape(caption)}</caption>" if caption else ""
    kind = f"plain {name}{' stacks' if stacks else ''}"
    whole = f'<table class="{kind}">{above}{thead if texts else ""}<tbody>{body}</tbody></table>'
    show(f'<div class="wide" tabindex="0">{whole}</div>')


def _tds(labels: list[str], cells: Iterable[str]) -> str:
    if not labels:
        return "".join(f"<td>{cell}</td>" for cell in cells)
    return "".join(f'<td data-label="{label}">{cell}</td>' for label, cell in zip(labels, cells, strict=True))


class Located(Protocol):
    """Anything that stands in one row of a delivered file."""

    @property
    def row_id(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def sheet_name(self) -> str: ...
    @property
    def row_number(self) -> int: ...


def row_link(row: Located) -> str:
    """The row's number as a link to its page."""
    query = escape(urlencode({"id": row.row_id}))
    return f'<a href="row?{query}" target="_self">{row.row_number}</a>'


def row_links(rows: Iterable[Located]) -> str:
    """巡查记录.xlsx　巡查 第 12、15 行; each number opens its row. Rows of one sheet stand together."""
    sheets: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        sheets.setdefault((row.path, row.sheet_name), []).append(row_link(row))
    return say("semicolon").join(
        say("in_file", file=escape(file_words(path, sheet)), rows=say("comma").join(links))
        for (path, sheet), links in sheets.items()
    )


def file_words(path: str, sheet_name: str, *, is_whole: bool = False) -> str:
    """巡查记录.xlsx　巡查; a CSV has no sheet. With the path below data/raw where it should be whole."""
    file = path if is_whole else path.rpartition("/")[2]
    return file if sheet_name == "csv" else f"{file}　{sheet_name}"


def moment(value: datetime) -> str:
    """2026-11-06 09:00."""
    return f"{value:%Y-%m-%d %H:%M}"


def day(value: date | datetime) -> str:
    """2026-11-06."""
    return f"{value:%Y-%m-%d}"


def level_words(level: str) -> str:
    """三级网格; 各级合计."""
    return say("shown_all") if level == "all" else say("shown_level", level=say(f"level_{level}"))


def place_words(door: Door, grid_id: str) -> str:
    """安化县 东坪镇; 全市 for the city."""
    place = door.places[grid_id]
    if place.level == 0:
        return say("city")
    county = door.places.get(place.county_id)
    return f"{county.name} {place.name}" if place.level == 3 and county else place.name


def sender_words(door: Door, place: str) -> str:
    """The same for a choice among senders, where the detachment has a place of its own."""
    return say("detachment_own") if place == DETACHMENT else place_words(door, place)


def sender(county_id: str, name: str) -> str:
    """Who delivered: a county by name, the detachment for the city's own tables."""
    return say("detachment") if county_id == CITY else name


def months_open(door: Door) -> set[str]:
    """Months that are not over at the as-of moment."""
    return {month.month for month in door.months if not month.is_over}


def month_label(door: Door, month: str) -> str:
    """2026年10月, marked where it is not over."""
    return month_words(month, is_open=month in months_open(door))


def span_label(door: Door, choice: Choice) -> str:
    """2026年10月; 2026年1—10月累计; 2026年全年."""
    if choice.span == "month":
        return month_label(door, choice.month)
    return say(f"span_shown_{choice.span}", year=choice.month[:4], number=int(choice.month[5:]))


def _stop(title: str, text: str, command: str, detail: str = "") -> NoReturn:
    head(say("overview"), is_demo=False)
    small = f"<p class='detail'>{escape(detail)}</p>" if detail else ""
    show(
        f'<section class="blank" role="alert"><h2>{escape(title)}</h2><p>{escape(text)}</p>'
        f"<pre>{escape(command)}</pre>{small}</section>"
    )
    st.stop()
