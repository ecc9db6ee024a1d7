"""Cases filed, fines and measures: said, not judged, and never ranked."""

from __future__ import annotations

from html import escape

from dashboards import numbers, parts
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.words import named, say, unit
from pipelines.snapshot.indicators import Value, values

_SHOWN = ("enforcement_filed", "enforcement_fine", "enforcement_measures", "enforcement_transfers")


def lines_of(door: Door, choice: Choice) -> None:
    """The month, its year so far, a year ago. A township has no power to do any of it."""
    place = door.places[choice.place]
    if place.level == 3:
        return
    now = door.ask(values, choice.place, choice.month, "month")
    so_far = door.ask(values, choice.place, choice.month, "to_date")
    parts.section(say("enforcement"), say("enforcement_note"))
    headers = [say(key) for key in ("number", "board_month", "board_to_date", "board_year_ago")]
    rows = [_enforced(choice, now[name], so_far[name]) for name in _SHOWN if name in now and name in so_far]
    parts.table(headers, rows, "board", stacks=True)


def _enforced(choice: Choice, now: Value, so_far: Value) -> list[str]:
    query = {"indicator": now.indicator.metric_id, "grid": now.grid_id, "month": choice.month}
    shown = f"<b>{numbers.amount(now, now.value)}</b>"
    link = parts.link("facts", query, shown) if now.n else shown
    return [
        f"{escape(named(now.indicator))}<small>{escape(unit(now.indicator.unit))}</small>",
        link + numbers.lacking(now),
        numbers.amount(so_far, so_far.value) + numbers.lacking(so_far),
        numbers.amount(now, now.previous_year_value),
    ]
