"""履职追溯: a grid or site and a day: who stood in post, who had been there, what was owed, what was found and when."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from html import escape

import streamlit as st

from dashboards import downloads, frame, history_asked, history_parts, parts
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.history_asked import Asked
from dashboards.history_lines import Line
from dashboards.history_told import told
from dashboards.townships import CHART
from dashboards.words import say
from pipelines.reports.carried import Value
from pipelines.settings import beijing_now
from pipelines.snapshot import CITY
from pipelines.snapshot.history_of import sites_of

PAGE_SIZE = 120


def show() -> None:
    """Draw the page from the address bar."""
    door, choice = frame.begin(say("history"))
    frame.navigation(choice, parts.HISTORY)
    frame.age_notice(door, beijing_now())
    asked, notices = history_asked.read(door, choice.grid or choice.place)
    frame.notices(notices)
    parts.show(f'<p class="quiet">{escape(say("history_note"))}</p>')
    history_asked.pick(door, asked)
    if asked.grid_id == CITY:
        frame.notices([say("history_city")])
    else:
        where = parts.place_words(door, asked.grid_id)
        _of_place(door, choice, asked, where)
    frame.footer(door)


def _of_place(door: Door, choice: Choice, asked: Asked, where: str) -> None:
    if asked.site_id:
        where = f"{where} {door.ask(sites_of, asked.grid_id)[asked.site_id]}"
    history_parts.in_post(door, asked, where)
    found = door.ask(told, asked.grid_id, asked.site_id, asked.day, asked.before, asked.after)
    history_parts.near(found.nearest, asked)
    unknown = history_parts.unknown(door, asked)
    shown = [one for one in found.lines if one.kind == asked.show] if asked.show else list(found.lines)
    span = {"first": parts.day(asked.first), "last": parts.day(asked.last)}
    own = say("history_timeline_own") if door.places[asked.grid_id].level < 3 else ""
    parts.section(f"{say('history_timeline')}　{where}", say("history_timeline_note", **span) + own)
    if not shown:
        parts.show(f'<p class="quiet">{escape(say("history_nothing"))}</p>')
        return
    alt = say("history_strip_alt", n=len(found.lines), **span)
    st.plotly_chart(found.strip, key="history_strip", theme=None, config=CHART, alt=alt)
    begins = bisect_left(shown, asked.first, key=_day)
    _earlier(choice, shown[:begins])
    _table(choice, asked, shown[begins:])
    _offer(door, asked, where, shown, unknown)


def _earlier(choice: Choice, lines: list[Line]) -> None:
    """What went before the span of the problems that were still open in it; sent once it is opened."""
    if lines:
        with parts.drawer(say("history_earlier", n=len(lines)), "history_earlier") as is_open:
            if is_open:
                _lines([_row(choice, one) for one in lines])


def _table(choice: Choice, asked: Asked, lines: list[Line]) -> None:
    """A page of the timeline: the one that holds the day where the address names none."""
    turning = bisect_left(lines, asked.day, key=_day)
    pages = -(-len(lines) // PAGE_SIZE)
    usual = min(turning // PAGE_SIZE + 1, pages)
    page = min(choice.page, pages) if "page" in st.query_params else usual
    first = (page - 1) * PAGE_SIZE
    mark = f'<tr class="asked"><th colspan="5">{escape(say("history_asked_day", day=parts.day(asked.day)))}</th></tr>'
    rows = []
    for n, one in enumerate(lines[first : first + PAGE_SIZE], first):
        rows += [mark] if n == turning else []
        rows.append(_row(choice, one))
    rows += [mark] if turning == len(lines) and page == pages else []
    _lines(rows)
    _turn(asked, page, pages, len(lines))


def _day(one: Line) -> date:
    """What the lines are in order of."""
    return one.day


def _lines(rows: list[str]) -> None:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in _headers())
    whole = f'<table class="plain timeline stacks"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
    parts.wide(whole, say("history_timeline"))


def _headers() -> list[str]:
    return [say(f"history_{name}") for name in ("when", "what", "who", "wrote", "row")]


def _row(choice: Choice, one: Line) -> str:
    precision = "" if one.precision == "minute" else say(f"history_precision_{one.precision}")
    when = f"{parts.day(one.day)} {one.clock}".strip()
    tag = f'<span class="tag {one.state}">{escape(say(f"state_{one.state}"))}</span> ' if one.state else ""
    links = [parts.to_row(row_id, word) for word, row_id in one.rows]
    links += [_duties_link(choice, one)] if one.duty and not links else []
    cells = [
        f"{escape(when)} <small>{escape(precision)}</small>" if precision else escape(when),
        f"{tag}{escape(one.what)}",
        "".join(f"<span>{escape(text)}</span>" for text in one.who),
        "".join(f"<span>{escape(text)}</span>" for text in one.wrote) or '<span class="nothing"></span>',
        "　".join(links),
    ]
    tds = "".join(f'<td data-label="{escape(head)}">{cell}</td>' for head, cell in zip(_headers(), cells, strict=True))
    return f'<tr class="of-{one.kind}">{tds}</tr>'


def _duties_link(choice: Choice, one: Line) -> str:
    duty = one.duty
    if duty is None:
        return ""
    level = str(duty.owner_level)
    query = choice.link(month=duty.period, metric=duty.metric_id, grid=duty.grid_id, level=level, state="", page=1)
    return parts.link("obligations", query, escape(say("obligations")))


def _turn(asked: Asked, page: int, pages: int, total: int) -> None:
    if pages == 1:
        return
    with st.container(key="turn", horizontal=True, vertical_alignment="center", gap="small"):
        for key, to in (("previous", page - 1), ("next", page + 1)):
            link = history_asked.link(asked, page=str(to))
            parts.page_link(parts.HISTORY, label=say(key), query_params=link, disabled=not 1 <= to <= pages)
        parts.show(f'<p class="quiet">{escape(say("page_of", page=page, pages=pages, n=total))}</p>')


def _row_ids(one: Line) -> tuple[str, str]:
    """The row a line rests on, and of a duty the one that fulfilled it."""
    if one.duty is not None:
        return one.duty.duty_row_id, one.duty.met_row_id
    return (one.rows[0][1] if one.rows else "", "")


def _offer(door: Door, asked: Asked, where: str, lines: list[Line], unknown: list[str]) -> None:
    """All lines that are shown, not this page's alone, with what nobody can know among the definitions."""
    columns = ("column_day", "column_clock", "column_precision", "column_kind", "what", "column_state", "who", "wrote")
    headers = [say(f"history_{name}") for name in (*columns, "row", "column_met_row")]

    def rows() -> list[list[Value]]:
        return [
            [
                one.day,
                one.clock,
                say(f"history_precision_{one.precision}"),
                say(f"history_show_{one.kind}"),
                one.what,
                say(f"state_{one.state}") if one.state else "",
                say("semicolon").join(one.who),
                say("semicolon").join(one.wrote),
                *_row_ids(one),
            ]
            for one in lines
        ]

    span = {"first": parts.day(asked.first), "last": parts.day(asked.last)}
    about = [
        (where, say("history_asked_day", day=parts.day(asked.day))),
        (say("history_timeline"), say("history_timeline_note", **span)),
        (say("history"), say("history_told_lead")),
        (say("history_show_duty"), say("history_told_entry")),
        (say("history_column_precision"), say("history_told_precision")),
        (say("history_row"), say("history_told_row")),
        *((say("history_told_gap"), text) for text in unknown),
    ]
    name = f"{say('history_timeline')}　{where}　{parts.day(asked.day)}"
    downloads.offer(door, name, headers, rows, about)


show()
