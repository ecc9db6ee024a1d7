"""How complete a month's data are, in one line on top of its figures."""

from __future__ import annotations

from html import escape

from dashboards import parts
from dashboards.address import BLIND, Choice
from dashboards.data import Door
from dashboards.deliveries import bearing, is_out_of_sight, sender_name, sender_of
from dashboards.words import named, say
from pipelines.snapshot.board import Line, board
from pipelines.snapshot.delivered import totals


def line_of(door: Door, choice: Choice) -> None:
    """What did not come, what cannot be judged, whether the month is fixed; each opens what it is about."""
    lacks = bearing(door, choice.place, choice.month)
    own = sender_of(door, choice.place)
    # Another's ledgers bear on a county's figures, and are not the county's to send.
    others = list(dict.fromkeys(sender_name(door, one.county_id) for one in lacks if own not in ("", one.county_id)))
    whose = say("in_brackets", text=say("complete_others", names=say("comma").join(others))) if others else ""
    lines = door.ask(board, choice.place, door.places[choice.place].level, choice.month, choice.level)
    blind = [line for line in lines if line.blind or line.measurable + line.silent < line.counties]
    deliveries = parts.href("submissions", choice.link(level="", metric="", grid="", state="", page=1))
    chips = [
        _chip(say("complete_missing", n=len(lacks)) + whose, deliveries, is_bad=bool(lacks)),
        _back(door, choice, deliveries),
        _named(choice, blind),
        *(_chip(text, deliveries) for text in _stage(door, choice)),
    ]
    title = escape(say("complete"))
    parts.show(f'<nav class="complete" aria-label="{title}"><b>{title}</b>{"".join(chips)}</nav>')


def _named(choice: Choice, blind: list[Line]) -> str:
    """How many metrics cannot be judged, or not everywhere; each by its name, which opens the grids and the reasons."""
    words = escape(say("complete_blind", n=len(blind)))
    if not blind:
        return f'<span class="chip">{words}</span>'
    links = []
    for line in blind:
        query = choice.link(metric=line.metric.metric_id, level=line.owner_level, state=BLIND, page=1)
        query["grid"] = choice.place
        links.append(f"<li>{parts.link('obligations', query, escape(named(line.metric)))}</li>")
    return f'<details class="chip bad"><summary>{words}</summary><ul>{"".join(links)}</ul></details>'


def _back(door: Door, choice: Choice, deliveries: str) -> str:
    if is_out_of_sight(door, choice.place):
        return _chip(say("complete_back_unseen"), deliveries)
    back = door.ask(totals, choice.month, sender_of(door, choice.place))["awaiting"]
    return _chip(say("complete_back", n=back), deliveries, is_bad=back > 0)


def _stage(door: Door, choice: Choice) -> list[str]:
    if choice.month in parts.months_open(door):
        return [say("complete_stage_open")]
    fixed = door.fixed(choice.month)
    if fixed is None or not fixed.is_intact:
        return [say("complete_stage_none")]
    stage = [say("complete_stage", stage=say(f"stage_{fixed.stage}"))]
    return [*stage, say("complete_restated")] if fixed.restated_to and fixed.figures else stage


def _chip(text: str, href: str, *, is_bad: bool = False) -> str:
    return f'<a class="chip{" bad" if is_bad else ""}" href="{href}" target="_self">{escape(text)}</a>'
