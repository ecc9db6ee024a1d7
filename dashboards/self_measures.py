"""What became of improvement measures on the page 年度自评: counts by place and year due, then what is open."""

from __future__ import annotations

from collections import defaultdict
from html import escape

from dashboards import downloads, parts
from dashboards.self_links import Page, row, table, where
from dashboards.words import say
from pipelines.reports.carried import Value
from pipelines.snapshot.self_measures import DEFINED, DONE, Counted, Open, counted, still_open

_DONE_STATES = ("late", "overdue", "pending", "no_deadline", "bad_dates")
_HEADS = ("self_place", "self_defined", "self_undefined", "self_done", *(f"self_done_{one}" for one in _DONE_STATES))
_OPEN = ("self_grid", "self_kind", "self_item", "self_shortfall", "self_improvement", "self_owner", "self_due")


def show(page: Page) -> None:
    """The year evaluated, in which last year's measures fell due; then the year after, in which its own do."""
    parts.section(f"{say('self_measures')}　{page.place}", say("self_measures_note"))
    for year in (page.year, page.year + 1):
        _year(page, year)


def _year(page: Page, year: int) -> None:
    found = page.door.ask(counted, page.grid_id, year)
    if not found:
        parts.show(f'<p class="quiet">{escape(say("self_measures_none", year=year))}</p>')
        return
    parts.show(f'<h3 class="named">{escape(say("self_measures_due", year=year, before=year - 1))}</h3>')
    of_place: dict[str, dict[str, Counted]] = defaultdict(dict)
    for one in found:
        of_place[one.grid_id][one.metric_id] = one
    heads = [say(key) for key in _HEADS]
    lines = [_line(page, grid, counts, year) for grid, counts in of_place.items()]
    title = say("self_measures_below", year=year, place=page.place, n=len(lines) - 1)
    table(heads, lines[:1], lines[1:], "measures", title, f"self-measures-{year}")
    rows = [_taken(page, grid, lines) for grid, lines in of_place.items()]
    about = [(say("self_measures"), say("self_measures_note"))]
    downloads.offer(page.door, f"{say('self_measures')}{year}　{page.place}", heads, rows, about)
    _open(page, year)


def _line(page: Page, grid: str, lines: dict[str, Counted], year: int) -> list[str]:
    return [
        page.here(grid, escape(parts.place_words(page.door, grid))),
        _xn(page, lines.get(DEFINED), year),
        _count(page, lines.get(DEFINED), year, "overdue"),
        _xn(page, lines.get(DONE), year),
        *(_count(page, lines.get(DONE), year, state) for state in _DONE_STATES),
    ]


def _xn(page: Page, one: Counted | None, year: int) -> str:
    if one is None or not one.due:
        return say("none")
    return page.of_year(f"{one.on_time} / {one.due}", one.metric_id, one.grid_id, one.owner_level, year)


def _count(page: Page, one: Counted | None, year: int, state: str) -> str:
    n = getattr(one, state) if one else 0
    if one is None or not n:
        return f'<span class="nothing">{0 if one else say("none")}</span>'
    text = f'<b class="tag overdue">{n}</b>' if state == "overdue" else str(n)
    return page.of_year(text, one.metric_id, one.grid_id, one.owner_level, year, state)


def _taken(page: Page, grid: str, lines: dict[str, Counted]) -> list[Value]:
    defined, done = lines.get(DEFINED), lines.get(DONE)
    return [
        parts.place_words(page.door, grid),
        f"{defined.on_time} / {defined.due}" if defined else say("none"),
        defined.overdue if defined else say("none"),
        f"{done.on_time} / {done.due}" if done else say("none"),
        *(getattr(done, state) if done else say("none") for state in _DONE_STATES),
    ]


def _open(page: Page, year: int) -> None:
    """What is overdue, one by one, behind a title."""
    found = page.door.ask(still_open, page.grid_id, year)
    if not found:
        return
    heads = [say(key) for key in (*_OPEN, "self_over_days")]
    with parts.drawer(say("self_open", year=year, n=len(found)), f"self-open-{year}") as is_open:
        if is_open:
            parts.table(heads, [_open_line(page, one) for one in found], "open-measures", stacks=True)
            rows: list[list[Value]] = [[_name(one), *_words(one), one.days_over, one.row_id] for one in found]
            about = [(say("self_measures"), say("self_measures_note"))]
            name = f"{say('self_open_name')}{year}　{page.place}"
            downloads.offer(page.door, name, [*heads, say("row_id")], rows, about)


def _open_line(page: Page, one: Open) -> list[str]:
    name = f"{page.here(one.grid_id, escape(_name(one)))} <small>{row(one.row_id)}</small>"
    return [name, *(escape(text) or say("none") for text in _words(one)), str(one.days_over)]


def _words(one: Open) -> list[str]:
    due = parts.day(one.due_at) if one.due_at else ""
    kind = say(f"self_open_{one.metric_id}")
    return [kind, one.item, one.shortfall, one.improvement, one.owner, due]


def _name(one: Open) -> str:
    return where(one.county_name, one.name)
