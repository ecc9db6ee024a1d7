"""The grid registers, each sent once. The detachment's: a township that takes a new name, its units with their
departments, and the 五定 of one county's townships. A county's own: its 五定, some of it missing or late.

Who writes ledgers after the change uses the new name and now and then the old one. Where the register is not part
of what is sent, nobody knows of the new name and all is written as before.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipelines.demo.cells import Cell, Line, Word
from pipelines.demo.facts import Delivery, Plan
from pipelines.demo.places import CITY, UNITS, Land, Place, first_day

RENAMED, NEW_NAME, NEW_SINCE = "g430921201", "乌嘴镇", "2026-07"
FIXED_COUNTY = "nanxian"
SCHEME_BEGAN = date(2021, 5, 7)
# What is fixed, by which invented document, and when.
FIXED = (
    ("fixed_area", "区域划分方案", date(2021, 6, 1)),
    ("fixed_staff", "人员名单", date(2021, 6, 8)),
    ("fixed_duty", "职责清单", date(2021, 6, 8)),
    ("fixed_task", "年度任务书", date(2026, 1, 15)),
    ("fixed_reward", "奖惩办法", date(2021, 7, 1)),
)


OWN_COUNTY, LATE_FIXED = "taojiang", date(2025, 2, 14)


def land_as_named(plan: Plan, month: str) -> Land:
    """The land under the names that ledgers of a month use."""
    is_told = any("grid" in delivery.tables for delivery in plan.deliveries.values() if delivery.county_id == CITY)
    if not is_told or month < NEW_SINCE:
        return plan.land
    old = plan.land.places[RENAMED]
    new = replace(old, name=NEW_NAME, aliases=(*old.aliases, old.name))
    return replace(plan.land, places={**plan.land.places, RENAMED: new})


def register_lines(plan: Plan, delivery: Delivery) -> list[Line]:
    """The register of the detachment or of a county."""
    return _own(plan.land) if delivery.county_id == OWN_COUNTY else _detachments(plan.land)


def _detachments(land: Land) -> list[Line]:
    """The units, every township of one county as the scheme began, and the renamed one from its day on."""
    units = [_line(land, land.places[unit], SCHEME_BEGAN) for unit in UNITS]
    towns = [_line(land, town, SCHEME_BEGAN) for town in land.towns(FIXED_COUNTY)]
    old = land.places[RENAMED]
    renamed = _line(land, replace(old, name=NEW_NAME), first_day(NEW_SINCE))
    return [*units, *towns, renamed.but(former_name=(old.name,))]


def _own(land: Land) -> list[Line]:
    """A county and its townships: some without a list of duties, some whose tasks were fixed only this year."""
    lines = [_line(land, land.places[OWN_COUNTY], SCHEME_BEGAN)]
    for place, town in enumerate(land.towns(OWN_COUNTY)):
        line = _line(land, town, SCHEME_BEGAN).but(fixed_task_on=LATE_FIXED)
        if place % 4 == 1:
            line = line.but(fixed_duty=None, fixed_duty_on=None)
        if place % 5 == 2:
            line = line.but(fixed_reward_on=None)
        lines.append(line.but(fixed_staff_on=LATE_FIXED) if place % 3 == 0 else line)
    return lines


def _line(land: Land, place: Place, since: date) -> Line:
    fixed: dict[str, Cell] = {}
    for cell, document, day in FIXED:
        fixed |= {cell: f"{place.name}网格{document}（示例）", f"{cell}_on": max(day, since)}
    body = {1: "市支队", 2: f"{place.name}生态环境保护综合行政执法大队"}.get(place.level, f"{place.name}人民政府")
    return Line(
        f"{place.code}/{since}",
        {
            "code": place.other_code or place.code,
            "name": place.name,
            "level": Word("grid.level", str(place.level)),
            "parent": land.places[place.parent_id].name,
            "responsible_body": body,
            "departments": place.departments or None,
            "is_patrol_grid": place.is_patrol_grid,
            "is_key_area": None,
            "former_name": None,
            "valid_from": since,
            "valid_to": None,
            **fixed,
        },
    )
