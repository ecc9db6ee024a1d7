"""The patrols that every rule of coverage must get right, each a case of something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from pipelines.demo.facts import Patrol
from pipelines.demo.patrol_maker import Month
from pipelines.demo.places import first_day
from pipelines.demo.roster import NAMESAKE


def special_patrols(maker: Month) -> Iterable[Patrol]:
    """The cases of this county and month, each with what it is a case of."""

    def at(grid_id: str, day: int, names: Sequence[str], kind: str = "routine") -> Patrol:
        return maker.patrol(maker.land.places[grid_id], first_day(maker.month).replace(day=day), names, kind)

    def own(grid_id: str, day: int) -> list[str]:
        return maker.staff.of(grid_id, first_day(maker.month).replace(day=day))[:2]

    def departed(grid_id: str, day: int) -> list[str]:
        return maker.staff.departed(grid_id, first_day(maker.month).replace(day=day))

    match maker.county.county_id, maker.month:
        case "anhua", "2026-05":  # the namesake of Anhua counts in Anhua
            yield at("g430923200", 19, [NAMESAKE])
        case "nanxian", "2026-05":  # and that of Nanxian in Nanxian
            yield at("g430921201", 20, [NAMESAKE])
        case "anhua", "2026-06":
            # Stated by_grid elsewhere counts for nobody; an unknown one leaves it to the posts of the people.
            yield replace(at("g430923209", 11, own("g430923211", 11)), by_grid="g430923211")
            yield replace(at("g430923200", 12, own("g430923200", 12)), by_text="综合执法办")
        case "anhua", "2026-08":  # left in July, still named in August
            yield at("g430923212", 18, departed("g430923212", 18))
        case "heshan", "2026-09":  # left in August, still named in September
            yield at("g430903113", 9, departed("g430903113", 9))
        case "yuanjiang", "2026-08":  # the only August patrol of Yuanjiang that ever arrives, in September's ledger
            yield replace(at("g430981107", 27, own("g430981107", 27)), month="2026-09")
        case "yuanjiang", "2025-12":  # told in January's folder, where days are written without the year
            yield replace(at("g430981108", 29, own("g430981108", 29)), month="2026-01")
        case "nanxian", "2026-07":  # people of two townships: only the one that was visited is theirs
            yield at("g430921131", 8, [own("g430921131", 8)[0], own("g430921132", 8)[0]], "joint")
        case "heshan", "2026-10":  # the first days of November in a late ledger
            for grid_id, day in (("g430903101", 2), ("g430903111", 3), ("g430903001", 4)):
                november, place = date(2026, 11, day), maker.land.places[grid_id]
                yield maker.patrol(place, november, maker.staff.of(grid_id, november)[:2], "routine")
        case "city", "2026-08":  # the third unit, but outside its area
            yield at("g430903007", 13, own("u3", 13), "surprise")
        case _:
            return
