"""What a month's files changed in records sent before, and the reported totals beside the ledgers."""

from __future__ import annotations

from html import escape

from dashboards import parts
from dashboards.data import Door
from dashboards.words import say
from pipelines.snapshot.changes import Change, changes, revised
from pipelines.snapshot.reconciled import MEASURES, Compared, Reconciled, reconciled

SHOWN = 30


def changed(door: Door, month: str, sender: str) -> None:
    """Corrections by table and field; words that were only replaced apart from them."""
    found = door.ask(changes, month, sender)
    parts.section(say("changed"), say("changed_note"))
    real = [one for one in found if not one.is_relabel]
    words = [one for one in found if one.is_relabel]
    if not found:
        parts.show(f'<p class="quiet">{escape(say("changed_none"))}</p>')
    if real:
        counts = "　".join(f"{say(f'table_{one.table_name}')} {one.n}" for one in door.ask(revised, month, sender))
        parts.show(f'<p class="sums">{escape(say("revised_rows", counts=counts))}</p>')
        _corrections(real)
    if words:
        parts.show(f'<p class="sums">{escape(say("relabelled_note"))}</p>')
        heads = [say(key) for key in ("table", "field", "relabel", "rows", "first_rows_of")]
        parts.table(heads, map(_relabel, words[:SHOWN]), "changes", stacks=True)
        _rest(len(words))


def _corrections(found: list[Change]) -> None:
    with parts.drawer(say("corrections", n=len(found)), "corrections") as is_open:
        if not is_open:
            return
        heads = [say(key) for key in ("table", "field", "rows", "first_rows_of")]
        parts.table(heads, map(_change, found[:SHOWN]), "changes", stacks=True)
        _rest(len(found))


def compared(door: Door, month: str, sender: str) -> None:
    """A line a grid that reported totals; what differs first."""
    parts.section(say("compared"), say("compared_note"))
    found = door.ask(reconciled, month, sender)
    if not found:
        parts.show(f'<p class="quiet">{escape(say("compared_none"))}</p>')
        return
    differing = sum(one.differs for one in found)
    parts.show(f'<p class="sums">{escape(say("compared_sums", n=len(found), differing=differing))}</p>')
    heads = [say("grid"), *(say(f"measure_{name}") for name in MEASURES), say("report_row")]
    parts.table(heads, map(_compared, found[:SHOWN]), "compared", stacks=True)
    _rest(len(found))


def _change(one: Change) -> list[str]:
    return [escape(say(f"table_{one.table_name}")), escape(one.field_zh), str(one.n), parts.row_links(one.rows)]


def _relabel(one: Change) -> list[str]:
    blank = say("empty_value")
    table, field, n, rows = _change(one)
    return [table, field, escape(say("relabel_line", old=one.old or blank, new=one.new or blank)), n, rows]


def _compared(one: Reconciled) -> list[str]:
    place = one.grid_name if one.level < 3 else f"{one.county_name}　{one.grid_name}"
    return [escape(place), *map(_measure, one.measures), parts.row_links([one])]


def _measure(one: Compared) -> str:
    if one.reported is None:
        return f'<span class="quiet">{escape(say("not_reported"))}</span>'
    if one.difference is None:
        return escape(say("not_counted", reported=one.reported))
    if not one.difference:
        return f'<span class="quiet">{escape(say("agrees", reported=one.reported))}</span>'
    sign = "+" if one.difference > 0 else "−"
    return f"<b>{sign}{abs(one.difference)}</b>" + escape(say("differs", reported=one.reported, counted=one.counted))


def _rest(n: int) -> None:
    if n > SHOWN:
        parts.show(f'<p class="quiet">{escape(say("rest", shown=SHOWN, n=n))}</p>')
