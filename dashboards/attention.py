"""What needs attention, one sentence and a link each, gravest first, with the draft of the paper that answers it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby
from urllib.parse import urlencode

import streamlit as st

from dashboards import downloads, parts
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.words import month_words, named, say
from pipelines.reports.supervision import file_name, kind_of, paper, supervision
from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.attention import Concern, concerns
from pipelines.snapshot.urged import Standing, standings

# Of each kind of consequence so many are shown at once: a month of one kind alone must not hide the others.
SHOWN_OF_TIER = 3
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def list_of(door: Door, choice: Choice) -> None:
    """The gravest concerns; the others behind a title, all of them to take away."""
    found = door.ask(concerns, choice.place, choice.month)
    parts.section(say("attention"), say("attention_note"))
    if not found:
        parts.show(f'<p class="quiet">{escape(say("attention_none"))}</p>')
        return
    first = [one for _, tier in groupby(found, key=lambda one: one.tier) for one in list(tier)[:SHOWN_OF_TIER]]
    _sentences(door, choice, first)
    rest = [one for one in found if one not in first]
    if rest:
        with parts.drawer(say("attention_more", n=len(rest)), key="concerns") as is_open:
            if is_open:
                _sentences(door, choice, rest)
                _take_away(door, choice, found)
    _papers(door, choice, found)


def sentence(door: Door, one: Concern) -> str:
    """The concern in words."""
    grid = parts.place_words(door, one.grid_id)
    if one.kind == "missing":
        tables = say("comma").join(say(f"table_{name}") for name in one.tables)
        n = say("attention_unjudged", n=one.n) if one.n else ""
        return say("attention_missing", grid=grid, tables=tables, n=n)
    if one.kind == "blind":
        return say("attention_blind", grid=grid, n=one.n)
    metric = named(door.metrics[one.metric_id])
    if one.kind == "change":
        return say("attention_change", grid=grid, metric=metric, on_time=one.on_time, due=one.due)
    listed = say("attention_listed", n=one.listed) if one.listed else ""
    earlier = say("attention_earlier", n=one.earlier) if one.earlier else ""
    return say("attention_overdue", grid=grid, metric=metric, n=one.n, days=one.longest, listed=listed, earlier=earlier)


def _sentences(door: Door, choice: Choice, found: Sequence[Concern]) -> None:
    lines = "".join(
        f'<li><span class="tier t{one.tier}">{escape(say(f"tier_{one.tier}"))}</span>'
        f'<a href="{_where(choice, one)}" target="_self">{escape(sentence(door, one))}</a></li>'
        for one in found
    )
    parts.show(f'<ol class="concerns">{lines}</ol>')


def _where(choice: Choice, one: Concern) -> str:
    """The page that shows it: its duties, the sender's deliveries, or the grid's months."""
    if one.kind in ("missing", "blind"):
        page, link = "submissions", choice.link(place=one.grid_id, grid="", level="", metric="", state="", page=1)
    else:
        state = "overdue" if one.kind == "overdue" else ""
        whole = {"metric": one.metric_id, "grid": one.grid_id, "level": one.level, "state": state, "page": 1}
        page, link = "obligations", choice.link(**whole)
    return escape(f"{page}?{urlencode(link)}")


def _papers(door: Door, choice: Choice, found: Sequence[Concern]) -> None:
    """One draft at a time: a concern is chosen, its paper made when it is asked for."""
    urged = [one for one in found if one.kind == "overdue"]
    if not urged:
        return
    with parts.drawer(say("draft_paper"), key="papers") as is_open:
        if not is_open:
            return
        parts.show(f'<p class="quiet">{escape(say("draft_note"))}</p>')
        key = st.selectbox(
            say("pick_concern"), range(len(urged)), format_func=lambda n: sentence(door, urged[n]), key="w_concern"
        )
        _draft(door, choice.month, urged[key])


def _draft(door: Door, month: str, one: Concern) -> None:
    """A paper goes to the grid that bears the duty: the county itself, or one of its townships."""
    asked = (one.grid_id, month, one.metric_id)
    bearers = door.ask(standings, *asked)
    if door.places[one.grid_id].level == 2:
        bearers = [*bearers, *(found for found in door.ask(_standings_below, *asked) if found not in bearers)]
    if not bearers:
        return
    words = [
        say("bearer", grid=parts.place_words(door, it.grid_id), n=it.of_month, carried=it.carried, kind=kind_of(it))
        for it in bearers
    ]
    chosen = bearers[
        st.selectbox(say("pick_bearer"), range(len(words)), format_func=lambda n: words[n], key=f"w_bearer-{asked}")
    ]
    whole = (chosen.grid_id, month, one.metric_id)
    st.download_button(
        say("draft_paper"),
        lambda: paper(door.snapshot, door.scope, *whole)[1],
        file_name(supervision(door.snapshot, door.scope, *whole)),
        DOCX,
        key="take-paper",
        icon=":material/description:",
        on_click="ignore",
    )


def _standings_below(snapshot: Snapshot, scope: Scope, grid_id: str, month: str, metric_id: str) -> list[Standing]:
    return standings(snapshot, scope, grid_id, month, metric_id, is_below=True)


def _take_away(door: Door, choice: Choice, found: Sequence[Concern]) -> None:
    headers = ("concern_kind", "attention_what", "attention_n", "attention_days", "attention_before")
    rows = [
        (say(f"tier_{one.tier}"), sentence(door, one), one.n or None, one.longest or None, one.earlier or None)
        for one in found
    ]
    name = f"{say('attention')}　{parts.place_words(door, choice.place)}　{month_words(choice.month)}"
    definitions = [(say("attention"), say("attention_note")), (say("attention_before"), say("attention_before_note"))]
    downloads.offer(door, name, [say(key) for key in headers], rows, definitions)
