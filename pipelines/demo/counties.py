"""How each county keeps its books and when it sends them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from pipelines.demo.facts import AS_OF, Delivery
from pipelines.demo.places import end_of, last_day, next_month


@dataclass(frozen=True)
class County:
    """One sender.

    folder: its name under the month. short, prefix: of the names of its people and its numbers. style: A to D.
    is_daily: its books hold days, not minutes. is_cumulative: each problem ledger repeats all earlier ones.
    visits_in_ledger: re-inspections stand in columns of the problem ledger. has_rectified: 整改完成时间 is kept.
    names_by_grid: share of patrols whose 实施网格 is stated (0: no such column). has_bare_numbers: its problem
    numbers are digits only, and spreadsheets keep them as numbers.
    """

    county_id: str
    folder: str
    short: str
    prefix: str
    style: str
    is_daily: bool = False
    is_cumulative: bool = False
    visits_in_ledger: bool = False
    has_rectified: bool = True
    names_by_grid: float = 0.0
    has_bare_numbers: bool = False

    def problem_no(self, month: str, count: int) -> str:
        """The number of the count-th problem discovered in a month."""
        compact = month.replace("-", "")
        return f"{compact}{count:03d}" if self.has_bare_numbers else f"{self.prefix}WT-{compact}-{count:03d}"

    def patrol_no(self, month: str, count: int) -> str:
        """The number of the count-th patrol of a month."""
        return f"{self.prefix}XC-{month.replace('-', '')}-{count:04d}"


COUNTIES = {
    county.county_id: county
    for county in (
        County("anhua", "anhua", "安化", "AH", "A", is_cumulative=True, names_by_grid=0.15),
        County("taojiang", "桃江县", "桃江", "TJ", "C", names_by_grid=0.6),
        County("ziyang", "ziyang", "资阳", "ZY", "C", names_by_grid=0.6),
        County("yuanjiang", "430981", "沅江", "YJ", "B"),
        County("datonghu", "大通湖区", "大通湖", "DTH", "C", has_rectified=False, names_by_grid=0.6),
        County("nanxian", "nanxian", "南县", "NX", "D", is_daily=True, is_cumulative=True, visits_in_ledger=True),
        County("heshan", "赫山区", "赫山", "HS", "B"),
        County(
            "gaoxin",
            "gaoxin",
            "高新",
            "GX",
            "D",
            is_daily=True,
            is_cumulative=True,
            visits_in_ledger=True,
            has_bare_numbers=True,
        ),
        County("city", "city", "支队", "ZD", "A", is_cumulative=True, names_by_grid=0.7),
    )
}

MONTHLY = frozenset({"patrol", "problem", "follow_up", "person"})
# What comes once, on change: the detachment's grid register.
ONCE = {("city", "2026-06"): frozenset({"grid"})}
# What did not come although it was due: a patrol ledger once, and the problem books of another county once.
NOT_SENT = {
    ("yuanjiang", "2026-08"): frozenset({"patrol"}),
    ("ziyang", "2026-09"): frozenset({"problem", "follow_up"}),
}
# Compiled and received late, with the first days of the next month already in it.
SENT_LATE = {("heshan", "2026-10"): (datetime(2026, 11, 4, 18, 0), datetime(2026, 11, 5, 10, 40))}


def plan_deliveries(seed: int, months: Sequence[str], counties: Sequence[str]) -> dict[tuple[str, str], Delivery]:
    """One delivery per county and month, keyed so; nothing arrives after the as-of moment."""
    found = {}
    for county_id in counties:
        for month in months:
            rng = random.Random(f"{seed}/{county_id}/{month}/delivery")
            compiled_at = end_of(last_day(month))
            usual = datetime.combine(last_day(next_month(month)), time()).replace(day=rng.choice((2, 3, 3, 4, 4, 5, 8)))
            received_at = usual + timedelta(hours=rng.randint(9, 17), minutes=rng.randint(0, 59))
            received_at = min(received_at, AS_OF - timedelta(hours=rng.randint(20, 40)))
            compiled_at, received_at = SENT_LATE.get((county_id, month), (compiled_at, received_at))
            tables = MONTHLY | ONCE.get((county_id, month), frozenset())
            tables -= NOT_SENT.get((county_id, month), frozenset())
            found[county_id, month] = Delivery(county_id, month, tables, compiled_at, received_at)
    return found
