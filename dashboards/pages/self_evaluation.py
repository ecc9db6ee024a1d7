"""年度自评: who sent it, with whom to speak, self beside computed, how far they agree, measures, one grid's facts."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboards import (
    address,
    controls,
    frame,
    parts,
    self_agreed,
    self_gaps,
    self_grid,
    self_measures,
    self_sent,
    self_talks,
)
from dashboards.self_links import Page
from dashboards.words import say
from pipelines.settings import beijing_now
from pipelines.snapshot import CITY
from pipelines.snapshot.self_year import Year, evaluated, years


def show() -> None:
    """Draw the page from the address bar."""
    door, choice = frame.begin(say("self_page"))
    frame.navigation(choice, parts.SELF)
    frame.age_notice(door, beijing_now())
    known = door.ask(years)
    if not known:
        parts.show(f'<p class="quiet">{escape(say("self_none"))}</p>')
        frame.footer(door)
        return
    year = _year(known)
    controls.years(door, choice, [one.year for one in reversed(known)], year.year)
    page = Page(door, choice, year.year, choice.grid or choice.place)
    parts.section(say("self_title", year=page.year, place=page.place), say("self_about"))
    if not year.is_due:
        frame.notices([say("self_not_due")])
    if door.ask(evaluated, page.grid_id, page.year):
        for part in (self_sent, self_talks, self_gaps, self_agreed):
            part.show(page)
    else:
        parts.show(f'<p class="quiet">{escape(say("self_nothing"))}</p>')
    self_measures.show(page)
    if page.grid_id != CITY:
        self_grid.show(page)
    frame.footer(door)


def _year(known: tuple[Year, ...]) -> Year:
    """The year in the address bar; else the last whose evaluations are due, and a notice where another was named."""
    usual = next((one for one in reversed(known) if one.is_due), known[-1])
    given = str(st.query_params.get("year", "")).strip()
    of_text = {str(one.year): one for one in known}
    if given and given not in of_text:
        frame.notices([say("unknown_year", value=given[: address.SHOWN_LENGTH], used=usual.year)])
    return of_text.get(given, usual)


show()
