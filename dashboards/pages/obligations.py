"""义务明细: the duties behind one figure, by state, a page at a time, each with its rows."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboards import beside, controls, duties, frame, numbers, parts, taken
from dashboards.address import BLIND, Choice
from dashboards.data import Door
from dashboards.words import named, say
from pipelines.snapshot.beside import UNMET, unmet_grids
from pipelines.snapshot.beside import beside as lying_by
from pipelines.snapshot.chain import chains, standings
from pipelines.snapshot.fixed import fixed_figures, fixed_lines
from pipelines.snapshot.measurable import BlindGrid, blind_grids, measured, why_not
from pipelines.snapshot.spans import BEFORE
from pipelines.snapshot.standing import Figure, Metric, figures, percent
from pipelines.snapshot.timeliness import Rates, rates
from pipelines.snapshot.walk import STATE_ZH, obligations, state_counts

PAGE_SIZE = 20


def show() -> None:
    """Draw the page from the address bar."""
    door, choice = frame.begin(say("obligations"), has_span=True, has_before=True)
    _back(door, choice)
    metric = door.metrics[choice.metric]
    grid = choice.grid or choice.place
    level = choice.level or controls.level_for(door, choice, metric)
    what = (metric.metric_id, grid, choice.duty_period, level)
    # Who cannot be judged is told month by month.
    blind = door.ask(blind_grids, metric.metric_id, grid, choice.month, level) if choice.span == "month" else []
    counts = door.ask(state_counts, *what)
    _head(door, choice, metric, grid, level, blind)
    _states(choice, grid, level, counts, len(blind))
    if choice.state != BLIND:
        _duties(door, choice, what, counts.get(choice.state, 0) if choice.state else sum(counts.values()))
    if choice.state in ("", BLIND):
        beside.blind_list(blind, metric)
    if metric.concept == "coverage" and choice.span == "month":
        whole = door.ask(lying_by, choice.month, (grid,))[grid]
        beside.returned_list(whole.returned, is_unmet=any(counts.get(state) for state in UNMET))
        beside.uncredited_list(whole.uncredited)
    frame.footer(door)


def _duties(door: Door, choice: Choice, what: tuple[str, str, str, str], total: int) -> None:
    """One page of the duties with the chosen state."""
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(choice.page, pages)
    found = door.ask(obligations, *what, choice.state or None, PAGE_SIZE, (page - 1) * PAGE_SIZE)
    near = door.ask(lying_by, choice.month, unmet_grids(found)) if choice.span == "month" else {}
    duties.duty_list(found, "list", near=near, above=door.ask(chains, standings(found)))
    if not found:
        parts.show(f'<p class="quiet">{escape(say("no_duties"))}</p>')
    if found and not any(duty.duty_row_id or duty.met_row_id for duty in found):
        parts.show(f'<p class="quiet">{escape(say("no_row"))}</p>')
    _, grid, _, level = what
    _turn(choice, grid, level, page, pages, total)
    if found:
        taken.listed(door, choice, door.metrics[choice.metric], what, choice.state or None)


def _back(door: Door, choice: Choice) -> None:
    place = door.places[choice.grid] if choice.grid else door.places[choice.place]
    county = place.county_id if place.level == 3 else place.grid_id
    back = choice.link(
        place=county if county in door.places else choice.place, level="", state="", page=1, span="month"
    )
    if place.level < 3:
        back.pop("grid", None)
    parts.page_link(parts.OVERVIEW, label=say("back"), icon=":material/arrow_back:", query_params=back)


def _head(door: Door, choice: Choice, metric: Metric, grid: str, level: str, blind: list[BlindGrid]) -> None:
    where = parts.place_words(door, grid)
    month = parts.span_label(door, choice)
    parts.section(say("figure_head", metric=named(metric), grid=where, month=month, level=parts.level_words(level)))
    if choice.span == BEFORE:
        parts.show(f'<p class="quiet">{escape(say("before_note"))}</p>')
        return
    figure: Figure | Rates | None
    reasons: tuple[str, ...] = ()
    if choice.span == "month":
        figure = door.ask(figures, metric.metric_id, grid, choice.month).get(level)
        reasons = why_not(figure, blind, door.ask(measured, metric.metric_id, grid, choice.month))
    else:
        figure = door.ask(rates, metric.metric_id, grid, level, choice.span, choice.period)
    if reasons:
        parts.show(f'<p class="none-due">{escape(say("blind"))}</p>{beside.reasons(reasons, metric)}')
    elif figure is None or not figure.due:
        parts.show(f'<p class="none-due">{escape(numbers.nothing(figure))}</p>')
    else:
        has_rate = figure.has_percentage and figure.rate is not None
        rate = f'<span class="rate">{percent(figure.rate or 0.0)}</span>' if has_rate else ""
        parts.show(f'<p class="xn"><b>{figure.on_time}</b> / {figure.due} {rate}</p>')
    if choice.span == "month":
        fixed = door.ask(fixed_figures, metric.metric_id, grid, choice.month, level)
        if fixed:
            parts.show("".join(f'<p class="quiet">{escape(line)}</p>' for line in fixed_lines(fixed, percent)))


def _states(choice: Choice, grid: str, level: str, found: dict[str, int], blind: int) -> None:
    """The duties counted one by one; each count shows its own. Grids that cannot be judged stand last."""
    if not found and not blind:
        return
    counts = {"": sum(found.values()), **{state: found.get(state, 0) for state in STATE_ZH}}
    counts |= {BLIND: blind} if blind else {}
    with st.container(key="states", horizontal=True, gap="xsmall"):
        for state, n in counts.items():
            words = (
                say("count", state=say(f"state_{state}"), n=f"**{n}**") if state else say("all_states", n=f"**{n}**")
            )
            chosen = f":primary[{words}]" if state == choice.state else words
            link = choice.link(grid=grid, level=level, state=state, page=1)
            parts.page_link(parts.OBLIGATIONS, label=chosen, query_params=link, disabled=not n)


def _turn(choice: Choice, grid: str, level: str, page: int, pages: int, total: int) -> None:
    if pages == 1:
        return
    with st.container(key="turn", horizontal=True, vertical_alignment="center", gap="small"):
        for key, to in (("previous", page - 1), ("next", page + 1)):
            link = choice.link(grid=grid, level=level, page=to)
            parts.page_link(parts.OBLIGATIONS, label=say(key), query_params=link, disabled=not 1 <= to <= pages)
        parts.show(f'<p class="quiet">{escape(say("page_of", page=page, pages=pages, n=total))}</p>')


show()
