"""With whom to speak on the page 年度自评: by what stands out, the gravest first; each with why, what to ask, where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from itertools import groupby

from dashboards import downloads, parts
from dashboards.self_links import Page, computed, plain, points, row, where
from dashboards.words import say
from pipelines.reports.carried import Value
from pipelines.snapshot.self_evaluation import Item
from pipelines.snapshot.self_measures import Open
from pipelines.snapshot.self_talks import POINTS, Talk, talks
from pipelines.snapshot.self_year import SENT, Evaluated
from pipelines.snapshot.standing import percent

IN_SIGHT = 6  # conversations of a kind; the rest behind a title


def show(page: Page) -> None:
    """Kind by kind: why, what to ask, then a line a conversation with the facts it rests on."""
    parts.section(f"{say('self_talks')}　{page.place}", say("self_talks_note", points=f"{POINTS:g}"))
    found = page.door.ask(talks, page.grid_id, page.year)
    if not found:
        parts.show(f'<p class="quiet">{escape(say("self_talks_none", points=f"{POINTS:g}"))}</p>')
        return
    for kind, group in groupby(found, key=lambda one: one.kind):
        _kind(page, kind, list(group))
    heads = [say(key) for key in ("self_talks", "self_kind_head", "self_facts_head", "self_ask_head")]
    rows: list[list[Value]] = [
        [plain(_who(page, one)), say(f"self_kind_{one.kind}"), plain(_facts(page, one)), say(f"self_ask_{one.kind}")]
        for one in found
    ]
    about = [(say("self_talks"), say("self_talks_note", points=f"{POINTS:g}")), (say("self_page"), say("self_about"))]
    downloads.offer(page.door, f"{say('self_talks')}　{page.place}　{page.year}", heads, rows, about)


def _kind(page: Page, kind: str, group: Sequence[Talk]) -> None:
    title = f"{say(f'self_kind_{kind}')}　{len(group)}"
    note = f"{say(f'self_why_{kind}')}{say(f'self_ask_{kind}')}"
    first = _list(page, group[:IN_SIGHT])
    parts.show(f'<h3 class="named">{escape(title)}</h3><p class="about">{escape(note)}</p>{first}')
    rest = group[IN_SIGHT:]
    if rest:
        words = f"{say(f'self_kind_{kind}')}　{say('self_talks_more', n=len(rest))}"
        with parts.drawer(words, f"self-talks-{kind}") as is_open:
            if is_open:
                parts.show(_list(page, rest))


def _list(page: Page, group: Sequence[Talk]) -> str:
    lines = (f"<li><b>{_who(page, one)}</b>　{_facts(page, one)}</li>" for one in group)
    return f'<ul class="talks">{"".join(lines)}</ul>'


def _who(page: Page, one: Talk) -> str:
    """安化县（网格长 王示例）; a county out of the reader's sight by its own grid's name."""
    place = page.door.places.get(one.head_id)
    if place is None:
        return escape(one.grids[0].name if one.grids else one.measures[0].name)
    post = "self_who_head" if place.level == 3 else "self_who_chief"
    told = [say(post, name=one.person.name)] if one.person.name else []
    told += [say("self_who_deputy", name=one.person.deputy)] if one.person.deputy else []
    told = told or [say("self_who_nobody")]
    now = one.person.successor
    told += [say("self_who_now", name=now, since=parts.day(one.person.since))] if now and one.person.since else []
    person = say("self_join").join(told)
    name = page.here(one.head_id, escape(parts.place_words(page.door, one.head_id)))
    return say("self_who", place=name, person=escape(person))


def _facts(page: Page, one: Talk) -> str:
    if one.items:
        return say("self_stop").join(_item(page, one, item) for item in one.items)
    if one.measures:
        return _measures(page, one)
    names = say("self_join").join(_sent(page, grid) for grid in one.grids)
    if one.kind == "silent":
        return say("self_fact_grids_all", n=len(one.grids), names=names)
    return names


def _item(page: Page, one: Talk, item: Item) -> str:
    return say(
        f"self_fact_{one.kind}",
        item=escape(item.item),
        share=percent(item.self_share or 0.0),
        xn=computed(page, item, one.grids[0].level),
        computed=percent(item.computed_share or 0.0),
        gap=points(abs(item.gap or 0.0)).lstrip("+"),
        row=row(item.row_id),
    )


def _sent(page: Page, grid: Evaluated) -> str:
    """A grid's name, opening its duty to send, and the row where something came."""
    if grid.sent is None:
        return escape(grid.name)
    sent = grid.sent
    name = page.duties(escape(grid.name), SENT, sent.bearer_id, sent.bearer_level, sent.period)
    if sent.met_at is None or not sent.row_id:
        return name
    return f"{name} {say('self_day_row', day=parts.day(sent.met_at), row=row(sent.row_id))}"


def _measures(page: Page, one: Talk) -> str:
    place = page.door.places.get(page.grid_id if page.is_township else one.head_id)
    grid = place.grid_id if place else one.measures[0].grid_id
    level = "all" if place and place.level == 2 else str(one.measures[0].level)
    years = Counter(measure.period[:4] for measure in one.measures)
    counts = (
        page.of_year(
            escape(say("self_fact_year", year=year, n=n)), one.measures[0].metric_id, grid, level, int(year), "overdue"
        )
        for year, n in sorted(years.items())
    )
    oldest = max(one.measures, key=lambda measure: measure.days_over)
    return say(
        "self_fact_measures",
        counts=say("self_join").join(counts),
        place=escape(_name(oldest)),
        item=escape(oldest.item or oldest.shortfall),
        days=oldest.days_over,
        row=row(oldest.row_id),
    )


def _name(one: Open) -> str:
    return where(one.county_name, one.name)
