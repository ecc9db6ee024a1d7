"""Who went where: ordinary patrols by chance, and the cases every rule of coverage must get right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipelines.demo.counties import COUNTIES
from pipelines.demo.facts import Patrol
from pipelines.demo.patrol_cases import special_patrols
from pipelines.demo.patrol_maker import STRANGER, Month, Staff
from pipelines.demo.places import CITY, UNITS, Land, next_month
from pipelines.demo.roster import LOST_INSPECTORS, LOST_SINCE, WITHOUT_INSPECTORS, Post

# Nobody of these grids goes in that month; the special cases below say what happens instead.
IDLE = {
    ("u3", "2026-08"),
    ("datonghu", "2026-06"),
    ("g430923212", "2026-08"),
    ("g430923211", "2026-06"),
    ("g430903113", "2026-09"),
    ("g430923200", "2026-05"),
    ("g430921201", "2026-05"),
    ("g430921132", "2026-07"),
    ("g430902203", "2026-08"),
    ("g430981112", "2025-09"),
    ("u4", "2025-05"),
    ("taojiang", "2025-10"),
    ("g430971130", "2025-12"),
    ("g430981108", "2025-12"),
}
OWN_KINDS = ("routine", "routine", "routine", "hazard_check", "special", "night")
UPPER_KINDS = ("supervision", "spot_check", "special", "double_random", "unannounced", "guidance")
UNIT_KINDS = ("surprise", "supervision", "spot_check", "joint", "follow_up")


def plan_patrols(
    seed: int, land: Land, posts: Sequence[Post], months: Sequence[str], counties: Sequence[str]
) -> tuple[Patrol, ...]:
    """All patrols that some ledger of these counties and months should hold, in the order of the ledgers."""
    found: list[Patrol] = []
    for county_id in counties:
        staff = Staff(posts, county_id)
        for month in months:
            maker = Month(seed, land, COUNTIES[county_id], month, staff)
            made = list(_of_units(maker) if county_id == CITY else _of_county(maker))
            made += special_patrols(maker)
            made.sort(key=lambda p: (p.started_at.at, p.grid_id, p.inspectors))
            found += [replace(p, number=maker.county.patrol_no(month, n)) for n, p in enumerate(made, start=1)]
    return tuple(found)


def _of_county(maker: Month) -> Iterable[Patrol]:
    rng, county_id = maker.rng, maker.county.county_id
    county_works = (county_id, maker.month) not in IDLE
    for town in maker.land.towns(county_id):
        times = rng.choice((1, 3, 3, 4, 4, 5)) if rng.random() < 0.93 else 0
        times = min(times, 1) if not town.is_patrol_grid else times
        for _ in range(0 if (town.grid_id, maker.month) in IDLE else times):
            day = maker.any_day()
            own, upper = maker.staff.of(town.grid_id, day), maker.staff.of(county_id, day)
            if _is_unlisted(town.grid_id, maker.month):
                yield maker.patrol(town, day, [STRANGER], rng.choice(OWN_KINDS))
                continue
            if not own:
                continue
            names = rng.sample(own, min(len(own), rng.choice((1, 2, 2))))
            names += [STRANGER] if rng.random() < 0.02 else []
            if rng.random() < 0.06 and county_works:
                yield maker.patrol(town, day, [rng.choice(upper), *names], "joint")
                continue
            patrol = maker.stated(maker.patrol(town, day, names, rng.choice(OWN_KINDS)), town.grid_id)
            late_entry = rng.random() < 0.03 and patrol.started_at.day.day > 20
            yield replace(patrol, month=next_month(maker.month)) if late_entry else patrol
    for _ in range(rng.randint(4, 7) if county_works else 0):
        day, town = maker.any_day(), rng.choice(maker.land.towns(county_id))
        place = maker.land.places[county_id] if rng.random() < 0.1 else town
        upper = maker.staff.of(county_id, day)
        yield maker.stated(maker.patrol(place, day, rng.sample(upper, 2), rng.choice(UPPER_KINDS)), county_id)


def _is_unlisted(grid_id: str, month: str) -> bool:
    """True where only people go of whom the roster does not know."""
    return grid_id in WITHOUT_INSPECTORS or (grid_id == LOST_INSPECTORS and month >= LOST_SINCE)


def _of_units(maker: Month) -> Iterable[Patrol]:
    rng = maker.rng
    for unit in UNITS:
        area = [town for town in maker.land.towns(CITY) if maker.land.lies_in(town.grid_id, unit)]
        for _ in range(0 if (unit, maker.month) in IDLE else rng.randint(3, 5)):
            day, place = maker.any_day(), rng.choice(area)
            place = maker.land.places[place.county_id] if rng.random() < 0.1 else place
            names = rng.sample(maker.staff.of(unit, day), 2)
            yield maker.stated(maker.patrol(place, day, names, rng.choice(UNIT_KINDS)), unit)
