"""What needs attention, one sentence and a link each, gravest first, with the draft of the paper that answers it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby

import streamlit as st

from dashboards import downloads, parts
from dashboards.address import DETACHMENT, Choice
from dashboards.data import Door
from dashboards.pickers import select
from dashboards.words import month_words, named, say
from pipelines.reports.offered import DOCX
from pipelines.reports.supervision import file_name, kind_of, supervision, written
from pipelines.snapshot import CITY, Scope, Snapshot
from pipelines.snapshot.attention import Concern, concerns
from pipelines.snapshot.senders import senders_above
from pipelines.snapshot.spans import BEFORE
from pipelines.snapshot.urged import Standing, standings

# Of each kind of consequence so many are shown at once: a month of one kind alone must not hide the others.
SHOWN_OF_TIER = 2


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
    """The concern in words, the earlier months' part included."""
    return _said(door, one) + _earlier(one)


def _said(door: Door, one: Concern) -> str:
    if one.kind == "missing":
        grid = _sender(door, one.grid_id)
        tables = say("comma").join(say(f"table_{name}") for name in one.tables)
        n = say("attention_unjudged", n=one.n) if one.n else ""
        return say("attention_missing", grid=grid, tables=tables, n=n)
    grid = parts.place_words(door, one.grid_id)
    if one.kind == "blind":
        return say("attention_blind", grid=grid, n=one.n)
    metric = named(door.metrics[one.metric_id])
    if one.kind == "change":
        return say("attention_change", grid=grid, metric=metric, on_time=one.on_time, due=one.due)
    if not one.n:
        return say("attention_only_earlier", grid=grid, metric=metric)
    return say("attention_overdue", grid=grid, metric=metric, n=one.n, days=one.longest, listed=_listed(one.listed))


def _sender(door: Door, county_id: str) -> str:
    """Who should have sent; one whom the reader may not look into is named all the same."""
    if county_id == CITY:
        return parts.sender_words(door, DETACHMENT)
    above = {} if county_id in door.places else door.ask(senders_above)
    return above.get(county_id) or parts.place_words(door, county_id)


def _earlier(one: Concern) -> str:
    if not one.earlier:
        return ""
    return say("attention_earlier", n=one.earlier, days=one.earlier_longest, listed=_listed(one.earlier_listed))


def _listed(n: int) -> str:
    return say("attention_listed", n=n) if n else ""


def _sentences(door: Door, choice: Choice, found: Sequence[Concern]) -> None:
    """Each part of a sentence opens what it speaks of."""
    lines = []
    for one in found:
        tier = f'<span class="tier t{one.tier}">{escape(say(f"tier_{one.tier}"))}</span>'
        words = [(_said(door, one), _where(door, choice, one))] if one.n or one.kind != "overdue" else []
        if one.earlier:
            only = "" if words else _said(door, one)
            words.append((f"{only}{_earlier(one)}", _where(door, choice, one, is_before=True)))
        links = "".join(f'<a href="{href}" target="_self">{escape(text)}</a>' for text, href in words)
        lines.append(f"<li>{tier}<span>{links}</span></li>")
    parts.show(f'<ol class="concerns">{"".join(lines)}</ol>')


def _where(door: Door, choice: Choice, one: Concern, *, is_before: bool = False) -> str:
    """The page that shows it: its duties, of the month or of those before it, or the sender's deliveries."""
    if one.kind in ("missing", "blind"):
        place = DETACHMENT if one.grid_id == CITY else one.grid_id if one.grid_id in door.places else choice.place
        page, link = "submissions", choice.link(place=place, grid="", level="", metric="", state="", page=1)
    else:
        state = "overdue" if one.kind == "overdue" else ""
        whole = {"metric": one.metric_id, "grid": one.grid_id, "level": one.level, "state": state, "page": 1}
        page, link = "obligations", choice.link(**whole, span=BEFORE if is_before else "month")
    return parts.href(page, link)


def _papers(door: Door, choice: Choice, found: Sequence[Concern]) -> None:
    """One draft at a time: a concern is chosen, its paper made when it is asked for."""
    urged = [one for one in found if one.kind == "overdue"]
    if not urged:
        return
    with parts.drawer(say("draft_paper"), key="papers") as is_open:
        if not is_open:
            return
        parts.show(f'<p class="quiet">{escape(say("draft_note"))}</p>')
        keys = {f"{one.grid_id}.{one.metric_id}": one for one in urged}
        key = _chosen("concern", list(keys), lambda key: sentence(door, keys[key]))
        _draft(door, choice.month, keys[key])


def _draft(door: Door, month: str, one: Concern) -> None:
    """A paper goes to the grid that bears the duty: the county itself, or one of its townships."""
    asked = (one.grid_id, month, one.metric_id)
    bearers = {it.grid_id: it for it in door.ask(standings, *asked)}
    if door.places[one.grid_id].level == 2:
        bearers |= {it.grid_id: it for it in door.ask(_standings_below, *asked)}
    if not bearers:
        return

    def words(grid_id: str) -> str:
        it = bearers[grid_id]
        where = parts.place_words(door, grid_id)
        return say("bearer", grid=where, n=it.of_month, carried=it.carried, kind=kind_of(it))

    whole = (_chosen("bearer", list(bearers), words), month, one.metric_id)
    told = supervision(door.snapshot, door.scope, *whole)
    st.download_button(
        say("draft_paper"),
        lambda: written(told),
        file_name(told),
        DOCX,
        key="take-paper",
        icon=":material/description:",
        on_click="ignore",
    )


def _chosen(name: str, keys: list[str], words: Callable[[str], str]) -> str:
    """One of the keys, from the address bar and back into it; the first where it names none of them."""
    given = str(st.query_params.get(name, ""))
    key = given if given in keys else keys[0]
    select(name, keys, key, words, width="stretch")
    return key


def _standings_below(snapshot: Snapshot, scope: Scope, grid_id: str, month: str, metric_id: str) -> list[Standing]:
    return standings(snapshot, scope, grid_id, month, metric_id, is_below=True)


def _take_away(door: Door, choice: Choice, found: Sequence[Concern]) -> None:
    headers = ["concern_kind", "attention_what", "attention_n", "attention_days", "attention_before"]
    headers += ["attention_before_days"]
    rows = [
        (
            *(say(f"tier_{one.tier}"), sentence(door, one)),
            *(n or None for n in (one.n, one.longest, one.earlier, one.earlier_longest)),
        )
        for one in found
    ]
    name = f"{say('attention')}　{parts.place_words(door, choice.place)}　{month_words(choice.month)}"
    definitions = [(say("attention"), say("attention_note")), (say("attention_before"), say("attention_before_note"))]
    downloads.offer(door, name, [say(key) for key in headers], rows, definitions)
