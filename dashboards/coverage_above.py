"""Surprise inspections by unit and guidance by quarter on the page 巡查覆盖; what is missing is named."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby

from dashboards import downloads, parts
from dashboards.address import Choice
from dashboards.data import Door
from dashboards.words import say
from pipelines.snapshot.coverage_above import Guided, Quarter, UnitYear, guidance, surprises


def surprise_inspections(door: Door, choice: Choice) -> None:
    """A line a unit: x/n months, and the months that are missing."""
    place, month = parts.place_words(door, choice.place), parts.month_label(door, choice.month)
    parts.section(f"{say('surprises')}　{place}　{month}", say("surprises_note"))
    found = [unit for unit in door.ask(surprises, choice.place, choice.month) if unit.months]
    if not found:
        parts.show(f'<p class="quiet">{escape(say("surprises_none"))}</p>')
        return
    keys = ("surprise_unit", "surprise_xn", "surprise_missing", "surprise_unreported", "surprise_blind")
    heads = [say(key) for key in (*keys, "surprise_pending")]
    parts.table(heads, [_unit(choice, unit) for unit in found], "units", stacks=True)
    rows = [
        [unit.name, f"{unit.made} / {unit.due}", *(months_words(unit.named(state)) for state in _NAMED)]
        for unit in found
    ]
    definitions = [(say("surprises"), say("surprises_note"))]
    downloads.offer(door, f"{say('surprises')}　{place}　{choice.month}", heads, rows, definitions)


def guidance_by_quarter(door: Door, choice: Choice) -> None:
    """A line a quarter and level; behind it the grids that nobody came to."""
    place = parts.place_words(door, choice.place)
    parts.section(f"{say('guidance')}　{place}", say("guidance_note"))
    found = door.ask(guidance, choice.place, choice.month)
    if not found:
        parts.show(f'<p class="quiet">{escape(say("guidance_none"))}</p>')
        return
    keys = ("guidance_quarter", "guidance_by", "guidance_xn", "guidance_missing", "guidance_open")
    parts.table([say(key) for key in keys], [_quarter(choice, one) for one in found], "quarters", stacks=True)
    for one in found:
        missed = one.in_state("overdue")
        if missed:
            words = {"quarter": quarter_words(one.period), "level": _level(one)}
            with parts.drawer(
                say("guidance_grids", n=len(missed), **words), f"g-{one.period}-{one.owner_level}"
            ) as open_:
                if open_:
                    _named(choice, missed, one.period)
    heads = [say(key) for key in ("guidance_quarter", "guidance_by", "grid_any", "guidance_state")]
    rows = [
        [quarter_words(one.period), grid.owner_name, f"{grid.county_name} {grid.name}".strip(), _state(grid)]
        for one in found
        for grid in one.grids
    ]
    definitions = [(say("guidance"), say("guidance_note"))]
    downloads.offer(door, f"{say('guidance')}　{place}　{choice.month}", heads, rows, definitions)


def months_words(months: Iterable[str]) -> str:
    """2025年12月，2026年1、5月."""
    return say("clause_comma").join(
        say("months_of_year", year=year, months=say("comma").join(str(int(month[5:])) for month in of_year))
        for year, of_year in groupby(months, key=lambda month: month[:4])
    )


def quarter_words(period: str) -> str:
    """2026年第3季度, by its last month."""
    return say("quarter", year=period[:4], n=int(period[5:]) // 3)


_NAMED = ("overdue", "unreported", "not_measurable", "pending")


def _unit(choice: Choice, unit: UnitYear) -> list[str]:
    query = choice.link(place=unit.grid_id, grid="", level="", metric="", state="", page=1)
    cells = [parts.link("coverage", query, escape(unit.name))]
    cells.append(f"{unit.made} / {unit.due}" if unit.due else say("none"))
    for state in _NAMED:
        months = unit.named(state)
        nothing = say("surprise_all_made") if state == "overdue" and unit.due else say("none")
        cells.append(_months(choice, unit, months) or f'<span class="quiet">{escape(nothing)}</span>')
    return cells


def _months(choice: Choice, unit: UnitYear, months: Iterable[str]) -> str:
    """The months in words; each opens its duty."""
    told = []
    for year, of_year in groupby(months, key=lambda month: month[:4]):
        links = [
            _duties(choice, "surprise_inspection", unit.grid_id, month, "1", "", str(int(month[5:])))
            for month in of_year
        ]
        told.append(say("months_of_year", year=year, months=say("comma").join(links)))
    return say("clause_comma").join(told)


def _quarter(choice: Choice, one: Quarter) -> list[str]:
    owners = {grid.owner_id for grid in one.grids}
    grid = owners.pop() if len(owners) == 1 else choice.place
    level = str(one.owner_level)

    def count(state: str, words: str) -> str:
        return _duties(choice, "upper_guidance", grid, one.period, level, state, words)

    missed = one.states.get("overdue", 0)
    still = [
        count(state, say(f"count_{state}", n=one.states[state]))
        for state in ("unreported", "pending")
        if state in one.states
    ]
    return [
        escape(quarter_words(one.period)),
        escape(_level(one)),
        count("", f"{one.states.get('on_time', 0)} / {one.due}") if one.due else say("none"),
        count("overdue", f'<b class="tag overdue">{missed}</b>') if missed else "0" if one.due else say("none"),
        "　".join(still) or say("none"),
    ]


def _named(choice: Choice, grids: Iterable[Guided], period: str) -> None:
    """Names by county; each opens the grid's file."""
    lines = []
    for county, of_county in groupby(grids, key=lambda grid: grid.county_name):
        names = []
        for grid in of_county:
            query = choice.link(month=period, grid=grid.grid_id, level="", metric="", state="", page=1)
            names.append(parts.link("grid", query, escape(grid.name)))
        lines.append(f"<p class='grids'>{f'<b>{escape(county)}</b>　' if county else ''}{'　'.join(names)}</p>")
    parts.show("".join(lines))


def _duties(choice: Choice, metric: str, grid: str, month: str, level: str, state: str, html: str) -> str:
    query = choice.link(metric=metric, grid=grid, month=month, level=level, state=state, page=1)
    return parts.link("obligations", query, html)


def _level(one: Quarter) -> str:
    return parts.level_words(str(one.owner_level))


def _state(grid: Guided) -> str:
    return say("guidance_missing") if grid.state == "overdue" else say(f"state_{grid.state}")
