"""One grid's year on the page 年度自评: its score, the measures it wrote, what it kept, who was held to account."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dashboards import downloads, parts
from dashboards.self_links import Page, row
from dashboards.words import say
from pipelines.reports.carried import Value
from pipelines.snapshot import score
from pipelines.snapshot.score import FINDING_ZH
from pipelines.snapshot.self_evaluation import Act, Improvement, Kept, grid_year


def show(page: Page) -> None:
    """Facts as far as they were sent; nothing is judged."""
    parts.section(say("self_facts", place=page.place, year=page.year), say("self_facts_note"))
    _score(page)
    sheet = page.door.ask(grid_year, page.grid_id, page.year)
    written = ("self_item", "self_shortfall", "self_improvement", "self_owner", "self_due", "self_done_at")
    _listed(
        page,
        ("self_written", "self_written_none"),
        (*written, "self_defined_state", "self_done_state"),
        _measures(sheet.improvements),
    )
    _listed(
        page,
        ("self_kept", "self_kept_none"),
        ("self_day", "self_kept_kind", "self_kept_subject", "self_document"),
        _kept(sheet.kept),
    )
    acts = ("self_day", "self_act", "self_person", "self_matter", "problem_no", "self_document")
    _listed(page, ("self_acts", "self_acts_none"), acts, _acts(sheet.acts))


def _score(page: Page) -> None:
    """The year's score with its finding; how it comes about stands month by month in the grid's file."""
    found = page.door.ask(score.score, page.grid_id, "year", str(page.year))
    if found is None or found.score is None:
        parts.show(f'<p class="about">{escape(say("self_score_none"))}</p>')
    else:
        text = say("self_score", score=f"{found.score:.1f}", finding=FINDING_ZH.get(found.finding, found.finding))
        if found.rank_low is not None and found.rank_high is not None:
            text += say("self_score_rank", n=found.compared, low=found.rank_low, high=found.rank_high)
        small = f"<br><small>{escape(found.finding_zh)}</small>" if found.finding_zh else ""
        parts.show(f'<p class="about strong">{escape(text)}{small}</p>')
    months = [one.month for one in page.door.months if one.month[:4] == str(page.year)]
    query = page.choice.link(month=months[-1] if months else page.choice.month, grid=page.grid_id, level="", state="")
    parts.page_link(parts.GRID, label=say("self_score_open"), icon=":material/article:", query_params=query)


def _listed(page: Page, words: tuple[str, str], heads: Sequence[str], rows: list[tuple[list[str], str]]) -> None:
    """A titled table whose lines end with their source row. words: its title, and what is said where there is none."""
    key, none = words
    title = say(key, year=page.year)
    note = f'<p class="quiet">{escape(say("self_acts_note"))}</p>' if key == "self_acts" else ""
    parts.show(f'<h3 class="named">{escape(title)}</h3>{note}')
    if not rows:
        parts.show(f'<p class="quiet">{escape(say(none))}</p>')
        return
    names = [say(head) for head in heads]
    lines = [[*(escape(cell) or say("none") for cell in cells), row(row_id)] for cells, row_id in rows]
    parts.table([*names, say("self_row")], lines, "self-facts", stacks=True)
    taken: list[list[Value]] = [[*cells, row_id] for cells, row_id in rows]
    about = [(title, say("self_facts_note"))]
    downloads.offer(page.door, f"{title}　{page.place}　{page.year}", [*names, say("row_id")], taken, about)


def _measures(found: Sequence[Improvement]) -> list[tuple[list[str], str]]:
    return [
        (
            [
                one.item,
                one.shortfall,
                one.improvement,
                one.owner,
                parts.day(one.due_at) if one.due_at else "",
                parts.day(one.done_at) if one.done_at else "",
                say(f"state_{one.defined_state}") if one.defined_state else "",
                say(f"state_{one.done_state}") if one.done_state else "",
            ],
            one.row_id,
        )
        for one in found
    ]


def _kept(found: Sequence[Kept]) -> list[tuple[list[str], str]]:
    return [
        ([parts.day(one.held_on), say(f"self_record_{one.kind}"), one.subject, one.document_no], one.row_id)
        for one in found
    ]


def _acts(found: Sequence[Act]) -> list[tuple[list[str], str]]:
    return [
        (
            [
                parts.day(one.decided_on),
                say(f"self_act_{one.measure or 'unknown'}"),
                f"{one.post} {one.person}".strip(),
                one.matter,
                one.problem_id,
                one.document_no,
            ],
            one.row_id,
        )
        for one in found
    ]
