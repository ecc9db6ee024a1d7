"""Who went where: ordinary patrols by chance, and the cases every rule of coverage must get right."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from pipelines.demo.counties import COUNTIES, County
from pipelines.demo.facts import Moment, Patrol, whole_day
from pipelines.demo.places import CITY, UNITS, Land, Place, first_day, last_day, next_month
from pipelines.demo.roster import NAMESAKE, Post

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
}
SITES = ("砖厂", "养殖场", "采石场", "污水处理站", "水厂取水口", "食品加工厂", "木材加工厂", "加油站", "垃圾中转站")
STRANGER = "示例临时协查员"  # stands in no roster
OWN_KINDS = ("routine", "routine", "routine", "hazard_check", "special", "night")
UPPER_KINDS = ("supervision", "spot_check", "special", "double_random", "unannounced", "guidance")
UNIT_KINDS = ("surprise", "supervision", "spot_check", "joint", "follow_up")


class Staff:
    """The people of one county's roster: who is in post where on a day."""

    def __init__(self, posts: Iterable[Post], county_id: str) -> None:
        self._posts = [post for post in posts if post.county_id == county_id]

    def of(self, grid_id: str, day: date) -> list[str]:
        """Names of those in post in a grid that day, chief or head first."""
        found = [p for p in self._posts if p.grid_id == grid_id and p.covers(day) and p.name != NAMESAKE]
        return [p.name for p in sorted(found, key=lambda p: (p.post == "inspector", p.name))]

    def departed(self, grid_id: str, day: date) -> list[str]:
        """Names of the inspectors who had left a grid before that day."""
        found = [p for p in self._posts if p.grid_id == grid_id and p.post == "inspector"]
        return [p.name for p in found if p.valid_to is not None and p.valid_to < day]


class Month:
    """Makes the patrols of one county in one month."""

    def __init__(self, seed: int, land: Land, county: County, month: str, staff: Staff) -> None:
        self.rng = random.Random(f"{seed}/{county.county_id}/{month}/patrol")
        self.land, self.county, self.month, self.staff = land, county, month, staff

    def moment(self, day: date, hour: int | None = None) -> Moment:
        """A start on that day, as precise as the county's books."""
        at = datetime.combine(day, time(self.rng.randint(8, 16) if hour is None else hour, self.rng.randint(1, 59)))
        return whole_day(day) if self.county.is_daily else Moment(at)

    def any_day(self) -> date:
        """A day of the month; Sundays are rare."""
        day = first_day(self.month).replace(day=self.rng.randint(1, last_day(self.month).day))
        if day.weekday() == 6 and self.rng.random() > 0.2:
            return day + timedelta(days=-1 if day.day > 1 else 1)
        return day

    def patrol(self, place: Place, day: date, names: Sequence[str], kind: str) -> Patrol:
        """A patrol of these people at that place; its number is given when the month is complete."""
        rng = self.rng
        start = self.moment(day, 20 if kind == "night" else None)
        count = rng.choice((1, 1, 2, 3))
        sites = [f"{place.name}示例{rng.choice(SITES)}{rng.randint(1, 3)}号" for _ in range(count)]
        findings = rng.choice((0, 0, 0, 0, 1, 1, 2))
        return Patrol(
            county_id=self.county.county_id,
            month=self.month,
            number="",
            grid_id=place.grid_id,
            inspectors=tuple(names),
            leader=names[0],
            kind=kind,
            started_at=start,
            ended_at=None if start.is_day else start.at + timedelta(minutes=rng.randint(35, 170)),
            sites=tuple(dict.fromkeys(sites)),
            findings=findings,
            corrected=min(findings, rng.choice((0, 0, 1))),
        )

    def stated(self, patrol: Patrol, by_grid: str) -> Patrol:
        """Now and then the ledger names the grid that went."""
        return replace(patrol, by_grid=by_grid) if self.rng.random() < self.county.names_by_grid else patrol


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
            made += _special(maker)
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


def _of_units(maker: Month) -> Iterable[Patrol]:
    rng = maker.rng
    for unit in UNITS:
        area = [town for town in maker.land.towns(CITY) if maker.land.lies_in(town.grid_id, unit)]
        for _ in range(0 if (unit, maker.month) in IDLE else rng.randint(3, 5)):
            day, place = maker.any_day(), rng.choice(area)
            place = maker.land.places[place.county_id] if rng.random() < 0.1 else place
            names = rng.sample(maker.staff.of(unit, day), 2)
            yield maker.stated(maker.patrol(place, day, names, rng.choice(UNIT_KINDS)), unit)


def _special(maker: Month) -> Iterable[Patrol]:
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
