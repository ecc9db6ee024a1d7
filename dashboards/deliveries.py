"""The overview's few lines on deliveries: what is missing and what went back, with the way to the page about them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from dashboards import parts
from dashboards.address import DETACHMENT, Choice
from dashboards.data import Door
from dashboards.words import say
from pipelines.snapshot import CITY
from pipelines.snapshot.delivered import totals
from pipelines.snapshot.submissions import Standing, lacking


def sender_of(door: Door, place: str) -> str:
    """Whose deliveries a place means: a county's or the detachment's, '' for all. A level-1 unit sends nothing."""
    if place == DETACHMENT:
        return CITY
    return place if door.places[place].level == 2 else ""


def summary(door: Door, choice: Choice) -> None:
    """One line on what is missing, one on rows, one link."""
    parts.section(f"{say('submissions')}　{parts.month_label(door, choice.month)}")
    sender = sender_of(door, choice.place)
    missing(door, door.ask(lacking, choice.month, sender))
    sums(door, choice.month, sender)
    link = choice.link(level="", metric="", grid="", state="", page=1)
    parts.page_link(parts.SUBMISSIONS, label=say("open_submissions"), query_params=link)


def missing(door: Door, lacks: Iterable[Standing]) -> None:
    """Who did not deliver what, by name."""
    tables: dict[str, list[str]] = {}
    for one in sorted(lacks, key=lambda one: one.county_id == CITY):
        words = say(f"table_{one.table_name}") + (say("all_went_back") if one.standing == "unusable" else "")
        tables.setdefault(parts.sender(one.county_id, door.places[one.county_id].name), []).append(words)
    text = say("semicolon").join(f"{county}（{'、'.join(names)}）" for county, names in tables.items())
    words = say("missing_line", text=text) if text else say("missing_none")
    parts.show(f'<p class="{"silent-line" if text else "quiet"}">{escape(words)}</p>')


def sums(door: Door, month: str, sender: str) -> None:
    """The rows of a month's files, and how many of those sent back still await correction."""
    found = door.ask(totals, month, sender)
    names = ["found", "accepted", "rejected", "identical", *(["mended"] if found["mended"] else [])]
    numbers = "　".join(f"{say(name)} <b>{found[name]}</b>" for name in names)
    parts.show(f'<p class="sums">{numbers}</p>')
