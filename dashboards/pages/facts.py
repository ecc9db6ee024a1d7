"""数值明细: the facts one indicator's number is made of, each with the row it rests on."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboards import frame, numbers, parts, taken
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.words import formula, named, say
from pipelines.snapshot.fixed import fixed_figures, fixed_lines
from pipelines.snapshot.indicators import Fact, Value, facts, values

PAGE_SIZE = 50


def show() -> None:
    """Draw the page from the address bar."""
    door, choice = frame.begin(say("facts"))
    frame.navigation(choice, parts.FACTS)
    grid_id = choice.grid or choice.place
    asked = str(st.query_params.get("indicator", "")).strip()
    value = door.ask(values, grid_id, choice.month, "month").get(asked)
    if value is None:
        frame.notices([say("facts_unknown", value=asked[:24])])
    else:
        _head(door, choice, value, grid_id)
        _list(door, choice, value, grid_id)
    frame.footer(door)


def _head(door: Door, choice: Choice, value: Value, grid_id: str) -> None:
    entry = value.indicator
    where, month = parts.place_words(door, grid_id), parts.month_label(door, choice.month)
    parts.section(say("facts_head", number=named(entry), grid=where, month=month))
    number = "" if value.is_few else numbers.amount(value, value.value)
    number = f"{number}{numbers.beside(value)}".strip()
    fixed = door.ask(fixed_figures, entry.metric_id, grid_id, choice.month)
    said = fixed_lines(fixed, lambda number: numbers.amount(value, number))
    lines = [say("formula", text=formula(entry)), say("clause", text=entry.clause), *value.unmeasured, *said]
    told = "".join(f'<p class="about">{escape(line)}</p>' for line in lines)
    parts.show(f'<p class="xn"><b>{number}</b> <small>{escape(numbers.unit(value))}</small></p>{told}')


def _list(door: Door, choice: Choice, value: Value, grid_id: str) -> None:
    page = choice.page
    found = door.ask(facts, value.indicator.metric_id, grid_id, choice.month, PAGE_SIZE + 1, (page - 1) * PAGE_SIZE)
    if not found:
        parts.show(f'<p class="quiet">{escape(say("facts_none"))}</p>')
    headers = [say("number"), say("grid_any"), say("facts_what"), say("facts_row")]
    parts.table(headers, [_cells(fact) for fact in found[:PAGE_SIZE]], "facts", stacks=True)
    with st.container(key="turn", horizontal=True, gap="small"):
        for key, to, is_there in (("previous", page - 1, page > 1), ("next", page + 1, len(found) > PAGE_SIZE)):
            link = {**choice.link(page=to), "indicator": value.indicator.metric_id}
            parts.page_link(parts.FACTS, label=say(key), query_params=link, disabled=not is_there)
    if found:
        taken.counted(door, choice, value, grid_id)


def _cells(fact: Fact) -> list[str]:
    if fact.amount is None:
        counted = say("none")
    elif fact.is_time:
        counted = say("facts_ended" if fact.denominator else "facts_open", numerator=fact.numerator)
    elif fact.denominator is None:
        counted = say("facts_line", numerator=numbers.plain(fact.amount))
    else:
        counted = say("facts_share", numerator=numbers.plain(fact.amount), denominator=fact.denominator)
    where = fact.grid_name if fact.grid_name == fact.county_name else f"{fact.county_name} {fact.grid_name}".strip()
    number = fact.subject_id.rpartition("/")[2] if fact.subject_kind in ("problem", "patrol") else ""
    subject = f"{number}　{fact.subject_text}".strip("　")
    links = [
        parts.to_row(row_id, say(key))
        for row_id, key in ((fact.row_id, "facts_row"), (fact.subject_row_id, "facts_subject"))
        if row_id
    ]
    return [escape(counted), escape(where), escape(subject), "　".join(links) or escape(say("none"))]


show()
