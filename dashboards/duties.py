"""Obligations as a list: who owes what, by when, who was in post, and the row it rests on."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboards import beside, parts
from dashboards.words import say
from pipelines.snapshot import owed
from pipelines.snapshot.beside import Beside
from pipelines.snapshot.chain import Link, Standing, standing
from pipelines.snapshot.walk import Obligation


def duty_list(
    duties: list[Obligation],
    name: str,
    links: dict[str, dict[str, str]] | None = None,
    near: dict[str, Beside] | None = None,
    above: dict[Standing, tuple[Link, ...]] | None = None,
) -> None:
    """One line a duty with a link to each of its rows.

    links: by obligation_id, query parameters of the obligations page, for duties without a row; given where the list
    is a short one on another page, which then leaves the basis to the obligations page. near: by grid, what lies beside
    its unmet coverage duty. above: by grid and due day, who stands over it.
    """
    bases = {duty.due_basis for duty in duties}
    is_shared = links is None and len(duties) > 1 and len(bases) == 1 and bases != {""}
    if is_shared:
        parts.show(f'<p class="quiet">{escape(say("basis_all", text=bases.pop()))}</p>')
    for number, duty in enumerate(duties):
        with st.container(key=f"duty-{name}-{number}", horizontal=True, vertical_alignment="center", gap="small"):
            link = (links or {}).get(duty.obligation_id)
            has_link = bool(link or duty.duty_row_id or duty.met_row_id)
            lying_by = (near or {}).get(duty.grid_id, Beside())
            lines = _chain((above or {}).get(standing(duty), ())) + beside.near(lying_by)
            parts.show(_line(duty, lines, has_link=has_link, is_brief=links is not None, has_basis=not is_shared))
            _rows(duty, link)


def where(duty: Obligation) -> str:
    """安化县 东坪镇; a county or unit by its own name."""
    return duty.grid_name if duty.owner_level < 3 else f"{duty.county_name} {duty.grid_name}".strip()


def _rows(duty: Obligation, instead: dict[str, str] | None) -> None:
    rows = {duty.duty_row_id: "duty_row", duty.met_row_id: "met_row"}
    if duty.duty_row_id == duty.met_row_id:
        rows = {duty.duty_row_id: "both_row"}
    rows.pop("", None)
    for row_id, key in rows.items():
        parts.page_link(parts.ROW, label=say(key), query_params={"id": row_id}, icon=":material/table_rows:")
    if not rows and instead is not None:
        parts.page_link(parts.OBLIGATIONS, label=say("tile_open"), query_params=instead, icon=":material/list_alt:")


def _chain(links: tuple[Link, ...]) -> str:
    """Who answers for the grid and who stands above, lowest first, as one line of HTML."""
    told = [
        say("chain_link", level=say(f"level_{link.level}"), grid=link.name, person=_charged(link))
        + (say("chain_departments", names=say("comma").join(link.departments)) if link.departments else "")
        for link in links
    ]
    return f"<span>{escape(say('chain', links=' → '.join(told)))}</span>" if told else ""


def _charged(link: Link) -> str:
    if not link.deputy:
        return link.person or say("chain_nobody")
    return link.person + say("deputy_short", name=link.deputy)


def _line(duty: Obligation, lines: str, *, has_link: bool, is_brief: bool, has_basis: bool) -> str:
    cells = {
        "where": f"<b>{escape(where(duty))}</b>",
        "what": (f'<span class="tag listed">{escape(say("duty_listed"))}</span> ' if duty.is_listed else "")
        + escape(subject(duty)),
        "when": "".join(f"<span>{escape(text)}</span>" for text in _dates(duty, has_basis and not is_brief)),
        "who": "".join(f"<span>{escape(text)}</span>" for text in people(duty)) + _history(duty),
    }
    inner = "".join(f'<div class="{name}">{html}</div>' for name, html in cells.items())
    inner += f'<div class="near">{lines}</div>' if lines else ""
    tag = f'<span class="tag {duty.state}">{escape(say(f"state_{duty.state}"))}</span>'
    kind = f"duty{'' if has_link else ' lone'}{' brief' if is_brief else ''}"
    return f'<div class="{kind}">{tag}{inner}</div>'


def _history(duty: Obligation) -> str:
    """Leads to who was in post and who had been there, for a duty that was not met in time."""
    if duty.due_at is None or duty.state not in ("overdue", "late"):
        return ""
    query = {"grid": duty.grid_id, "day": parts.day(duty.due_at)}
    return f"<span>{parts.link('history', query, escape(say('history_open')))}</span>"


def subject(duty: Obligation) -> str:
    """What is owed, and about what."""
    return owed.subject(duty, say)


def _dates(duty: Obligation, has_basis: bool) -> list[str]:
    texts = [say("due_on", day=parts.day(duty.due_at)) if duty.due_at else say("no_due")]
    if duty.state == "overdue" and duty.days_over is not None:
        texts.append(say("over", n=duty.days_over))
    if duty.met_at is not None:
        texts.append(say("met_on", day=parts.day(duty.met_at)))
    if duty.state == "late" and duty.days_over is not None:
        texts.append(say("late_by", n=duty.days_over))
    if duty.is_extended and duty.original_due_at is not None:
        texts.append(say("extended", day=parts.day(duty.original_due_at)))
    if duty.due_basis and has_basis:
        texts.append(say("basis", text=duty.due_basis))
    return texts


def people(duty: Obligation) -> list[str]:
    """Who was in post on the due day, for how long, and who stood in; what is not known is said so."""
    if duty.due_at is None:
        return []
    post = say("post_head" if duty.owner_level == 3 else "post_chief")
    if not duty.person_at_due and duty.deputy_at_due:
        return [say("in_post_acting", name=duty.deputy_at_due, post=post)]
    if not duty.person_at_due and not duty.is_roster_sent:
        return [say("in_post_unknown")]
    if not duty.person_at_due:
        return [say("in_post_nobody", post=post)]
    texts = [say("in_post", name=duty.person_at_due)]
    if duty.days_in_post_at_due is not None:
        texts.append(say("post_days", n=duty.days_in_post_at_due))
    if duty.deputy_at_due:
        texts.append(say("deputy", name=duty.deputy_at_due))
    return texts
