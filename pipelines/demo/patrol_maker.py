"""The people of a county, and patrols made of them by the chance of one month."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from pipelines.demo.counties import County
from pipelines.demo.facts import Patrol
from pipelines.demo.moments import Moment, whole_day
from pipelines.demo.places import Land, Place, first_day, last_day
from pipelines.demo.roster import NAMESAKE, Post

SITES = ("砖厂", "养殖场", "采石场", "污水处理站", "水厂取水口", "食品加工厂", "木材加工厂", "加油站", "垃圾中转站")
STRANGER = "示例临时协查员"  # stands in no roster


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
