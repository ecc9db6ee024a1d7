"""Self beside computed on the page 年度自评, grid by metric, however each grid words it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from html import escape
from typing import TypeAlias

from dashboards import downloads, parts
from dashboards.self_links import Page, computed, metric_names, plain, points, state, wording
from dashboards.words import say
from pipelines.snapshot.self_evaluation import Item
from pipelines.snapshot.self_year import Aligned, Evaluated, aligned
from pipelines.snapshot.standing import percent

Tell: TypeAlias = Callable[[str, str], str]
COLUMNS = 8  # side by side on the page; what is taken away has all


def show(page: Page, found: Sequence[Evaluated]) -> None:
    """A line a grid, a column a metric: how far self lies from computed, or in words why nobody can say."""
    columns = aligned(found)
    if columns:
        lines = [
            [page.here(one.grid_id, escape(one.name)), *map(_blocks, _line(page, one, columns, _in_sight))]
            for one in found
        ]
        taken = [[one.name, *map(_sentence, _line(page, one, columns, _in_words))] for one in found]
        heads = [say("self_grid"), *(metric_names(page, column) for column in columns)]
        parts.show(f'<p class="quiet">{escape(say("self_matrix_note"))}</p>')
        parts.table(heads[: COLUMNS + 1], [line[: COLUMNS + 1] for line in lines], "self-matrix", stacks=True)
        _left_out(page, columns[COLUMNS:])
    _apart(found)
    if columns:
        name = f"{say('self_matrix')}　{page.place}　{page.year}"
        about = [(say("self_gaps"), say("self_gaps_note")), (say("self_matrix"), say("self_matrix_note"))]
        downloads.offer(page.door, name, heads, taken, about)


def _left_out(page: Page, columns: Sequence[Aligned]) -> None:
    """Which metrics have no column for want of room, and how many grids evaluated them."""
    if columns:
        told = (say("self_left_out_one", metrics=metric_names(page, one), n=one.grids) for one in columns)
        text = say("self_left_out", metrics=say("self_stop").join(told))
        parts.show(f'<p class="quiet">{escape(text)}</p>')


def _apart(found: Sequence[Evaluated]) -> None:
    """Items that no metric answers to, as they are worded, and how many are worded so."""
    counts = Counter(item.item for one in found for item in one.items if item.item and not item.metrics)
    if counts:
        told = (say("self_apart_one", item=name, n=n) for name, n in counts.most_common())
        text = say("self_apart", n=counts.total(), items=say("self_join").join(told))
        parts.show(f'<p class="quiet">{escape(text)}</p>')


def _line(page: Page, one: Evaluated, columns: Sequence[Aligned], tell: Tell) -> list[list[str]]:
    """What stands in each column. A grid that sent nothing, or no items, says so in every one."""
    if not any(item.item for item in one.items):
        return [[_quiet(_nothing(one))]] * len(columns)
    return [_cells(page, one, column, tell) for column in columns]


def _nothing(one: Evaluated) -> str:
    if one.items:
        return say(f"self_item_{one.items[0].state}")
    return say(f"self_sent_{one.sent.state}" if one.sent else "self_not_owed")


def _cells(page: Page, one: Evaluated, column: Aligned, tell: Tell) -> list[str]:
    """All the grid's items for it; else within which items it is evaluated together with others, or in parts."""
    items = column.own(one)
    if items:
        return [_cell(page, one, item, tell) for item in items]
    names = say("self_join").join(say("self_quoted", item=item.item) for item in column.touching(one))
    return [_quiet(say("self_within", items=names) if names else say("self_not_listed"))]


def _cell(page: Page, one: Evaluated, item: Item, tell: Tell) -> str:
    named = wording(page, item)
    own = f" <div><small>{escape(say('self_quoted', item=named))}</small></div>" if named else ""
    if item.gap is None:
        return state(item) + (f" <small>{computed(page, item, one.level)}</small>" if item.whole else "") + own
    told = say("self_beside", share=percent(item.self_share or 0.0), xn=computed(page, item, one.level))
    return tell(points(item.gap), told) + own


def _in_sight(gap: str, told: str) -> str:
    return f"<b>{gap}</b> <small>{told}</small>"


def _in_words(gap: str, told: str) -> str:
    """For a spreadsheet, which would take a leading sign for a formula."""
    return say("self_gap_told", gap=gap, told=told)


def _blocks(told: Sequence[str]) -> str:
    return "".join(f"<div>{html}</div>" for html in told)


def _sentence(told: Sequence[str]) -> str:
    return say("self_stop").join(map(plain, told))


def _quiet(text: str) -> str:
    return f'<span class="quiet">{escape(text)}</span>'
