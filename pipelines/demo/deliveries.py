"""What each county sends and when it arrives: mostly in time, one regularly late, some never, some twice."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from pipelines.demo.counties import COUNTIES
from pipelines.demo.facts import AS_OF, Delivery
from pipelines.demo.looks import LOOKS, Book
from pipelines.demo.places import end_of, last_day, next_month

# What may come every month: a table comes where there is something to put into it.
MONTHLY = frozenset(
    {
        *("patrol", "problem", "follow_up", "person", "site", "self_evaluation", "backcheck", "patrol_plan"),
        *("grid_record", "accountability", "monthly_summary"),
    }
)
# What comes once: the detachment's grid register, and that of one county.
ONCE = {("city", "2026-06"): frozenset({"grid"}), ("taojiang", "2025-03"): frozenset({"grid"})}
# What did not come although it was due: patrol ledgers, problem books and visits once each, and of one county nothing
# at all for a month.
NOT_SENT = {
    ("yuanjiang", "2026-08"): frozenset({"patrol"}),
    ("ziyang", "2026-09"): frozenset({"problem", "follow_up"}),
    ("yuanjiang", "2025-06"): frozenset({"problem", "follow_up"}),
    ("taojiang", "2025-02"): MONTHLY,
    ("city", "2025-08"): frozenset({"patrol"}),
    ("city", "2026-04"): frozenset({"follow_up"}),
}
LATE_COUNTY = "datonghu"  # the fifth of the next month is the day; this county takes two weeks more
USUAL_DAYS, LATE_DAYS = (2, 3, 3, 4, 4, 5), (12, 14, 15, 17, 19)
# Compiled and received late, with the first days of the next month already in it.
SENT_LATE = {("heshan", "2026-10"): (datetime(2026, 11, 4, 18, 0), datetime(2026, 11, 5, 10, 40))}
# Which table comes once more, put right, and so many days after the first time.
SENT_AGAIN = {
    ("anhua", "2026-07"): "patrol",
    ("nanxian", "2026-06"): "patrol",
    ("nanxian", "2025-04"): "patrol",
    ("ziyang", "2026-08"): "patrol",
    ("yuanjiang", "2025-09"): "patrol",
    ("heshan", "2026-08"): "follow_up",
    ("taojiang", "2026-09"): "problem",
    ("city", "2025-11"): "problem",
}
AGAIN_AFTER = timedelta(days=3)


def plan_deliveries(seed: int, months: Sequence[str], counties: Sequence[str]) -> dict[tuple[str, str], Delivery]:
    """One delivery per county and month, keyed so; nothing arrives after the as-of moment."""
    found = {}
    for county_id in counties:
        for month in months:
            tables = MONTHLY | ONCE.get((county_id, month), frozenset())
            tables -= NOT_SENT.get((county_id, month), frozenset())
            if tables:
                found[county_id, month] = _delivery(seed, county_id, month, tables)
    return found


def _delivery(seed: int, county_id: str, month: str, tables: frozenset[str]) -> Delivery:
    rng = random.Random(f"{seed}/{county_id}/{month}/delivery")
    days = LATE_DAYS if county_id == LATE_COUNTY else USUAL_DAYS
    usual = datetime.combine(last_day(next_month(month)), time()).replace(day=rng.choice(days))
    received_at = usual + timedelta(hours=rng.randint(9, 17), minutes=rng.randint(0, 59))
    received_at = min(received_at, AS_OF - timedelta(hours=rng.randint(20, 40)))
    compiled_at, received_at = SENT_LATE.get((county_id, month), (end_of(last_day(month)), received_at))
    again = dict.fromkeys(_sent_again(county_id, month, tables), received_at + AGAIN_AFTER)
    return Delivery(county_id, month, tables, compiled_at, received_at, again)


def arrival(delivery: Delivery, table: str) -> datetime:
    """When a ledger came: a workbook brings patrols and problems at once, of single files the second comes two minutes
    after the first."""
    is_second = table == "problem" and "patrol" in delivery.tables
    is_apart = not isinstance(LOOKS[COUNTIES[delivery.county_id].style], Book)
    return delivery.received_at + timedelta(minutes=2 if is_second and is_apart else 0)


def _sent_again(county_id: str, month: str, tables: frozenset[str]) -> Sequence[str]:
    """The tables that come once more: the one that was wrong, and those that are sheets of the same book."""
    table, look = SENT_AGAIN.get((county_id, month)), LOOKS[COUNTIES[county_id].style]
    if table is None:
        return ()
    return sorted(tables - look.apart) if isinstance(look, Book) else (table,)
