"""The figure card: x/n large, a percentage only where the denominator carries one, and what the rate leaves out."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboards import beside, numbers, parts
from dashboards.address import BLIND, Choice
from dashboards.board import share_words, signal
from dashboards.data import Door
from dashboards.words import formula, named, say
from pipelines.snapshot.board import board
from pipelines.snapshot.measurable import Measured, blind_grids, measured, why_not
from pipelines.snapshot.standing import Figure, Metric, figures, percent

COUNTED = ("overdue", "late", "unreported", "no_deadline", "pending")


def card(door: Door, choice: Choice, metric: Metric, grid_id: str, level: str) -> None:
    """One metric of one grid and month at one owner level, beside its year so far, the year before and whether the
    month is news; every number on it opens its obligations."""
    values = door.ask(figures, metric.metric_id, grid_id, choice.month)
    figure = values.get(level)
    coverage = door.ask(measured, metric.metric_id, grid_id, choice.month)
    blind = door.ask(blind_grids, metric.metric_id, grid_id, choice.month, level)
    reasons = why_not(figure, blind, coverage)
    with st.container(border=True, key=f"card-{metric.metric_id}"):
        parts.show(
            f'<div class="card-head"><h2>{escape(named(metric))}</h2>'
            f"<span>{escape(parts.place_words(door, grid_id))}　{escape(parts.level_words(level))}</span></div>"
        )
        if reasons:
            parts.show(f'<p class="none-due">{escape(say("blind"))}</p>{beside.reasons(reasons, metric)}')
        elif figure is None or not figure.due:
            _nothing(figure)
        if figure is not None and not reasons:
            _numbers(figure, choice, metric)
            _over_time(door, choice, metric, grid_id, level)
        _blind(len(blind), choice, metric, grid_id, level, is_all=bool(reasons))
        _levels(values, level, choice, metric.metric_id, grid_id)
        _about(choice, metric, coverage)


def _over_time(door: Door, choice: Choice, metric: Metric, grid_id: str, level: str) -> None:
    lines = door.ask(board, grid_id, door.places[grid_id].level, choice.month, level)
    line = next((line for line in lines if line.metric.metric_id == metric.metric_id), None)
    if line is None:
        return
    words = say("card_beside", number=int(choice.month[5:]), to_date="{to_date}", year_ago="{year_ago}")
    shares = {"to_date": share_words(line.to_date), "year_ago": share_words(line.year_ago)}
    told = escape(words).format(**shares)
    parts.show(f'<p class="beside">{told}　{escape(say("signal"))} {signal(line)}</p>')


def opens(choice: Choice, figure: Figure, **changes: object) -> dict[str, str]:
    """Where a figure's obligations stand."""
    whole = {"metric": figure.metric_id, "grid": figure.grid_id, "level": figure.owner_level, "page": 1, "state": ""}
    return choice.link(**{**whole, **changes})


def _blind(n: int, choice: Choice, metric: Metric, grid_id: str, level: str, *, is_all: bool) -> None:
    """How many grids are in no number above; opens their names."""
    if n:
        parts.page_link(
            parts.OBLIGATIONS,
            label=say("blind_all" if is_all else "blind_more", n=f"**{n}**"),
            icon=":material/visibility_off:",
            query_params=choice.link(metric=metric.metric_id, grid=grid_id, level=level, state=BLIND, page=1),
        )


def _nothing(figure: Figure | None) -> None:
    parts.show(f'<p class="none-due">{escape(numbers.nothing(figure))}</p>')
    if figure is None:
        parts.show(f'<p class="verdict">{escape(say("verdict_nothing_due"))}</p>')


def _numbers(figure: Figure, choice: Choice, metric: Metric) -> None:
    if figure.due:
        with st.container(key=f"xn-{metric.metric_id}", horizontal=True, vertical_alignment="bottom", gap="small"):
            parts.page_link(
                parts.OBLIGATIONS,
                label=f"**{figure.on_time}** / {figure.due}",
                query_params=opens(choice, figure),
            )
            if figure.has_percentage and figure.rate is not None:
                parts.show(f'<p class="rate">{percent(figure.rate)}</p>')
    parts.show("".join(_verdict(figure, metric)))
    with st.container(key=f"counts-{metric.metric_id}", horizontal=True, gap="xsmall"):
        for state in COUNTED:
            n = getattr(figure, state)
            parts.page_link(
                parts.OBLIGATIONS,
                label=say("count", state=say(f"state_{state}"), n=f"**{n}**"),
                query_params=opens(choice, figure, state=state),
                disabled=not n,
            )
    parts.page_link(
        parts.OBLIGATIONS,
        label=say("open_duties", n=figure.obligations),
        icon=":material/list_alt:",
        query_params=opens(choice, figure),
    )


def _verdict(figure: Figure, metric: Metric) -> list[str]:
    """Judgement against the target in words and colour, and the other ways of counting beside it."""
    target = f"{figure.target:.2%}".replace(".00%", "%") if figure.target is not None else say("none")
    words = say(f"verdict_{figure.verdict}", target=target, min_n=metric.min_n)
    lines = [f'<p class="verdict {figure.verdict}">{escape(words)}</p>']
    beside = [] if target in words else [say("target", target=target)]
    if figure.due and metric.concept == "timeliness":
        has_rate = _has(figure, figure.rate_original)
        rate = say("in_brackets", text=percent(figure.rate_original or 0.0)) if has_rate else ""
        beside.append(say("original", on_time=figure.on_time_original, due=figure.due, rate=rate))
    if figure.unreported and _has(figure, figure.rate_if_unmet):
        beside.append(say("if_unmet", rate=percent(figure.rate_if_unmet or 0.0)))
    if beside:
        lines.append(f'<p class="beside">{"　".join(escape(text) for text in beside)}</p>')
    return lines


def _has(figure: Figure, rate: float | None) -> bool:
    return figure.has_percentage and rate is not None


def _levels(values: dict[str, Figure], shown: str, choice: Choice, metric_id: str, grid_id: str) -> None:
    others = [level for level in ("1", "2", "3", "all") if level in values and level != shown]
    if not others:
        return
    with st.container(key=f"levels-{metric_id}", horizontal=True, gap="xsmall"):
        for level in others:
            figure = values[level]
            xn = f"**{figure.on_time}** / {figure.due}" if figure.due else numbers.nothing(figure)
            parts.page_link(
                parts.OBLIGATIONS,
                label=f"{parts.level_words(level)}　{xn}",
                query_params=opens(choice, figure, grid=grid_id),
            )


def _about(choice: Choice, metric: Metric, coverage: Measured) -> None:
    parts.show(f'<p class="measured">{escape(_measured_words(coverage))}</p>')
    with st.expander(say("about_figure")):
        parts.page_link(
            parts.EXPLAIN,
            label=say("catalogue_about", metric=named(metric)),
            icon=":material/menu_book:",
            query_params=choice.link(metric=metric.metric_id, grid="", level="", state="", page=1, span="month"),
        )
        lines = [
            say("formula", text=formula(metric)),
            say("limit", text=metric.limit_zh),
            say("clause", text=metric.clause),
            *coverage.reasons,
        ]
        parts.show("".join(f"<p class='about'>{escape(line)}</p>" for line in lines))


def _measured_words(coverage: Measured) -> str:
    if not coverage.counties:
        return say("measured_none")
    if coverage.counties == 1:
        suffix = "_partly" if coverage.partial else "" if coverage.measurable else "_not"
        return say(f"measured_one{suffix}")
    key = "measured_partly" if coverage.partial else "measured"
    return say(key, n=coverage.measurable, of=coverage.counties, partial=coverage.partial)
