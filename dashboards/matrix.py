"""Sender × table of a month at a glance, and the last twelve months of the tables that must come."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby
from urllib.parse import urlencode

from dashboards import parts
from dashboards.address import DETACHMENT
from dashboards.data import Door
from dashboards.words import say
from pipelines.reports.offered import Ledger, ledgers
from pipelines.settings import from_environment
from pipelines.snapshot import CITY
from pipelines.snapshot.submissions import Standing, standings

ORDER = (
    "patrol", "problem", "follow_up", "monthly_summary", "patrol_plan", "backcheck", "grid_record", "person", "grid",
    "site", "accountability", "self_evaluation",
)  # fmt: skip
STRIP_MONTHS = 12
_MARKS = {"received": "on_time", "late": "late", "unusable": "reject", "missing": "unreported", "pending": "pending"}


def tables(door: Door) -> list[tuple[str, Ledger]]:
    """(how often it comes, ledger), what must come every month first."""
    needed = door.needed_tables
    groups = ("needed", "monthly", "on_change", "yearly")
    found = [("needed" if one.name in needed else one.cadence, one) for one in ledgers(from_environment())]
    known = {name: place for place, name in enumerate(ORDER)}
    return sorted(found, key=lambda pair: (groups.index(pair[0]), known.get(pair[1].name, len(known))))


def matrix(door: Door, month: str, sent: Sequence[Standing], unit: str = "") -> None:
    """Everybody's month, or that of a unit's: a line a sender, a column a table."""
    shown = tables(door)
    has_strange = any(not one.table_name for one in sent)
    names = [ledger.name for _, ledger in shown] + ([""] if has_strange else [])
    groups = [(group, len(list(same))) for group, same in groupby(shown, key=lambda pair: pair[0])]
    top = "<th></th>" + "".join(f'<th colspan="{n}">{escape(say(f"cadence_{group}"))}</th>' for group, n in groups)
    labels = [escape(say(f"table_{name}")) for name in names]
    below = "".join(f'<th scope="col">{label}</th>' for label in ["", *labels])
    found = {(one.county_id, one.table_name): one for one in sent}
    lines = []
    for place in _senders(door, unit):
        link = _link(month, place)
        name = escape(parts.sender(place, door.places[place].name))
        first = f'<td><a href="{link}" target="_self"><b>{name}</b></a></td>'
        ones = (found.get((place, table)) for table in names)
        cells = [_cell(one, label, link) for one, label in zip(ones, labels, strict=True)]
        lines.append(f"<tr>{first}{''.join(cells)}</tr>")
    end = "<th></th>" if has_strange else ""
    head = f'<thead><tr class="groups">{top}{end}</tr><tr>{below}</tr></thead>'
    parts.wide(f'<table class="plain matrix stacks">{head}<tbody>{"".join(lines)}</tbody></table>', say("submissions"))


def state(one: Standing) -> str:
    """What became of the delivery, as HTML: files with the day of the first, or a tag."""
    words = []
    if one.files and one.first_received_at:
        words.append(f"{escape(say('files', n=one.files))} <small>{one.first_received_at:%m-%d}</small>")
    if one.standing in ("late", "unusable", "missing"):
        words.append(f'<span class="tag {_MARKS[one.standing]}">{escape(say(f"standing_{one.standing}"))}</span>')
    if one.standing == "pending":
        until = f" <small>{one.due_at:%m-%d}</small>" if one.due_at else ""
        words.append(f'<span class="quiet">{escape(say("standing_pending"))}{until}</span>')
    return " ".join(words)


def strip(door: Door, month: str, unit: str = "") -> None:
    """Twelve months up to the newest, or up to the chosen one where that is older, of each table that must come."""
    known = [one.month for one in door.months if one.month <= f"{door.build.as_of:%Y-%m}" or one.month <= month]
    newest = known[-STRIP_MONTHS:]
    months = newest if month in newest else known[: known.index(month) + 1][-STRIP_MONTHS:]
    parts.section(say("strip"), say("strip_note"))
    legend = "".join(
        f'<li><span class="mark {kind}">{escape(say(f"mark_{standing}"))}</span> {escape(say(f"standing_{standing}"))}'
        "</li>"
        for standing, kind in _MARKS.items()
    )
    found = {(o.county_id, o.table_name, o.month): o.standing for o in door.ask(standings, tuple(months), "")}
    needed = [ledger.name for group, ledger in tables(door) if group == "needed"]
    whole = "".join(_strip_of(door, table, months, found, unit) for table in needed)
    parts.show(f'<ul class="legend">{legend}</ul><div class="strips">{whole}</div>')


def _strip_of(door: Door, table: str, months: Sequence[str], found: dict[tuple[str, str, str], str], unit: str) -> str:
    span = f"{months[0]} — {months[-1]}"
    heads = "".join(f'<th scope="col">{int(month[5:])}</th>' for month in months)
    lines = []
    for place in _senders(door, unit):
        cells = "".join(_mark(month, place, found.get((place, table, month), "")) for month in months)
        lines.append(f"<tr><th>{escape(parts.sender(place, door.places[place].name))}</th>{cells}</tr>")
    caption = escape(f"{say(f'table_{table}')}　{span}")
    return (
        f'<table class="strip"><caption>{caption}</caption><thead><tr><th></th>{heads}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table>"
    )


def _mark(month: str, place: str, standing: str) -> str:
    if not standing:
        return "<td></td>"
    words = escape(say(f"mark_{standing}"))
    return f'<td><a class="mark {_MARKS[standing]}" href="{_link(month, place)}" target="_self">{words}</a></td>'


def _cell(one: Standing | None, label: str, link: str) -> str:
    if one is None or not one.standing:
        return f'<td class="nothing">{escape(say("none"))}</td>'
    back = f' <small class="back">{escape(say("went_back", n=one.rejected))}</small>' if one.rejected else ""
    whole = f'<a href="{link}" target="_self">{state(one)}</a>{back}' if one.files else state(one)
    return f'<td data-label="{label}">{whole}</td>'


def _senders(door: Door, unit: str) -> list[str]:
    """Those who send, the detachment last; of one unit where it is given."""
    found = [
        place.grid_id
        for place in door.places.values()
        if place.level == 0 or (place.level == 2 and unit in ("", place.parent_id))
    ]
    return sorted(found, key=lambda grid_id: grid_id == CITY)


def _link(month: str, place: str) -> str:
    """Relative to the page this stands on: two hundred of them are sent."""
    return escape(f"?{urlencode({'month': month, 'county': DETACHMENT if place == CITY else place})}")
