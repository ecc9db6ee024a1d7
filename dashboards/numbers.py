"""Numbers beside the duties: a line each with the month and the year before; every number opens its facts."""

from __future__ import annotations

from html import escape
from itertools import groupby

from dashboards import parts, taken
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.words import named, say
from dashboards.words import unit as unit_words
from pipelines.snapshot.indicators import Value, values
from pipelines.snapshot.standing import Undecided, percent, undecided


def by_group(door: Door, choice: Choice, grid_id: str) -> None:
    """All indicators of a grid and month, behind a title."""
    with parts.drawer(say("numbers", grid=parts.place_words(door, grid_id)), key="numbers") as is_open:
        if is_open:
            _table(door, choice, grid_id)


def _table(door: Door, choice: Choice, grid_id: str) -> None:
    parts.show(f'<p class="quiet">{escape(say("numbers_note"))}</p>')
    found = door.ask(values, grid_id, choice.month, "month")
    headers = [say(key) for key in ("number", "board_month", "number_last_month", "board_year_ago", "number_facts")]
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in headers)
    body = []
    order = list(dict.fromkeys(value.indicator.concept for value in found.values()))
    by_concept = sorted(found.values(), key=lambda value: order.index(value.indicator.concept))
    for concept, group in groupby(by_concept, key=lambda value: value.indicator.concept):
        title = escape(say(f"concept_{concept}"))
        body.append(f'<tr class="group"><th colspan="{len(headers)}" scope="rowgroup">{title}</th></tr>')
        body += [_row(value, choice, grid_id, headers) for value in group]
    whole = f'<table class="plain board stacks"><thead><tr>{head}</tr></thead><tbody>{"".join(body)}</tbody></table>'
    parts.wide(whole, say("numbers", grid=parts.place_words(door, grid_id)))
    taken.beside(door, choice, grid_id, found.values())


def _row(value: Value, choice: Choice, grid_id: str, headers: list[str]) -> str:
    entry = value.indicator
    query = {"indicator": entry.metric_id, "grid": grid_id, "month": choice.month}
    facts = parts.link("facts", query, str(value.n)) if value.n else say("none")
    cells = [
        f"{escape(named(entry))}<small>{escape(unit(value))}</small>",
        f"<b>{amount(value, value.value)}</b>{beside(value)}{lacking(value)}",
        amount(value, value.previous_month_value),
        amount(value, value.previous_year_value),
        facts,
    ]
    pairs = zip(headers, cells, strict=True)
    return "<tr>" + "".join(f'<td data-label="{escape(label)}">{html}</td>' for label, html in pairs) + "</tr>"


def amount(value: Value, number: float | None) -> str:
    """As printed: shares of enough as a percentage, everything else as a plain number; — where there is none."""
    if number is None or (value.indicator.combine == "share" and value.is_few):
        return say("none")
    if value.indicator.is_part:
        return percent(number)
    return plain(number)


def nothing(counts: Undecided | None) -> str:
    """What stands where nothing is due: 未报送 and the like before 无应办."""
    state = undecided(counts) if counts else ""
    return say(f"state_{state}" if state else "nothing_due")


def plain(number: float) -> str:
    """158,000; 1.5."""
    return f"{number:,.2f}".rstrip("0").rstrip(".")


def unit(value: Value) -> str:
    """What a printed number is in; a share bears its own percent sign, and x/n is counted in the catalogue's unit."""
    return "" if value.indicator.is_part else unit_words(value.indicator.unit)


def lacking(value: Value) -> str:
    """Of how many senders the number cannot speak: it is the least there can be."""
    return f"<small>{escape(say('number_unmeasured', n=len(value.unmeasured)))}</small>" if value.unmeasured else ""


def beside(value: Value) -> str:
    """x/n beside a share, always."""
    if value.indicator.combine != "share" or value.denominator is None:
        return ""
    return f" <small>{value.numerator}/{value.denominator}</small>"
