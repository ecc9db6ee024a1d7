"""All metrics by group, a line each: the month, the year to date, a year ago, what is open, what can be judged."""

from __future__ import annotations

from html import escape
from itertools import groupby

from dashboards import numbers, parts
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.words import named, say
from pipelines.snapshot.board import Line, Share, board
from pipelines.snapshot.standing import percent

OPEN = ("overdue", "unreported", "no_deadline", "pending")


def metrics_by_group(door: Door, choice: Choice, grid_id: str) -> list[Line]:
    """The board of one grid. The metric the page is about is marked; another's name leads here with that one
    chosen. Returns its lines."""
    lines = door.ask(board, grid_id, door.places[grid_id].level, choice.month, choice.level)
    headers = ["metric", "board_month", "signal", "board_to_date", "board_year_ago", "board_open", "board_measured"]
    head = "".join(f'<th scope="col">{escape(say(name))}</th>' for name in headers)
    body = []
    for concept, group in groupby(lines, key=lambda line: line.metric.concept):
        title = escape(say(f"concept_{concept}"))
        body.append(f'<tr class="group"><th colspan="{len(headers)}" scope="rowgroup">{title}</th></tr>')
        body += [_row(line, choice, grid_id) for line in group]
    whole = f'<table class="plain board stacks"><thead><tr>{head}</tr></thead><tbody>{"".join(body)}</tbody></table>'
    parts.wide(whole, say("metric"))
    return lines


def _row(line: Line, choice: Choice, grid_id: str) -> str:
    metric = line.metric
    whole = {"metric": metric.metric_id, "grid": grid_id, "level": line.owner_level, "page": 1, "state": ""}
    name = escape(named(metric))
    if metric.metric_id == choice.metric:
        name = f"<b>{name}</b>"
    else:
        name = parts.link(".", choice.link(metric=metric.metric_id, grid="", state="", page=1), name)
    if line.obligations:
        has_due = line.month is not None and line.month.due > 0
        words = share_words(line.month) if has_due else escape(numbers.nothing(line))
        month = parts.link("obligations", choice.link(**whole), words)
    else:
        month = say("blind" if line.counties and not line.measurable else "nothing_due")
    cells = [
        ("metric", f"{name}<small>{escape(parts.level_words(line.owner_level))}</small>"),
        ("board_month", f"{month}{_mark(line)}"),
        ("signal", signal(line)),
        ("board_to_date", share_words(line.to_date) if line.to_date else say("none")),
        ("board_year_ago", share_words(line.year_ago) if line.year_ago else say("none")),
        ("board_open", _open(line)),
        ("board_measured", _measured(line)),
    ]
    tds = (
        f'<td data-label="{escape(say(key))}"{" class=nothing" if html == say("none") else ""}>{html}</td>'
        for key, html in cells
    )
    return f"<tr>{''.join(tds)}</tr>"


def share_words(share: Share | None) -> str:
    """x/n with its rate where it carries one, as HTML."""
    if share is None or not share.due:
        return escape(say("nothing_due"))
    rate = f" <small>{percent(share.rate)}</small>" if share.rate is not None else ""
    return f"<b>{share.on_time}</b>/{share.due}{rate}"


def signal(line: Line) -> str:
    """Whether the month is news against its own past, and whether the target can be relied on, as HTML."""
    if not line.variation:
        return f'<span class="quiet">{escape(say("signal_none"))}</span>'
    relied = f" <small>{escape(say(f'assurance_{line.assurance}'))}</small>" if line.assurance else ""
    return f'<span class="signal {line.variation}">{escape(say(f"variation_{line.variation}"))}</span>{relied}'


def _mark(line: Line) -> str:
    """The judgement in one word with its colour; none where nothing was due."""
    if line.verdict in ("", "nothing_due"):
        return ""
    return f' <span class="verdict {line.verdict}">{escape(say(f"short_{line.verdict}"))}</span>'


def _open(line: Line) -> str:
    counts = [
        say("count", state=say(f"state_{state}"), n=getattr(line, state)) for state in OPEN if getattr(line, state)
    ]
    return escape("　".join(counts) or say("none"))


def _measured(line: Line) -> str:
    blind = escape(say("board_blind", n=line.blind)) if line.blind else ""
    if not line.counties:
        return blind or say("none")
    words = f"{line.measurable}/{line.counties}"
    silent = escape(say("count", state=say("state_unreported"), n=line.silent)) if line.silent else ""
    beside = "".join(f"{say('clause_comma')}{text}" for text in (silent, blind) if text)
    return f'<span class="{"" if line.measurable == line.counties else "partly"}">{words}</span>{beside}'
