"""The parts of 履职追溯 above its timeline: who was in post, the patrols nearest to the day, what nobody can know."""

from __future__ import annotations

from html import escape

from dashboards import downloads, parts
from dashboards.data import Door
from dashboards.history_asked import Asked
from dashboards.history_lines import line
from dashboards.words import month_words, say
from pipelines.snapshot.history_gaps import Gap, gaps
from pipelines.snapshot.history_of import Event
from pipelines.snapshot.history_posts import Post, posts


def in_post(door: Door, asked: Asked, where: str) -> None:
    """Everybody who stood in post, the grid's own first; a vacancy and an unknown read apart."""
    day = parts.day(asked.day)
    parts.section(say("history_posts", day=day), say("history_posts_note"))
    found = door.ask(posts, asked.grid_id, asked.day)
    if not found:
        parts.show(f'<p class="quiet">{escape(say("history_posts_none"))}</p>')
        return
    headers = [say(f"history_{name}") for name in ("level", "post", "person", "in_post", "row")]
    rows = [[_where(post), say(f"history_post_{post.post}"), _who(post), _held(post)] for post in found]
    cells = [
        [*(escape(text) for text in row), parts.to_row(post.row_id, say("both_row")) + _away_row(post)]
        for row, post in zip(rows, found, strict=True)
    ]
    parts.table(headers, cells, "posts", stacks=True)
    downloads.offer(
        door,
        f"{say('history_posts', day=day)}　{where}",
        headers,
        [[*row, post.row_id] for row, post in zip(rows, found, strict=True)],
        [(where, say("history_posts_note")), (say("history_row"), say("history_told_row")), *_lead()],
    )


def _lead() -> list[tuple[str, str]]:
    return [(say("history"), say("history_told_lead"))]


def _where(post: Post) -> str:
    return f"{say(f'level_{post.level}')}　{post.grid_name}"


def _who(post: Post) -> str:
    if post.status == "held":
        return post.name
    if post.status == "acting":
        return say("history_acting", name=post.deputy)
    return say("history_none")


def _held(post: Post) -> str:
    if post.status == "vacant":
        return say("history_vacant")
    if post.status == "no_roster":
        return say("history_no_roster")
    if post.status == "before_roster":
        return say("history_before_roster", month=month_words(post.roster_since))
    told = [say("history_since", since=post.since, n=post.days)] if post.since else []
    if post.away:
        told.append(say(f"history_{post.away}"))
    if post.status == "held" and post.deputy:
        told.append(say("history_deputy", name=post.deputy))
    if post.away and not post.deputy:
        told.append(say("history_no_deputy"))
    return say("semicolon").join(told)


def _away_row(post: Post) -> str:
    return "　" + parts.to_row(post.away_row_id, say(f"history_{post.away}")) if post.away_row_id else ""


def near(nearest: tuple[Event | None, tuple[Event, ...], Event | None], asked: Asked) -> None:
    """The last patrol before the day, those on it and the first after it, in the ledger's words."""
    parts.section(say("history_nearest"))
    before, same, after = nearest
    told = [("before", (before,) if before else ()), ("same", same), ("after", (after,) if after else ())]
    lines = []
    for name, found in told:
        texts = [_patrol(event, asked) for event in found] or [escape(say("history_patrol_none"))]
        if name != "same" or found:
            lines.append(f"<li><b>{escape(say(f'history_patrol_{name}'))}</b>　{'<br>'.join(texts)}</li>")
    parts.show(f'<ul class="nearest">{"".join(lines)}</ul>')


def _patrol(event: Event, asked: Asked) -> str:
    told = line(event, asked.day)
    when = f"{parts.day(told.day)} {told.clock}".strip()
    text = "　".join([when, say("comma").join(told.who[:1]), say("semicolon").join(told.wrote[:3])])
    return escape(text) + "　" + "　".join(parts.to_row(row_id, word) for word, row_id in told.rows)


def unknown(door: Door, asked: Asked) -> list[str]:
    """What cannot be known, in sentences; returned for the workbook as well."""
    parts.section(say("history_gaps"))
    found = door.ask(gaps, asked.grid_id, asked.day, asked.first, asked.last)
    who = dict.fromkeys(p.grid_name for p in door.ask(posts, asked.grid_id, asked.day) if p.status == "no_roster")
    told = [(say("history_gap_no_roster", who=say("comma").join(who)), "")] if who else []
    row = say("both_row")
    told += [(_sentence(gap), "".join(f"　{parts.to_row(one, row)}" for one in gap.row_ids)) for gap in found]
    if told:
        items = "".join(f"<li>{escape(text)}{html}</li>" for text, html in told)
        parts.show(f'<ul class="remarks unknown">{items}</ul>')
    else:
        parts.show(f'<p class="quiet">{escape(say("history_gaps_none"))}</p>')
    return [text for text, _ in told]


def _sentence(gap: Gap) -> str:
    who = gap.who or (say("history_gap_ledger_city") if gap.kind == "ledger" else "")
    months = say("comma").join(month_words(month) for month in gap.months)
    return say(f"history_gap_{gap.kind}", what=gap.what, who=who, months=months, day=gap.day, n=gap.n)
