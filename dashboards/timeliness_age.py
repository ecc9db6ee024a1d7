"""How long open rectifications are past their limit, the oldest by number; putting right in days, open ones counted."""

from __future__ import annotations

from html import escape

import plotly.graph_objects as go
import streamlit as st

from dashboards import downloads, parts
from dashboards import figures_timeliness as draw
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.townships import CHART
from dashboards.words import month_words, say
from pipelines.snapshot import CITY, Scope, Snapshot
from pipelines.snapshot.indicators import values
from pipelines.snapshot.standing import percent
from pipelines.snapshot.timeliness import BANDS, AtRisk, Duration, Overdue, duration, oldest


def ageing(door: Door, choice: Choice) -> None:
    """Four bands of days over, each opening its facts; then the oldest ten."""
    where = parts.place_words(door, choice.grid)
    parts.section(f"{say('ageing')}　{where}", say("ageing_note", month=month_words(choice.month)))
    if choice.month > f"{door.build.as_of:%Y-%m}":
        parts.show(f'<p class="quiet">{escape(say("ageing_later"))}</p>')
        return
    found = door.ask(values, choice.grid, choice.month, "month")
    bands = [found[band] for band in BANDS if band in found]
    counted = [band for band in bands if band.value is not None]
    if not counted:
        parts.show(f'<p class="none-due">{escape(say("blind"))}</p><p class="quiet">{escape(say("ageing_blind"))}</p>')
        return
    cells = []
    for band in counted:
        query = {"indicator": band.indicator.metric_id, "grid": choice.grid, "month": choice.month}
        n = f"<b>{band.numerator}</b>"
        n = parts.link("facts", query, n) if band.n else n
        cells.append(f"<li><span>{escape(say(f'band_{band.indicator.metric_id}'))}</span>{n}</li>")
    parts.show(f'<ul class="bands">{"".join(cells)}</ul>')
    lacking = counted[0].unmeasured
    if lacking:
        words = say("ageing_lacking", n=len(lacking), names=say("semicolon").join(lacking))
        parts.show(f'<p class="quiet">{escape(words)}</p>')
    _oldest(door, choice, where)


def survival(door: Door, choice: Choice) -> None:
    """The curve with its band, the median with its interval, and how many were still going on."""
    where, span = parts.place_words(door, choice.grid), parts.span_label(door, choice)
    parts.section(f"{say('survival')}　{where}", say("survival_note", span=span))
    asked = (choice.grid, choice.span, choice.period)
    found = door.ask(duration, *asked)
    if found is None:
        parts.show(f'<p class="quiet">{escape(say("survival_none"))}</p>')
        return
    if found.is_few:
        parts.show(f'<p class="about">{escape(say("survival_few", n=found.n, events=found.events))}</p>')
        return
    words = f"{say('survival_count', n=found.n, events=found.events)}{_median(found)}"
    query = {"indicator": "median_days_to_rectify", "grid": choice.grid, "month": choice.month}
    text = escape(words)
    if choice.span == "month":  # the facts' own page is of one month
        text = parts.link("facts", query, text)
    parts.show(f'<p class="about strong">{text}</p>')
    if not found.steps:
        parts.show(f'<p class="quiet">{escape(say("survival_no_curve"))}</p>')
        return
    told = say("clause_comma").join(
        say("survival_mark", day=mark.day, share=percent(mark.survival))
        for mark in found.marks
        if mark.survival is not None
    )
    alt = say("survival_alt", n=found.n, events=found.events, marks=told)
    has_city = choice.grid != CITY and CITY in door.places
    st.plotly_chart(door.ask(_curve, *asked, where, has_city), key="survival", theme=None, config=CHART, alt=alt)
    _at_risk(door, found.marks, f"{say('at_risk')}　{where}　{span}")


def _curve(
    snapshot: Snapshot, scope: Scope, grid_id: str, span: str, period: str, name: str, has_city: bool
) -> go.Figure:
    own = duration(snapshot, scope, grid_id, span, period)
    if own is None:
        raise ValueError(f"no curve of {grid_id} in {period}")  # the caller has one in hand
    return draw.survival(own, name, duration(snapshot, scope, CITY, span, period) if has_city else None)


def _median(found: Duration) -> str:
    if found.median is None:
        return say("median_none")
    numbers = {"median": f"{found.median:g}", "low": f"{found.median_low:g}" if found.median_low is not None else "0"}
    if found.median_high is None:
        return say("median_open_end", **numbers)
    return say("median", high=f"{found.median_high:g}", **numbers)


def _at_risk(door: Door, marks: tuple[AtRisk, ...], name: str) -> None:
    headers = [say("at_risk_day"), *(str(mark.day) for mark in marks)]
    shares = [percent(mark.survival) if mark.survival is not None else say("none") for mark in marks]
    parts.table(
        headers,
        [
            [escape(say("at_risk")), *(str(mark.at_risk) for mark in marks)],
            [escape(say("still_share")), *(escape(share) for share in shares)],
        ],
        "at-risk",
        label=say("survival"),
    )
    rows = [[mark.day, mark.at_risk, share] for mark, share in zip(marks, shares, strict=True)]
    about = [(say("at_risk"), say("at_risk_note")), (say("still_share"), say("still_share_note"))]
    downloads.offer(door, name, [say("at_risk_day"), say("at_risk"), say("still_share")], rows, about)


def _oldest(door: Door, choice: Choice, where: str) -> None:
    found = door.ask(oldest, choice.grid, choice.month)
    if not found:
        parts.show(f'<p class="quiet">{escape(say("ageing_none"))}</p>')
        return
    parts.show(f'<h3 class="small-head">{escape(say("oldest", n=len(found)))}</h3>')
    parts.show(f'<p class="quiet">{escape(say("oldest_note", month=month_words(choice.month)))}</p>')
    headers = [say(key) for key in ("problem_no", "where", "what", "due_day", "days_over", "facts_row")]
    parts.table(headers, [_overdue_cells(one) for one in found], "oldest", stacks=True)
    rows = [
        [one.problem_no, _place(one), one.description, parts.day(one.due_at), one.days_over, one.row_id]
        for one in found
    ]
    about = [(say("days_over"), say("ageing_note", month=month_words(choice.month)))]
    downloads.offer(door, f"{say('ageing')}　{where}　{choice.month}", headers, rows, about)


def _overdue_cells(one: Overdue) -> list[str]:
    done = f" <small>{escape(say('done_later', day=one.met_on))}</small>" if one.met_on else ""
    return [
        escape(one.problem_no),
        escape(_place(one)),
        escape(one.description),
        escape(parts.day(one.due_at)),
        f"<b>{escape(say('days', n=one.days_over))}</b>{done}",
        parts.to_row(one.row_id, say("open_row")) or escape(say("none")),
    ]


def _place(one: Overdue) -> str:
    return f"{one.county_name} {one.grid_name}".strip()
