"""Pieces every page shares: safe ways to show data as HTML or a link label, and the words for places and times."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from html import escape
from typing import Any, Protocol
from urllib.parse import urlencode

import streamlit as st

from dashboards import scopes
from dashboards.address import DETACHMENT, Choice
from dashboards.data import Door
from dashboards.words import month_words, say
from pipelines.snapshot import CITY

OVERVIEW, OBLIGATIONS, ROW = "pages/overview.py", "pages/obligations.py", "pages/row.py"
TIMELINESS = "pages/timeliness.py"
SUBMISSIONS, GRID, FACTS = "pages/submissions.py", "pages/grid.py", "pages/facts.py"
COVERAGE = "pages/coverage.py"
SELF = "pages/self_evaluation.py"
HISTORY = "pages/history.py"
EXPLAIN = "pages/explain.py"
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


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


def link(page: str, query: Mapping[str, str], html: str) -> str:
    """HTML made by us as a link to a page; what of it is data has passed `escape`."""
    return f'<a href="{href(page, query)}" target="_self">{html}</a>'


def to_row(row_id: str, words: str) -> str:
    """Words as a link to a row's page; nothing where there is no row."""
    return link("row", {"id": row_id}, escape(words)) if row_id else ""


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


def wide(html: str, label: str, kind: str = "") -> None:
    """HTML made by us that scrolls sideways inside itself where it must: by keyboard too, and named for who listens.

    kind: newest, where its right end is to be in sight first.
    """
    show(f'<div class="{f"wide {kind}".strip()}" tabindex="0" role="region" aria-label="{escape(label)}">{html}</div>')


def scrolls(key: str, label: str) -> None:
    """The same of a container of Streamlit's, which takes no attributes from Python."""
    told = json.dumps(label).replace("<", "\\u003c")
    st.html(
        f"<script>{{ const box = document.querySelector('.st-key-{key}'); if (box) {{ box.tabIndex = 0; "
        f"box.setAttribute('role', 'region'); box.setAttribute('aria-label', {told}); }} }}</script>",
        unsafe_allow_javascript=True,
    )


def table(
    headers: Iterable[str],
    rows: Iterable[Iterable[str]],
    name: str = "",
    *,
    caption: str = "",
    label: str = "",
    stacks: bool = False,
) -> None:
    """A plain table that scrolls inside itself on a phone. Cells are HTML whose data has passed `escape`.

    label: what it is called where it scrolls; by itself its caption, or else its columns.
    stacks: on a phone each row is a block instead, every cell beside its header.
    """
    headers = list(headers)
    texts = [escape(header) for header in headers]
    thead = "<thead><tr>" + "".join(f"<th scope='col'>{text}</th>" for text in texts) + "</tr></thead>"
    body = "".join(f"<tr>{_tds(texts if stacks else [], row)}</tr>" for row in rows)
    above = f"<caption>{escape(caption)}</caption>" if caption else ""
    kind = f"plain {name}{' stacks' if stacks else ''}"
    whole = f'<table class="{kind}">{above}{thead if texts else ""}<tbody>{body}</tbody></table>'
    wide(whole, label or caption or say("comma").join(filter(None, headers)))


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
    return to_row(row.row_id, str(row.row_number))


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


def built_words(door: Door) -> str:
    """Which build this is, its as-of moment, when it was computed, and its catalogue."""
    build = door.build
    return say(
        "footer",
        build_id=build.build_id,
        as_of=moment(build.as_of),
        built_at=moment(build.built_at),
        catalogue=build.catalogue_version,
    )


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
