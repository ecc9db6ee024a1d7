"""A grid's score of the month behind a title, explained line by line; every line of the card opens its duties."""

from __future__ import annotations

from html import escape

from dashboards import parts
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.words import say
from pipelines.snapshot import score
from pipelines.snapshot.score_words import Line, explained
from pipelines.snapshot.standing import Place


def of_grid(door: Door, choice: Choice, place: Place) -> None:
    """Score, finding and rank, then group by group where points were lost, and what was not assessed."""
    with parts.drawer(say("score", grid=parts.place_words(door, place.grid_id)), key="score") as is_open:
        if is_open:
            _explanation(door, choice, place)


def _explanation(door: Door, choice: Choice, place: Place) -> None:
    asked = (place.grid_id, "month", choice.month)
    found = door.ask(score.score, *asked)
    if found is None:
        parts.show(f'<p class="quiet">{escape(say("score_none"))}</p>')
        return
    parts.show(f'<p class="quiet">{escape(say("score_note"))}</p>')
    parts.show("".join(_line(line, choice, place) for line in explained(found, door.ask(score.parts, *asked))))


def _line(line: Line, choice: Choice, place: Place) -> str:
    if line.part is None:
        return f'<p class="about"><b>{escape(line.text)}</b></p>'
    if not line.part.denominator:
        return f'<p class="about">{escape(line.text)}</p>'
    query = choice.link(metric=line.part.metric_id, grid=place.grid_id, level=str(place.level), state="", page=1)
    name, rest = line.text[: len(line.part.metric_zh)], line.text[len(line.part.metric_zh) :]
    opens = parts.link("obligations", query, escape(name))
    return f'<p class="about">{opens}{escape(rest)}</p>'
