"""义务明细: the duties behind one figure, by state, a page at a time, each with its rows."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboards import controls, duties, parts
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.words import say
from pipelines.snapshot.evidence import uncredited
from pipelines.snapshot.standing import Figure, Metric, figures, percent
from pipelines.snapshot.walk import STATE_ZH, obligations

PAGE_SIZE = 20


def show() -> None:
    """Draw the page from the address bar."""
    door, choice = parts.begin(say("obligations"))
    _back(door, choice)
    metric = door.metrics[choice.metric]
    grid = choice.grid or choice.place
    level = choice.level or controls.level_for(door, choice, metric)
    figure = door.ask(figures, metric.metric_id, grid, choice.month).get(level)
    _head(door, choice, metric, grid, level, figure)
    total = (getattr(figure, choice.state) if choice.state else figure.obligations) if figure else 0
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(choice.page, pages)
    found = door.ask(
        obligations,
        metric.metric_id,
        grid,
        choice.month,
        level,
        choice.state or None,
        PAGE_SIZE,
        (page - 1) * PAGE_SIZE,
    )
    duties.duty_list(found, "list")
    if not found:
        parts.show(f'<p class="quiet">{escape(say("no_duties"))}</p>')
    if found and not any(duty.duty_row_id or duty.met_row_id for duty in found):
        parts.show(f'<p class="quiet">{escape(say("no_row"))}</p>')
    _turn(choice, grid, level, page, pages, total)
    if metric.concept == "coverage":
        _uncredited(door, grid, choice.month)
    parts.footer(door)


def _back(door: Door, choice: Choice) -> None:
    place = door.places[choice.grid] if choice.grid else door.places[choice.place]
    county = place.county_id if place.level == 3 else place.grid_id
    back = choice.link(place=county if county in door.places else choice.place, level="", state="", page=1)
    if place.level < 3:
        back.pop("grid", None)
    st.page_link(parts.OVERVIEW, label=say("back"), icon=":material/arrow_back:", query_params=back)


def _head(door: Door, choice: Choice, metric: Metric, grid: str, level: str, figure: Figure | None) -> None:
    where = parts.place_words(door, grid)
    month = parts.month_label(door, choice.month)
    parts.section(say("figure_head", metric=metric.zh, grid=where, month=month, level=parts.level_words(level)))
    if figure is None or not figure.due:
        parts.show(f'<p class="none-due">{escape(say("nothing_due"))}</p>')
    else:
        has_rate = figure.has_percentage and figure.rate is not None
        rate = f'<span class="rate">{percent(figure.rate or 0.0)}</span>' if has_rate else ""
        parts.show(f'<p class="xn"><b>{figure.on_time}</b> / {figure.due} {rate}</p>')
    if figure is None:
        return
    with st.container(key="states", horizontal=True, gap="xsmall"):
        counts = {"": figure.obligations, **{state: getattr(figure, state) for state in STATE_ZH}}
        for state, n in counts.items():
            words = (
                say("count", state=say(f"state_{state}"), n=f"**{n}**") if state else say("all_states", n=f"**{n}**")
            )
            chosen = f":primary[{words}]" if state == choice.state else words
            link = choice.link(grid=grid, level=level, state=state, page=1)
            st.page_link(parts.OBLIGATIONS, label=chosen, query_params=link, disabled=not n)


def _turn(choice: Choice, grid: str, level: str, page: int, pages: int, total: int) -> None:
    if pages == 1:
        return
    with st.container(key="turn", horizontal=True, vertical_alignment="center", gap="small"):
        for key, to in (("previous", page - 1), ("next", page + 1)):
            link = choice.link(grid=grid, level=level, page=to)
            st.page_link(parts.OBLIGATIONS, label=say(key), query_params=link, disabled=not 1 <= to <= pages)
        parts.show(f'<p class="quiet">{escape(say("page_of", page=page, pages=pages, n=total))}</p>')


def _uncredited(door: Door, grid: str, month: str) -> None:
    frame = door.ask(uncredited, grid, month)
    if frame.empty:
        return
    parts.section(say("uncredited"), say("uncredited_note"))
    for number, row in enumerate(frame.head(PAGE_SIZE).itertuples()):
        with st.container(key=f"duty-lost-{number}", horizontal=True, vertical_alignment="center", gap="small"):
            texts = [row.grid_name, parts.moment(row.started_at), row.inspectors, row.reason_zh]
            cells = "".join(f"<div class='what'>{escape(str(text))}</div>" for text in texts)
            parts.show(f'<div class="duty">{cells}</div>')
            st.page_link(parts.ROW, label=say("open_row"), query_params={"id": row.row_id})


show()
