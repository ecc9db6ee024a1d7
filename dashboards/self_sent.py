"""Who has sent the year's evaluation, on the page 年度自评: by unit and county, or grid by grid below one of them."""

from __future__ import annotations

from collections import Counter
from html import escape

from dashboards import downloads, parts
from dashboards.self_links import Page, row, where
from dashboards.words import say
from pipelines.reports.carried import Value
from pipelines.snapshot import CITY
from pipelines.snapshot.self_year import SENT, Evaluated, Group, Sent, evaluated, groups
from pipelines.snapshot.walk import STATE_ZH

LATE = ("overdue", "unreported", "late", "bad_dates")


def show(page: Page) -> None:
    """Counts, then a line a group or a grid; every state opens its duties, every day its row."""
    parts.section(f"{say('self_sent')}　{page.place}", say("self_sent_note"))
    found = page.door.ask(evaluated, page.grid_id, page.year)
    _counts(page, found)
    if page.grid_id == CITY or page.door.places[page.grid_id].level == 1:
        heads = [say(key) for key in ("self_grid", "self_own", "self_towns", "self_towns_named")]
        parts.table(heads, [_group(page, group) for group in groups(found)], "senders", stacks=True)
    else:
        _lines(page, found)
    heads = [say(key) for key in ("self_grid", "self_state", "self_due", "self_met", "self_basis", "row_id")]
    rows = [_taken(one) for one in found]
    definitions = [(say("self_sent"), say("self_sent_note"))]
    downloads.offer(page.door, f"{say('self_sent')}　{page.place}　{page.year}", heads, rows, definitions)


def _counts(page: Page, found: tuple[Evaluated, ...]) -> None:
    sent = [one.sent for one in found if one.sent]
    if not sent:
        return
    counts = Counter(one.state for one in sent)
    period = sent[0].period
    words = {"": say("self_owed"), **{state: say(f"self_sent_{state}") for state in STATE_ZH}}
    lines = []
    for state, n in {"": len(sent), **counts}.items():
        opens = page.duties(f"<b>{n}</b>", SENT, page.grid_id, "all", period, state=state)
        lines.append(f"<li>{escape(words[state])} {opens}</li>")
    parts.show(f'<ul class="counts">{"".join(lines)}</ul>')


def _group(page: Page, group: Group) -> list[str]:
    head = group.head
    name = page.here(head.grid_id, escape(head.name)) if head else ""
    own = f"{_state(page, head)}　{_met(head.sent)}" if head and head.sent else escape(say("self_not_owed"))
    period = next((one.sent.period for one in group.below if one.sent), "")
    counts = (
        page.duties(
            escape(say("self_sent_line", state=say(f"self_sent_{state}"), n=n)),
            SENT,
            group.below[0].county_id,
            "3",
            period,
            state=state,
        )
        for state, n in group.states.items()
    )
    late = [one for one in group.below if one.sent and one.sent.state in LATE]
    late.sort(key=lambda one: LATE.index(one.sent.state) if one.sent else 0)
    named = "　".join(f"{page.here(one.grid_id, escape(one.name))}{_mark(one)}" for one in late)
    nobody = say("self_all_in_time" if group.below else "none")
    return [name, own, "　".join(counts) or _quiet(say("self_no_towns")), named or _quiet(nobody)]


def _lines(page: Page, found: tuple[Evaluated, ...]) -> None:
    """Grid by grid; a basis that all share is told once."""
    heads = [say(key) for key in ("self_grid", "self_state", "self_due", "self_met", "self_basis")]
    bases = {one.sent.due_basis for one in found if one.sent}
    is_shared = len(bases) == 1
    if is_shared:
        parts.show(f'<p class="quiet">{escape(say("basis_all", text=bases.pop()))}</p>')
    lines = [_line(page, one) for one in found]
    width = len(heads) - is_shared
    parts.table(heads[:width], [line[:width] for line in lines], "senders", stacks=True)


def _line(page: Page, one: Evaluated) -> list[str]:
    name = page.here(one.grid_id, escape(where(one.county_name, one.name)))
    if one.sent is None:
        return [name, escape(say("self_not_owed")), say("none"), say("none"), say("none")]
    due = parts.day(one.sent.due_at) if one.sent.due_at else say("none")
    return [name, _state(page, one), due, _met(one.sent) or say("none"), escape(one.sent.due_basis)]


def _taken(one: Evaluated) -> list[Value]:
    name, sent = where(one.county_name, one.name), one.sent
    if sent is None:
        return [name, say("self_not_owed"), "", "", "", ""]
    state = say(f"self_sent_{sent.state}")
    return [name, state, _day(sent.due_at), _day(sent.met_at), sent.due_basis, sent.row_id]


def _state(page: Page, one: Evaluated) -> str:
    """The state as a tag that opens the duty."""
    if one.sent is None:
        return escape(say("self_not_owed"))
    tag = f'<span class="tag {one.sent.state}">{escape(say(f"self_sent_{one.sent.state}"))}</span>'
    return page.duties(tag, SENT, one.sent.bearer_id, one.sent.bearer_level, one.sent.period)


def _met(sent: Sent) -> str:
    """2026-01-05（巡查.xlsx 第 2 行); the number opens the row."""
    if not sent.row_id or sent.met_at is None:
        return ""
    words = {"day": parts.day(sent.met_at)}
    return say("self_day_row", row=parts.row_links([sent]) if sent.path else row(sent.row_id), **words)


def _mark(one: Evaluated) -> str:
    return f"<small>{escape(say(f'self_sent_{one.sent.state}'))}</small>" if one.sent else ""


def _quiet(words: str) -> str:
    return f'<span class="quiet">{escape(words)}</span>'


def _day(at: object) -> str:
    return str(at)[:10] if at else ""
