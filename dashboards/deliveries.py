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
from pipelines.snapshot.senders import senders_above
from pipelines.snapshot.submissions import Standing, lacking, lacking_above


def sender_of(door: Door, place: str) -> str:
    """Whose deliveries a place means: a county's or the detachment's, a unit's as readers of deliveries understand it
    (its counties' and the detachment's), '' for all."""
    if place == DETACHMENT:
        return CITY
    return place if door.places[place].level in (1, 2) else ""


def is_one_sender(door: Door, place: str) -> bool:
    """Whether a place sends itself: a unit does not, nor does a township or the whole city."""
    return place == DETACHMENT or door.places[place].level == 2


def bearing(door: Door, place: str, month: str) -> list[Standing]:
    """What did not come and bears on a place's figures, of the detachment too and of senders the reader cannot see."""
    found = door.ask(lacking, month, sender_of(door, place))
    if door.places[place].level == 2:
        found = [*found, *door.ask(lacking, month, CITY)]
    return [*found, *door.ask(lacking_above, month)]


def summary(door: Door, choice: Choice) -> None:
    """One line on what is missing, one on rows, one link."""
    parts.section(f"{say('submissions')}　{parts.month_label(door, choice.month)}")
    missing(door, bearing(door, choice.place, choice.month))
    sums(door, choice.month, choice.place)
    link = choice.link(level="", metric="", grid="", state="", page=1)
    parts.page_link(parts.SUBMISSIONS, label=say("open_submissions"), query_params=link)


def missing(door: Door, lacks: Iterable[Standing]) -> None:
    """Who did not deliver what, by name."""
    tables: dict[str, list[str]] = {}
    for one in sorted(lacks, key=lambda one: one.county_id == CITY):
        words = say(f"table_{one.table_name}") + (say("all_went_back") if one.standing == "unusable" else "")
        tables.setdefault(sender_name(door, one.county_id), []).append(words)
    text = say("semicolon").join(f"{county}（{'、'.join(names)}）" for county, names in tables.items())
    words = say("missing_line", text=text) if text else say("missing_none")
    parts.show(f'<p class="{"silent-line" if text else "quiet"}">{escape(words)}</p>')


def sums(door: Door, month: str, place: str) -> None:
    """The rows of a month's files, and how many of those sent back still await correction."""
    if is_out_of_sight(door, place):
        parts.show(f'<p class="quiet">{escape(say("rows_unseen"))}</p>')
        return
    found = door.ask(totals, month, sender_of(door, place))
    names = ["found", "accepted", "rejected", "identical", *(["mended"] if found["mended"] else [])]
    numbers = "　".join(f"{say(name)} <b>{found[name]}</b>" for name in names)
    parts.show(f'<p class="sums">{numbers}</p>')


def is_out_of_sight(door: Door, place: str) -> bool:
    """Whether whoever sends a place's ledgers lies above the reader, who then sees no row that went back."""
    return place != DETACHMENT and door.places[place].level == 3


def sender_name(door: Door, county_id: str) -> str:
    """A sender by name, one above the reader too."""
    place = door.places.get(county_id)
    return parts.sender(county_id, place.name if place else door.ask(senders_above).get(county_id, county_id))
