"""Unmet duties by name, and whose duties cannot be judged because a table was not delivered."""

from __future__ import annotations

from html import escape

from dashboards import beside, controls, duties, parts
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.words import named, say
from pipelines.snapshot.beside import beside as lying_by
from pipelines.snapshot.beside import unmet_grids
from pipelines.snapshot.delivered import unreported
from pipelines.snapshot.measurable import blind_grids, measured, why_not
from pipelines.snapshot.standing import Metric, figures
from pipelines.snapshot.walk import obligations

SHOWN = 12


def by_name(door: Door, choice: Choice, metric: Metric) -> None:
    """The first unmet duties of the metric below, the rest one click away; then what nobody can judge, by county."""
    level = controls.level_for(door, choice, metric)
    parts.section(f"{say('unmet')}　{named(metric)}　{parts.level_words(level)}", say("unmet_note"))
    whole = {"metric": metric.metric_id, "grid": choice.place, "level": level, "page": 1}
    figure = door.ask(figures, metric.metric_id, choice.place, choice.month).get(level)
    n = figure.overdue if figure else 0
    found = door.ask(obligations, metric.metric_id, choice.place, choice.month, level, "overdue", SHOWN)
    links = {
        duty.obligation_id: choice.link(**{**whole, "grid": duty.grid_id, "level": str(duty.owner_level), "state": ""})
        for duty in found
    }
    near = door.ask(lying_by, choice.month, unmet_grids(found))
    duties.duty_list(found, "unmet", links, near)
    blind = door.ask(blind_grids, metric.metric_id, choice.place, choice.month, level)
    reasons = why_not(figure, blind, door.ask(measured, metric.metric_id, choice.place, choice.month))
    if reasons and not blind:
        parts.show(f'<p class="none-due">{escape(say("blind"))}</p>{beside.reasons(reasons, metric)}')
    elif not found and not reasons:
        parts.show(f'<p class="quiet">{escape(say("unmet_none"))}</p>')
    if n > len(found):
        parts.page_link(
            parts.OBLIGATIONS,
            label=say("unmet_more", n=n - len(found)),
            icon=":material/list_alt:",
            query_params=choice.link(**{**whole, "state": "overdue"}),
        )
    _unreported(door, choice, metric, level)
    beside.blind_list(blind, metric)


def _unreported(door: Door, choice: Choice, metric: Metric, level: str) -> None:
    frame = door.ask(unreported, metric.metric_id, choice.place, choice.month, level)
    if frame.empty:
        return
    is_coverage = metric.concept == "coverage"
    near = door.ask(lying_by, choice.month, tuple(frame["county_id"])) if is_coverage else {}
    lines = "".join(
        f"<li>{escape(say('unreported_line', county=parts.sender(row.county_id, row.county_name), n=row.n))}"
        f'<div class="near">{beside.near(near[row.county_id]) if is_coverage else ""}</div></li>'
        for row in frame.itertuples()
    )
    parts.show(
        f'<section class="silent"><h3>{escape(say("unreported"))}</h3><p>{escape(say("unreported_note"))}</p>'
        f"<ul>{lines}</ul></section>"
    )
