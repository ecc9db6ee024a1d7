"""Self beside computed on the page 年度自评: item by item, and what could not be compared and why."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from dashboards import downloads, parts, self_matrix
from dashboards.self_links import Page, computed, metric_names, points, row, state, where, wording
from dashboards.words import say
from pipelines.reports.carried import Value
from pipelines.snapshot.self_evaluation import Item
from pipelines.snapshot.self_year import Evaluated, Group, evaluated, groups, not_compared
from pipelines.snapshot.standing import percent

_HEADS = ("self_item", "self_self", "self_computed", "self_gap", "self_reason")
_TAKEN = (
    "self_grid",
    "self_item",
    "self_metrics",
    "self_self",
    "self_self_percent",
    "self_on_time",
    "self_whole",
    "self_computed_percent",
    "self_gap",
    "self_state",
    "self_reason",
    "row_id",
)


def show(page: Page) -> None:
    """Grid by item in sight, and item by item with its reasons behind a title by county; a township's own in sight."""
    parts.section(f"{say('self_gaps')}　{page.place}", say("self_gaps_note"))
    found = page.door.ask(evaluated, page.grid_id, page.year)
    if not any(one.items for one in found):
        parts.show(f'<p class="quiet">{escape(say("self_gaps_none"))}</p>')
        return
    _lacking(found)
    listed = groups(found)
    if page.is_township:
        _table(page, found)
    else:
        heads = [group.head for group in listed if group.head]
        self_matrix.show(page, list(found) if len(listed) == 1 else heads)
        _details(page, listed)
    rows = [_taken(page, one, item) for one in found for item in one.items]
    definitions = [(say("self_gaps"), say("self_gaps_note"))]
    definitions += [(say(f"self_item_{state}"), say(f"self_means_{state}")) for state in not_compared(found)]
    heads = [say(key) for key in _TAKEN]
    downloads.offer(page.door, f"{say('self_gaps')}　{page.place}　{page.year}", heads, rows, definitions)


def _lacking(found: Iterable[Evaluated]) -> None:
    """How many items stand beside nothing, by reason."""
    counts = not_compared(found)
    whole = sum(len(one.items) for one in found)
    title = say("self_lacking", n=sum(counts.values()), all=whole) if counts else say("self_lacking_none", all=whole)
    lines = "".join(
        f"<li>{escape(say(f'self_item_{state}'))} <b>{n}</b> <small>{escape(say(f'self_means_{state}'))}</small></li>"
        for state, n in counts.items()
    )
    parts.show(f'<h3 class="named">{escape(title)}</h3><ul class="counts self-lacking">{lines}</ul>')


def _details(page: Page, listed: Iterable[Group]) -> None:
    """Item by item behind titles: units together, then each county with its townships."""
    listed = list(listed)
    units = [group.head for group in listed if group.head and group.head.level == 1]
    named = [(say("self_units"), "units", units)] if units else []
    named += [
        (group.head.name, group.head.grid_id, [group.head, *group.below])
        for group in listed
        if group.head and group.head.level == 2
    ]
    for name, key, grids in named:
        with parts.drawer(say("self_details", place=name, n=len(grids)), f"self-{key}") as is_open:
            if is_open:
                _table(page, grids)


def _table(page: Page, found: Iterable[Evaluated]) -> None:
    headers = [say(key) for key in _HEADS]
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in headers)
    body = []
    for one in found:
        body.append(f'<tr class="group"><th colspan="{len(headers)}" scope="rowgroup">{_title(page, one)}</th></tr>')
        body += [_line(page, one, item, headers) for item in one.items]
    whole = f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody>"
    parts.wide(f'<table class="plain board stacks self-items">{whole}</table>', say("self_gaps"))


def _title(page: Page, one: Evaluated) -> str:
    name = page.here(one.grid_id, escape(where(one.county_name, one.name)))
    if not one.items:
        state = say(f"self_sent_{one.sent.state}") if one.sent else say("self_not_owed")
        return f"{name}　{escape(say('self_not_sent', state=state))}"
    if one.mean.gap is None:
        return f"{name}　{escape(say('self_mean_none'))}"
    return f"{name}　{escape(say('self_mean', gap=points(one.mean.gap), n=one.mean.compared))}"


def _line(page: Page, one: Evaluated, item: Item, headers: list[str]) -> str:
    cells = [
        _named(page, item),
        _self(item),
        _computed(page, one, item),
        f"<b>{points(item.gap)}</b>" if item.gap is not None else state(item),
        escape(item.reason_zh) or say("none"),
    ]
    pairs = zip(headers, cells, strict=True)
    return "<tr>" + "".join(f'<td data-label="{escape(label)}">{html}</td>' for label, html in pairs) + "</tr>"


def _named(page: Page, item: Item) -> str:
    """The item as the grid words it, and beside it the metric where that has another name."""
    metrics = metric_names(page, item) if wording(page, item) else ""
    other = f" <small>{escape(say('self_of_metrics', metrics=metrics))}</small>" if metrics else ""
    return f"{escape(item.item or say('self_text_only'))}{other} <small>{row(item.row_id)}</small>"


def _self(item: Item) -> str:
    if item.self_score is None or item.max_score is None:
        return escape(say("self_no_score"))
    share = f" <small>{percent(item.self_share)}</small>" if item.self_share is not None else ""
    return f"{item.self_score:g}/{item.max_score:g}{share}"


def _computed(page: Page, one: Evaluated, item: Item) -> str:
    """x/n with its duties; a percentage only where it is compared; the state in words where there is nothing."""
    if not item.whole:
        return state(item)
    share = f" <small>{percent(item.computed_share)}</small>" if item.computed_share is not None else ""
    return computed(page, item, one.level) + share


def _taken(page: Page, one: Evaluated, item: Item) -> list[Value]:
    return [
        where(one.county_name, one.name),
        item.item or say("self_text_only"),
        metric_names(page, item) or say("none"),
        f"{item.self_score:g}/{item.max_score:g}"
        if item.self_score is not None and item.max_score is not None
        else say("self_no_score"),
        _percent(item.self_share),
        item.on_time,
        item.whole if item.metrics else None,
        _percent(item.computed_share),
        round(item.gap, 1) if item.gap is not None else say(f"self_item_{item.state}"),
        say(f"self_item_{item.state}"),
        item.reason_zh,
        item.row_id,
    ]


def _percent(share: float | None) -> float | str:
    return round(share * 100, 1) if share is not None else say("none")
