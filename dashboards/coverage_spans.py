"""Special periods and the longest spans without a patrol on the page 巡查覆盖."""

from __future__ import annotations

from html import escape

from dashboards import coverage_calendar, downloads, parts
from dashboards.address import Choice
from dashboards.coverage_sites import lacking
from dashboards.data import Door
from dashboards.words import say
from pipelines.reports.carried import Value
from pipelines.snapshot.coverage_spans import Gap, Special, longest_gaps, specials

GAP = "effort_longest_gap_days"


def special_periods(door: Door, choice: Choice) -> None:
    """A line a period with its notice, what it asked of each grid, and what was made."""
    place, month = parts.place_words(door, choice.place), parts.month_label(door, choice.month)
    parts.section(f"{say('specials')}　{place}　{month}", say("specials_note"))
    found = door.ask(specials, choice.place, choice.month)
    if not found:
        parts.show(f'<p class="quiet">{escape(say("specials_none"))}</p>')
        return
    keys = ("special_name", "special_days", "special_notice", "special_asked", "special_made", "special_short")
    heads = [say(key) for key in (*keys, "special_open")]
    parts.table(heads, [_special(choice, one) for one in found], "specials", stacks=True)
    rows = [
        [
            _name(one),
            say("special_span", first=one.first_day, last=one.last_day),
            _notice(one),
            _asked(one),
            f"{one.made} / {one.owed}" if one.owed else "",
            f"{one.short} / {one.grids}" if one.grids else "",
            _open(one),
        ]
        for one in found
    ]
    definitions = [(say("specials"), say("specials_note"))]
    downloads.offer(door, f"{say('specials')}　{place}　{choice.month}", heads, rows, definitions)


def gaps(door: Door, choice: Choice, weeks: int) -> None:
    """The grids that were left alone longest, with the days."""
    place, month = parts.place_words(door, choice.place), parts.month_label(door, choice.month)
    parts.section(f"{say('gaps')}　{place}　{month}", say("gaps_note"))
    lacking(door, choice, GAP)
    found = door.ask(longest_gaps, choice.place, choice.month)
    if not found:
        parts.show(f'<p class="quiet">{escape(say("gaps_none"))}</p>')
        return
    heads = [say(key) for key in ("grid_any", "gap_days", "gap_span", "gap_before")]
    parts.table(heads, [_gap(choice, weeks, one) for one in found], "gaps", stacks=True)

    def rows() -> list[list[Value]]:
        return [[f"{one.county_name} {one.name}".strip(), one.days, _span(one), one.row_id] for one in found]

    definitions = [(say("gaps"), say("gaps_note"))]
    downloads.offer(door, f"{say('gaps')}　{place}　{choice.month}", heads, rows, definitions)


def _special(choice: Choice, one: Special) -> list[str]:
    notice = escape(_notice(one))
    query = choice.link(metric="patrol_frequency", grid=choice.place, month=one.period, level="all", state="", page=1)
    made = parts.link("obligations", query, f"{one.made} / {one.owed}")
    return [
        parts.to_row(one.row_id, _name(one)) or escape(_name(one)),
        escape(say("special_span", first=one.first_day, last=one.last_day)),
        notice if one.is_binding else f'<span class="partly">{notice}</span>',
        escape(_asked(one)),
        made if one.owed else escape(say("special_no_duty")),
        f"{one.short} / {one.grids}" if one.grids else say("none"),
        escape(_open(one)),
    ]


def _gap(choice: Choice, weeks: int, one: Gap) -> list[str]:
    name = f"{one.county_name} {one.name}".strip()
    query = {"indicator": GAP, "grid": one.grid_id, "month": choice.month}
    return [
        parts.link("coverage", coverage_calendar.link(choice, weeks, grid=one.grid_id), escape(name)),
        parts.link("facts", query, escape(say("days", n=one.days))),
        escape(_span(one)),
        parts.to_row(one.row_id, say("open_row")) or say("gap_whole"),
    ]


def _span(one: Gap) -> str:
    return say("special_span", first=one.first_day, last=one.last_day)


def _name(one: Special) -> str:
    return one.name or say("special_unnamed")


def _notice(one: Special) -> str:
    if not one.is_binding or one.notice_on is None:
        return say("special_not_binding")
    return say("special_noticed", no=one.notice_no, day=parts.day(one.notice_on))


def _asked(one: Special) -> str:
    if one.asked_least is None:
        return say("none")
    if one.asked_least == one.asked_most:
        return say("special_days_asked", n=one.asked_least)
    return say("special_days_between", least=one.asked_least, most=one.asked_most)


def _open(one: Special) -> str:
    told = [say(f"count_{state}", n=n) for state, n in (("unreported", one.unreported), ("pending", one.pending)) if n]
    return "　".join(told) or say("none")
