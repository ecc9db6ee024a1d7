"""What is therefore owed and met: the obligations of the planted metrics, from the plan alone, in plain Python.

Rules as written in the catalogue; nothing here knows files, headers or SQL.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from pipelines.demo.counties import COUNTIES
from pipelines.demo.facts import AS_OF, Plan, RosterRow
from pipelines.demo.places import CITY, UNITS, end_of, first_day, last_day, months_through
from pipelines.demo.roster import SOLE_POSTS, Post, held_posts, known_rows


@dataclass(frozen=True)
class Obligation:
    """One duty; columns as in the published table, without the row ids and the words on the limit."""

    metric_id: str
    obligation_id: str
    grid_id: str
    owner_level: int
    county_id: str
    subject_kind: str
    subject_id: str
    round: int
    about_month: str | None
    period: str
    started_at: datetime
    original_due_at: datetime | None
    due_at: datetime | None
    is_extended: bool
    met_at: datetime | None
    state: str
    person_at_start: str | None = None
    person_at_due: str | None = None
    days_in_post_at_due: int | None = None
    deputy_at_due: str | None = None


class People:
    """Who is in post where, as the delivered rosters tell."""

    def __init__(self, plan: Plan) -> None:
        last_told: dict[str, str] = {}
        for delivery in plan.deliveries.values():
            if "person" in delivery.tables:
                last_told[delivery.county_id] = max(delivery.month, last_told.get(delivery.county_id, ""))
        told = (row for row in plan.roster if row.told <= last_told.get(row.county_id, ""))
        self.rows: tuple[RosterRow, ...] = known_rows(told, "9999-12")
        self._by_name: dict[tuple[str, str], list[Post]] = {}
        self._by_grid: dict[str, list[Post]] = {}
        for post in held_posts(self.rows):
            self._by_name.setdefault((post.county_id, post.name), []).append(post)
            self._by_grid.setdefault(post.grid_id, []).append(post)

    def grids_of(self, county_id: str, name: str, at: datetime) -> set[str]:
        """The grids in which a person of this county's roster holds any post that day."""
        return {p.grid_id for p in self._by_name.get((county_id, name), ()) if p.covers(at.date())}

    def has_inspector(self, grid_id: str, first: date, last: date) -> bool:
        """True where the roster names an inspector of the grid for any day of these, both included."""
        held = (p for p in self._by_grid.get(grid_id, ()) if p.post == "inspector")
        return any(p.valid_from <= last and (p.valid_to is None or p.valid_to >= first) for p in held)

    def responsible(self, grid_id: str, at: datetime) -> Post | None:
        """The chief or head of a grid that day."""
        held = [p for p in self._by_grid.get(grid_id, ()) if p.post in SOLE_POSTS and p.covers(at.date())]
        return min(held, key=lambda p: (-p.valid_from.toordinal(), p.name), default=None)

    def deputy(self, post: Post, at: datetime) -> str | None:
        """Who stands in for a person in a grid that day."""
        for row in self.rows:
            same = (row.county_id, row.name, row.grid_id) == (post.county_id, post.name, post.grid_id)
            if same and row.kind != "post" and row.valid_from <= at.date() <= (row.valid_to or date.max):
                return row.deputy
        return None

    def named(self, duty: Obligation) -> Obligation:
        """The duty with the people in post at its start and when it is due."""
        started = self.responsible(duty.grid_id, duty.started_at)
        duty = replace(duty, person_at_start=started.name if started else None)
        post = self.responsible(duty.grid_id, duty.due_at) if duty.due_at else None
        if post is None or duty.due_at is None:
            return duty
        days = (duty.due_at.date() - post.valid_from).days + 1
        deputy = self.deputy(post, duty.due_at)
        return replace(duty, person_at_due=post.name, days_in_post_at_due=days, deputy_at_due=deputy)


def scope(plan: Plan) -> tuple[str, ...]:
    """Months in scope: from the first folder through the month of the as-of moment."""
    return months_through(plan.months[0], AS_OF.strftime("%Y-%m"))


def is_sent(plan: Plan, county_id: str, month: str, table: str) -> bool:
    """True where a county delivered a table for a month."""
    delivery = plan.deliveries.get((county_id, month))
    return delivery is not None and table in delivery.tables


def missing_ledgers(plan: Plan) -> Iterable[Obligation]:
    """One duty for each problem ledger that never came; for the detachment's, one for each unit."""
    for month in scope(plan):
        if end_of(last_day(month)) >= AS_OF:
            continue
        for county_id in COUNTIES:
            if is_sent(plan, county_id, month, "problem"):
                continue
            for grid_id in UNITS if county_id == CITY else (county_id,):
                yield Obligation(
                    metric_id="rectification",
                    obligation_id=f"rectification/table/{grid_id}/{month}",
                    grid_id=grid_id,
                    owner_level=plan.land.places[grid_id].level,
                    county_id=county_id,
                    subject_kind="table",
                    subject_id="problem",
                    round=1,
                    about_month=month,
                    period=month,
                    started_at=datetime.combine(first_day(month), time()),
                    original_due_at=None,
                    due_at=None,
                    is_extended=False,
                    met_at=None,
                    state="unreported",
                )
