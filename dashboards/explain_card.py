"""One metric in full: what it means, on what clause, by which limit since when, whose it is, and how it stands now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape

import streamlit as st

from dashboards import numbers, parts
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.words import formula, named, say, unit
from pipelines.reports.catalogue_shown import Details, Held, Shown
from pipelines.snapshot.catalogued import Entry
from pipelines.snapshot.indicators import values
from pipelines.snapshot.standing import figures, headline_level, percent


def card(door: Door, choice: Choice, entry: Entry, rules: Shown) -> None:
    """Everything the catalogue says of one metric."""
    details = rules.details.get(entry.metric_id, Details((), (), ""))
    with st.container(border=True, key=f"explain-{entry.metric_id}"):
        kind = say("catalogue_duty" if entry.is_duty else "catalogue_number")
        parts.show(
            f'<div class="card-head"><h2>{escape(named(entry))}</h2>'
            f"<span>{escape(kind)}　{escape(say(f'concept_{entry.concept}'))}　{escape(entry.metric_id)}</span></div>"
        )
        lines = [[f"<b>{escape(say(key))}</b>", html] for key, html in _lines(door, choice, entry, details, rules)]
        parts.table([], lines, "facts explained", label=named(entry))
        if details.held:
            _history(details.held)


def levels_words(entry: Entry) -> str:
    """三级、二级网格 for a duty; 数值 for what nobody owes."""
    if not entry.is_duty:
        return say("catalogue_number")
    return say("catalogue_levels_text", levels=say("comma").join(say(f"level_{level}") for level in entry.levels))


def direction_words(entry: Entry) -> str:
    """越高越好; '' where the catalogue has none."""
    return say(f"direction_{entry.direction}") if entry.direction in ("up", "down", "neutral") else ""


def spell_words(since: date, until: date | None) -> str:
    """2021-05-07 起; 2021-05-07 至 2023-07-14."""
    if until is None:
        return say("catalogue_from", since=parts.day(since))
    return say("catalogue_span", since=parts.day(since), until=parts.day(until))


def link(choice: Choice, metric_id: str, words: str) -> str:
    """A metric's name as a link to its card, for the same month and county."""
    return parts.link("explain", choice.link(metric=metric_id, grid="", level="", state="", page=1), escape(words))


def _lines(door: Door, choice: Choice, entry: Entry, details: Details, rules: Shown) -> Iterator[tuple[str, str]]:
    """Key of the word and HTML of what stands beside it; what there is nothing to say of is left out."""
    yield "catalogue_formula", escape(formula(entry))
    if entry.formula_en:
        yield "catalogue_formula_en", f'<span lang="en">{escape(f"{entry.en}: {entry.formula_en}")}</span>'
    yield "catalogue_clause", "<br>".join(map(escape, [entry.clause, *_clauses(entry, rules)]))
    if entry.is_duty:
        yield "catalogue_levels", escape(levels_words(entry))
    if details.combined:
        yield "catalogue_combined", escape(details.combined)
    yield "catalogue_unit", escape("　".join(text for text in (unit(entry.unit), direction_words(entry)) if text))
    if entry.is_duty or entry.combine == "share":
        yield "catalogue_min", escape(say("catalogue_min_text", n=entry.min_n))
    if details.needs:
        yield "catalogue_needs", "<br>".join(map(escape, details.needs))
    if entry.owner_zh:
        yield "catalogue_owner", escape(entry.owner_zh)
    version = say("catalogue_version_text", version=entry.version, catalogue=door.build.catalogue_version)
    yield "catalogue_version", escape(version)
    yield "catalogue_figure", _figure(door, choice, entry)


def _clauses(entry: Entry, rules: Shown) -> list[str]:
    """What the scheme asks for in the clauses this metric measures."""
    return [
        say("catalogue_clause_text", id=clause.id, duty=clause.duty_zh)
        for clause in rules.clauses
        if entry.metric_id in dict(clause.metrics)
    ]


def _figure(door: Door, choice: Choice, entry: Entry) -> str:
    """How it stands in the chosen month for all that the reader sees, as a link to what it is made of."""
    told = _duty(door, choice, entry) if entry.is_duty else _number(door, choice, entry)
    return f"{escape(parts.place_words(door, choice.place))}　{escape(parts.month_label(door, choice.month))}　{told}"


def _duty(door: Door, choice: Choice, entry: Entry) -> str:
    level = headline_level(door.metrics[entry.metric_id], door.places[choice.place].level)
    figure = door.ask(figures, entry.metric_id, choice.place, choice.month).get(level)
    if figure is None:
        return escape(say("nothing_due"))
    rate = f"　{percent(figure.rate)}" if figure.has_percentage and figure.rate is not None else ""
    share = f"<b>{figure.on_time}</b> / {figure.due}{rate}" if figure.due else escape(numbers.nothing(figure))
    query = choice.link(metric=entry.metric_id, grid=choice.place, level=level, state="", page=1)
    opens = parts.link("obligations", query, escape(say("catalogue_open_duties")))
    return f"{escape(parts.level_words(level))}　{share}　{opens}"


def _number(door: Door, choice: Choice, entry: Entry) -> str:
    value = door.ask(values, choice.place, choice.month, "month").get(entry.metric_id)
    if value is None or not value.n:
        return escape(say("none"))
    query = {"indicator": entry.metric_id, "grid": choice.place, "month": choice.month}
    opens = parts.link("facts", query, escape(say("catalogue_open_facts")))
    amount = f"<b>{numbers.amount(value, value.value)}</b>{numbers.beside(value)}"
    return f"{amount}　{opens}"


def _history(held: tuple[Held, ...]) -> None:
    """Every limit, goal and weight that ever held, with its days and basis."""
    headers = [say(f"catalogue_{key}") for key in ("what", "rule", "since", "basis")]
    rows = [
        [
            escape(say(f"catalogue_kind_{one.kind}")),
            escape(one.text_zh),
            escape(spell_words(one.since, one.until)),
            f"{_ours(one)}{escape(one.basis_zh)}",
        ]
        for one in held
    ]
    parts.show(
        f'<h3 class="small-head">{escape(say("catalogue_held"))}</h3>'
        f'<p class="quiet">{escape(say("catalogue_held_note"))}</p>'
    )
    parts.table(headers, rows, "held", stacks=True)


def _ours(one: Held) -> str:
    return f'<span class="tag no_deadline">{escape(say("catalogue_ours"))}</span> ' if one.is_ours else ""
