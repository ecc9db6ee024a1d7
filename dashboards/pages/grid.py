"""网格档案: one grid's own duties by metric and state, who was in charge, what lies above and below it."""

from __future__ import annotations

from datetime import date
from html import escape
from itertools import groupby

from dashboards import controls, frame, grid_now, numbers, parts, scores, taken
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.words import month_words, named, say
from pipelines.snapshot import CITY
from pipelines.snapshot.grid_file import GridPeriod, Owed, holder, owed, periods
from pipelines.snapshot.standing import Place
from pipelines.snapshot.walk import STATE_ZH


def show() -> None:
    """Draw the page from the address bar."""
    door, choice = frame.begin(say("grid_file"))
    frame.navigation(choice, parts.GRID)
    choice = controls.grids(door, choice)
    frame.fixed_notice(door, choice.month)
    place = door.places[choice.grid or choice.place]
    parts.section(f"{parts.place_words(door, place.grid_id)}　{parts.month_label(door, choice.month)}")
    if place.grid_id == CITY:
        parts.show(f'<p class="quiet">{escape(say("grid_city"))}</p>')
    else:
        _about(door, choice, place)
        _duties(door, choice, place)
        scores.of_grid(door, choice, place)
    grid_now.trend(door, choice, place)
    grid_now.problems(door, place)
    grid_now.sites(door, choice, place)
    numbers.by_group(door, choice, place.grid_id)
    _below(door, choice, place)
    frame.footer(door)


def _about(door: Door, choice: Choice, place: Place) -> None:
    """Who was in charge at the month's end, the grids above, and for how long the grid has existed."""
    year, month = int(choice.month[:4]), int(choice.month[5:])
    last = date(year + month // 12, month % 12 + 1, 1).toordinal() - 1
    day = min(date.fromordinal(last), door.build.as_of.date())
    found = door.ask(holder, place.grid_id, place.level, day)
    words = {"month": month_words(choice.month), "post": say("post_head" if place.level == 3 else "post_chief")}
    lines = [
        say("grid_head", name=found.name, since=found.valid_from, **words) if found else say("grid_head_none", **words),
        say("grid_above", names=say("chain_arrow").join(_chain(door, choice, place))),
    ]
    spans = door.ask(periods, place.grid_id)
    lines += [_history(place.grid_id, day)]
    lines += [_period(span, is_named=len(spans) > 1) for span in spans]
    parts.show("".join(f'<p class="about">{line}</p>' for line in lines))


def _history(grid_id: str, day: date) -> str:
    return parts.link("history", {"grid": grid_id, "day": parts.day(day)}, escape(say("history_open")))


def _chain(door: Door, choice: Choice, place: Place) -> list[str]:
    names = []
    above = door.places.get(place.parent_id)
    while above is not None:
        names.append(_grid_link(choice, above))
        above = door.places.get(above.parent_id)
    return names or [say("none")]


def _period(span: GridPeriod, *, is_named: bool) -> str:
    until = span.valid_to or say("grid_until_now")
    name = f"{span.name}　" if is_named else ""
    text = escape(name + say("grid_period", since=span.valid_from, until=until))
    return f"{text}　{parts.to_row(span.row_id, say('both_row'))}" if span.row_id else text


def _duties(door: Door, choice: Choice, place: Place) -> None:
    """Metric × state; every count opens its duties."""
    parts.section(say("grid_duties"), say("grid_note"))
    found = door.ask(owed, place.grid_id, place.level, choice.month)
    if not found:
        parts.show(f'<p class="quiet">{escape(say("grid_nothing"))}</p>')
        return
    headers = [say("metric"), *(say(f"state_{state}") for state in STATE_ZH), say("board_to_date")]
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in headers)
    body = []
    for concept, group in groupby(found, key=lambda one: one.concept):
        title = escape(say(f"concept_{concept}"))
        body.append(f'<tr class="group"><th colspan="{len(headers)}" scope="rowgroup">{title}</th></tr>')
        body += [_line(door, one, choice, place, headers) for one in group]
    whole = f'<table class="plain board stacks"><thead><tr>{head}</tr></thead><tbody>{"".join(body)}</tbody></table>'
    parts.wide(whole, say("grid_duties"))
    taken.owed(door, choice, place.grid_id, found)


def _line(door: Door, one: Owed, choice: Choice, place: Place, headers: list[str]) -> str:
    whole = {"metric": one.metric_id, "grid": place.grid_id, "level": str(place.level), "page": 1}
    cells = [_opens(choice, {**whole, "state": ""}, escape(named(door.metrics[one.metric_id])))]
    for state, n in one.states.items():
        text = f'<b class="tag {state}">{n}</b>' if state == "overdue" else str(n)
        cells.append(_opens(choice, {**whole, "state": state}, text) if n else "")
    cells.append(f"{one.to_date_on_time}/{one.to_date_due}" if one.to_date_due else say("none"))
    tds = (
        f'<td data-label="{escape(label)}" class="{"" if html else "nothing"}">{html}</td>'
        for label, html in zip(headers, cells, strict=True)
    )
    return f"<tr>{''.join(tds)}</tr>"


def _opens(choice: Choice, changes: dict[str, object], html: str) -> str:
    return parts.link("obligations", choice.link(**changes), html)


def _below(door: Door, choice: Choice, place: Place) -> None:
    below = [one for one in door.places.values() if one.parent_id == place.grid_id]
    if below:
        parts.section(say("grid_below"))
        parts.show(f'<p class="grids">{"　".join(_grid_link(choice, one) for one in below)}</p>')


def _grid_link(choice: Choice, place: Place) -> str:
    query = choice.link(place=CITY, grid=place.grid_id, level="", metric="", state="", page=1)
    return parts.link("grid", query, escape(place.name))


show()
