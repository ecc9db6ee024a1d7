"""The detachment's grid register, sent once: a township that takes a new name, and the 五定 of one county's townships.

Who writes ledgers after the change uses the new name and now and then the old one. Where the register is not part
of what is sent, nobody knows of the new name and all is written as before.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipelines.demo.cells import Cell, Line, Word
from pipelines.demo.deliveries import ONCE
from pipelines.demo.facts import Delivery, Plan
from pipelines.demo.places import Land, Place, first_day

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


def land_as_named(plan: Plan, month: str) -> Land:
    """The land under the names that ledgers of a month use."""
    is_told = any(key in plan.deliveries for key, tables in ONCE.items() if "grid" in tables)
    if not is_told or month < NEW_SINCE:
        return plan.land
    old = plan.land.places[RENAMED]
    new = replace(old, name=NEW_NAME, aliases=(*old.aliases, old.name))
    return replace(plan.land, places={**plan.land.places, RENAMED: new})


def register_lines(plan: Plan, _: Delivery) -> list[Line]:
    """Every township of the county as the scheme began, and the renamed one from its day on."""
    towns = [_line(plan.land, town, SCHEME_BEGAN) for town in plan.land.towns(FIXED_COUNTY)]
    old = plan.land.places[RENAMED]
    renamed = _line(plan.land, replace(old, name=NEW_NAME), first_day(NEW_SINCE))
    return [*towns, renamed.but(former_name=(old.name,))]


def _line(land: Land, place: Place, since: date) -> Line:
    fixed: dict[str, Cell] = {}
    for cell, document, day in FIXED:
        fixed |= {cell: f"{place.name}网格{document}（示例）", f"{cell}_on": max(day, since)}
    return Line(
        f"{place.code}/{since}",
        {
            "code": place.other_code or place.code,
            "name": place.name,
            "level": Word("grid.level", str(place.level)),
            "parent": land.places[place.parent_id].name,
            "responsible_body": f"{place.name}人民政府",
            "is_patrol_grid": place.is_patrol_grid,
            "is_key_area": None,
            "former_name": None,
            "valid_from": since,
            "valid_to": None,
            **fixed,
        },
    )
