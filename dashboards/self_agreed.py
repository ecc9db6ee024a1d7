"""How far self and computed agree on the page 年度自评: the plot of one scope, the numbers of all of them."""

from __future__ import annotations

from html import escape

import plotly.graph_objects as go
import streamlit as st

from dashboards import downloads, parts
from dashboards import figures_self as draw
from dashboards.self_links import Page, points, table, where
from dashboards.townships import CHART
from dashboards.words import say
from pipelines.reports.carried import Value
from pipelines.snapshot import CITY, Scope, Snapshot
from pipelines.snapshot.self_agreement import FEWEST_PAIRS, Agreement, Pair, agreements, pairs


def show(page: Page) -> None:
    """The plot of the grids the chosen one is among; the city's own choice of a level from the table below it."""
    kind, value = _scope_of(page)
    listed = {(one.scope_kind, one.scope): one for one in page.door.ask(agreements, page.year)}
    found = listed.get((kind, value))
    name = _words(page, kind, value)
    parts.section(f"{say('self_agreed')}　{name}", say("self_agreed_note"))
    if found is None or not found.pairs:
        parts.show(f'<p class="quiet">{escape(say("self_agreed_none", scope=name))}</p>')
    else:
        _plot(page, found, name)
    if listed:
        _table(page, list(listed.values()))


def _scope_of(page: Page) -> tuple[str, str]:
    place = page.door.places[page.grid_id]
    if place.level in (0, 1):
        level = page.choice.level if place.level == 0 else "1"
        return ("level", level) if level in ("1", "2", "3") else ("all", "all")
    return "county", place.county_id


def _words(page: Page, kind: str, value: str) -> str:
    if kind == "all":
        return say("self_scope_all")
    if kind == "level":
        return say("self_scope_level", level=say(f"level_{value}"))
    place = page.door.places.get(value)
    return say("self_scope_county", place=say("detachment") if value == CITY else place.name if place else value)


def _plot(page: Page, found: Agreement, name: str) -> None:
    asked = (found.scope_kind, found.scope, page.year)
    marks = page.door.ask(pairs, *asked)
    told = ""
    if found.is_few:
        few = say("self_agreed_few", scope=name, n=found.pairs, fewest=FEWEST_PAIRS)
        parts.show(f'<p class="quiet">{escape(few)}</p>')
    elif found.bias is not None and found.lower is not None and found.upper is not None:
        words = {"bias": points(found.bias), "lower": points(found.lower), "upper": points(found.upper)}
        told = say("self_agreed_told", **words)
    alt = say("self_agreed_alt", scope=name, n=found.pairs, told=told)
    st.plotly_chart(
        page.door.ask(_figure, *asked, page.grid_id), key="self_agreement", theme=None, config=CHART, alt=alt
    )
    if not found.is_few:
        outside = [page.here(one.grid_id, escape(_name(one))) for one in marks if found.is_outside(one.difference)]
        text = say("self_agreed_outside", names=say("self_join").join(outside))
        parts.show(f'<p class="about">{text if outside else escape(say("self_agreed_inside"))}</p>')
    with parts.drawer(say("self_pairs_table", n=len(marks)), "self-pairs") as is_open:
        if is_open:
            heads = _pair_heads()
            parts.table(heads, [_pair(page, one) for one in marks], "pairs", stacks=True)
    rows: list[list[Value]] = [
        [_name(one), one.items, *(round(v, 1) for v in (one.self_percent, one.computed_percent, one.difference))]
        for one in marks
    ]
    about = [(say("self_agreed"), say("self_agreed_note"))]
    downloads.offer(page.door, f"{say('self_agreed_each')}　{name}　{page.year}", _pair_heads(), rows, about)


def _figure(snapshot: Snapshot, scope: Scope, kind: str, value: str, year: int, chosen: str) -> go.Figure:
    found = next(one for one in agreements(snapshot, scope, year) if (one.scope_kind, one.scope) == (kind, value))
    return draw.agreement(found, pairs(snapshot, scope, kind, value, year), chosen)


def _pair_heads() -> list[str]:
    keys = ("self_grid", "self_compared_items", "self_self_percent", "self_computed_percent", "self_difference")
    return [say(key) for key in keys]


def _pair(page: Page, one: Pair) -> list[str]:
    numbers = (f"{one.self_percent:.1f}", f"{one.computed_percent:.1f}", points(one.difference))
    return [page.here(one.grid_id, escape(_name(one))), str(one.items), *numbers]


def _table(page: Page, listed: list[Agreement]) -> None:
    """A line a scope: all, the levels, and behind a title the counties."""
    heads = [say(key) for key in ("self_scope", "self_pairs", "self_bias", "self_limits", "self_icc", "self_missing")]
    place = page.door.places[page.grid_id]
    own = {("all", "all"), ("level", str(place.level)), ("county", place.county_id)}
    listed = [one for one in listed if place.level == 0 or (one.scope_kind, one.scope) in own]
    above = [_line(page, one) for one in listed if one.scope_kind != "county"]
    counties = [_line(page, one) for one in listed if one.scope_kind == "county"]
    title = say("self_agreed_counties", n=len(counties))
    table(heads, above, counties, "agreements", title, "self-agreed-counties")
    parts.show(f'<p class="quiet">{escape(say("self_icc") + say("colon") + say("self_icc_meaning"))}</p>')
    rows = [[_words(page, one.scope_kind, one.scope), one.pairs, *_numbers(one), one.missing_zh] for one in listed]
    about = [(say("self_agreed"), say("self_agreed_note")), (say("self_icc"), say("self_icc_meaning"))]
    downloads.offer(page.door, f"{say('self_agreed_all')}　{page.place}　{page.year}", heads, rows, about)


def _line(page: Page, one: Agreement) -> list[str]:
    name = escape(_words(page, one.scope_kind, one.scope))
    if one.scope_kind == "level":
        query = escape(f"year={page.year}&level={one.scope}")
        name = f'<a href="self_evaluation?{query}" target="_self">{name}</a>'
    elif one.scope_kind == "all" or (one.scope in page.door.places and one.scope != CITY):
        name = page.here(CITY if one.scope_kind == "all" else one.scope, name)
    return [name, str(one.pairs), *map(escape, _numbers(one)), escape(one.missing_zh) or say("none")]


def _numbers(one: Agreement) -> tuple[str, str, str]:
    """Bias, limits and coefficient in words; where there are too few grids, that."""
    few = say("self_no_limits")
    if one.is_few:
        return few, say("none"), say("none")
    limits = (
        few
        if one.lower is None or one.upper is None
        else say("self_range", low=points(one.lower), high=points(one.upper))
    )
    bias = _ranged(one.bias, one.bias_low, one.bias_high, "+.1f")
    return bias, limits, _ranged(one.icc, one.icc_low, one.icc_high, ".2f")


def _ranged(value: float | None, low: float | None, high: float | None, form: str) -> str:
    if value is None:
        return say("none")
    if low is None or high is None:
        return f"{value:{form}}"
    return say("self_with_range", value=f"{value:{form}}", low=f"{low:{form}}", high=f"{high:{form}}")


def _name(one: Pair) -> str:
    return where(one.county_name, one.name)
