"""The city as the demo knows it: grids with their areas, and the days on which people work.

Read from sql/seeds/grid.csv and sql/seeds/calendar.csv as plain facts; no rule of sql/ is used.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

CITY = "city"
UNITS = ("u1", "u2", "u3", "u4")
LAST_SECOND = time(23, 59, 59)


@dataclass(frozen=True)
class Place:
    """One grid. level 0 city, 1 unit, 2 county, 3 township; county_id is `city` for levels 0 and 1.

    other_code: its code in the second list, where that differs; there it may be the code of another township here.
    """

    grid_id: str
    code: str
    name: str
    level: int
    parent_id: str
    county_id: str
    kind: str
    is_patrol_grid: bool
    aliases: tuple[str, ...]
    other_code: str = ""
    departments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Land:
    """All grids by id, in the order of the seed, and the working days in ascending order."""

    places: Mapping[str, Place]
    workdays: Sequence[date]

    def lies_in(self, grid_id: str, area_id: str) -> bool:
        """True where `grid_id` is `area_id` or lies below it."""
        here = grid_id
        while here and here != area_id:
            here = self.places[here].parent_id
        return here == area_id

    def towns(self, county_id: str) -> tuple[Place, ...]:
        """The level-3 grids of a county in the order of the seed; for `city` those of the whole city."""
        whole_city = county_id == CITY
        return tuple(p for p in self.places.values() if p.level == 3 and (whole_city or p.county_id == county_id))

    def county_grid(self, grid_id: str) -> str:
        """The level-2 grid in whose area a grid lies; a grid of level 0 or 1 stands for itself."""
        place = self.places[grid_id]
        return grid_id if place.level <= 2 else place.parent_id

    def patrol_grids(self) -> tuple[Place, ...]:
        """Every grid of levels 1 to 3 that owes patrols."""
        return tuple(p for p in self.places.values() if p.level >= 1 and p.is_patrol_grid)

    def workday_after(self, day: date, count: int) -> date | None:
        """The count-th working day after `day`, None where the calendar ends before it."""
        position = bisect_right(self.workdays, day) + count - 1
        return self.workdays[position] if position < len(self.workdays) else None


def load_land(sql: Path) -> Land:
    """Read grids and calendar from the `seeds` folder under `sql`."""
    with (sql / "seeds" / "grid.csv").open(encoding="utf-8", newline="") as file:
        places = {row["grid_id"]: _place(row) for row in csv.DictReader(file)}
    with (sql / "seeds" / "calendar.csv").open(encoding="utf-8", newline="") as file:
        workdays = [date.fromisoformat(row["day"]) for row in csv.DictReader(file) if row["is_workday"] == "true"]
    return Land(places, sorted(workdays))


def _place(row: Mapping[str, str]) -> Place:
    return Place(
        grid_id=row["grid_id"],
        code=row["code"],
        name=row["name"],
        level=int(row["level"]),
        parent_id=row["parent_id"],
        county_id=row["county_id"],
        kind=row["kind"],
        is_patrol_grid=row["is_patrol_grid"] == "true",
        aliases=tuple(alias for alias in row["aliases"].split(";") if alias),
        other_code=row["other_list_code"],
        departments=tuple(name for name in row["departments"].split(";") if name),
    )


def first_day(month: str) -> date:
    """The first day of a month 'YYYY-MM'."""
    return date.fromisoformat(f"{month}-01")


def next_month(month: str) -> str:
    """The month after 'YYYY-MM'."""
    return (first_day(month) + timedelta(days=31)).strftime("%Y-%m")


def last_day(month: str) -> date:
    """The last day of a month 'YYYY-MM'."""
    return first_day(next_month(month)) - timedelta(days=1)


def end_of(day: date) -> datetime:
    """The last second of a day."""
    return datetime.combine(day, LAST_SECOND)


def months_through(first: str, last: str) -> tuple[str, ...]:
    """Months from `first` to `last`, both included."""
    found = [first]
    while found[-1] < last:
        found.append(next_month(found[-1]))
    return tuple(found)
