"""What can happen in the demo, as frozen facts: patrols, problems, visits, people, deliveries.

Instants are naive Asia/Shanghai time and as precise as the ledger that will carry them. These facts are the
plan; the truth is derived from them alone, and the ledgers are a messy way of writing them down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from pipelines.demo.places import Land, end_of, last_day

AS_OF = datetime(2026, 11, 6, 9, 0)


@dataclass(frozen=True)
class Moment:
    """An instant, or a whole day (`at` is then 00:00:00)."""

    at: datetime
    is_day: bool = False

    @property
    def day(self) -> date:
        """The day it falls on."""
        return self.at.date()

    @property
    def last(self) -> datetime:
        """The last second that still belongs to it."""
        return end_of(self.day) if self.is_day else self.at


def whole_day(day: date) -> Moment:
    """A day without a time."""
    return Moment(datetime.combine(day, time()), is_day=True)


@dataclass(frozen=True)
class Deadline:
    """A deadline as a ledger states it.

    kind: none · at (`moment`) · spot 立行立改 · days · workdays (`count`) · month_end (`month`) · year_end ·
    long_term. `wording` chooses between equal ways of saying it.
    """

    kind: str
    moment: Moment | None = None
    count: int = 0
    month: str = ""
    wording: int = 0


NO_DEADLINE = Deadline("none")


@dataclass(frozen=True)
class Extension:
    """A later deadline. approved_by is a grid id."""

    due: date
    approved_by: str
    approved_at: Moment


@dataclass(frozen=True)
class Visit:
    """A follow-up of a problem. kind and result are canonical words; result '' where none is stated."""

    done_at: Moment
    kind: str
    result: str
    by_grid: str
    checker: str
    new_due: date | None = None

    @property
    def failed(self) -> bool:
        """True for a re-inspection that was not passed: it opens the next round."""
        return self.kind in {"reinspect", "look_back"} and self.result in {"fail", "partial"}

    @property
    def passed(self) -> bool:
        """True for a visit that found the problem put right."""
        return self.kind in {"reinspect", "look_back", "accept"} and self.result == "pass"


@dataclass(frozen=True)
class Problem:
    """A problem with everything that ever happened to it; `rectified` in order of time, one a round."""

    county_id: str
    number: str
    grid_id: str
    discovered_at: Moment
    deadline: Deadline
    description: str
    source: str
    category: str
    site: str
    duty_grid: str | None = None
    patrol_no: str = ""
    parent_no: str = ""
    is_duplicate: bool = False
    corrected_on_spot: bool = False
    assigned_at: Moment | None = None
    issued_at: Moment | None = None
    served_at: Moment | None = None
    extension: Extension | None = None
    rectified: tuple[Moment, ...] = ()
    visits: tuple[Visit, ...] = ()
    closed_at: Moment | None = None
    closure: str = ""

    @property
    def problem_id(self) -> str:
        """The id under which it is known everywhere."""
        return f"{self.county_id}/{self.number}"


@dataclass(frozen=True)
class Patrol:
    """A patrol. month is the folder it is delivered in; by_grid what the ledger names, by_text what it names vainly."""

    county_id: str
    month: str
    number: str
    grid_id: str
    inspectors: tuple[str, ...]
    leader: str
    kind: str
    started_at: Moment
    ended_at: datetime | None
    sites: tuple[str, ...]
    by_grid: str | None = None
    by_text: str = ""
    findings: int = 0
    corrected: int = 0


@dataclass(frozen=True)
class RosterRow:
    """A row of a roster. kind post, leave, seconded or acting; told is the month whose roster says it first."""

    county_id: str
    person_no: str
    name: str
    grid_id: str
    post: str
    kind: str
    valid_from: date
    valid_to: date | None = None
    deputy: str = ""
    told: str = ""

    @property
    def key(self) -> tuple[str, str, str, str, date]:
        """What makes a later row a new version of this one."""
        return (self.name, self.grid_id, self.post, self.kind, self.valid_from)


@dataclass(frozen=True)
class Delivery:
    """What one county sends for one month: the tables, what they know of, and when they arrive."""

    county_id: str
    month: str
    tables: frozenset[str]
    compiled_at: datetime
    received_at: datetime


@dataclass(frozen=True)
class Plan:
    """All that happened and all that is sent. deliveries in order of county and month."""

    land: Land
    months: tuple[str, ...]
    patrols: tuple[Patrol, ...]
    problems: tuple[Problem, ...]
    roster: tuple[RosterRow, ...]
    deliveries: Mapping[tuple[str, str], Delivery]

    def sent(self, county_id: str, table: str) -> tuple[Delivery, ...]:
        """The deliveries of a county that hold a table, oldest first."""
        found = (d for d in self.deliveries.values() if d.county_id == county_id and table in d.tables)
        return tuple(sorted(found, key=lambda d: d.compiled_at))


def as_known(problem: Problem, cut: datetime) -> Problem | None:
    """The problem as a ledger compiled at `cut` can know it, None before its discovery."""
    if problem.discovered_at.at > cut:
        return None

    def seen(moment: Moment | None) -> Moment | None:
        return moment if moment is not None and moment.at <= cut else None

    closed_at = seen(problem.closed_at)
    extension = problem.extension
    return replace(
        problem,
        assigned_at=seen(problem.assigned_at),
        issued_at=seen(problem.issued_at),
        served_at=seen(problem.served_at),
        extension=extension if extension is not None and extension.approved_at.at <= cut else None,
        rectified=tuple(m for m in problem.rectified if m.at <= cut),
        visits=tuple(v for v in problem.visits if v.done_at.at <= cut),
        closed_at=closed_at,
        closure=problem.closure if closed_at is not None else "",
    )


def original_due(problem: Problem, land: Land) -> tuple[datetime | None, bool]:
    """The last second of the stated deadline, and whether it cannot be told because the calendar ends before it."""
    deadline, found = problem.deadline, problem.discovered_at.day
    base = next(m.day for m in (problem.served_at, problem.issued_at, problem.assigned_at, problem.discovered_at) if m)
    match deadline.kind:
        case "at" if deadline.moment is not None:
            return deadline.moment.last, False
        case "spot":
            return end_of(found), False
        case "days":
            return end_of(base + timedelta(days=deadline.count)), False
        case "workdays":
            day = land.workday_after(base, deadline.count)
            return (end_of(day), False) if day else (None, True)
        case "month_end":
            return end_of(last_day(deadline.month)), False
        case "year_end":
            return end_of(date(found.year, 12, 31)), False
        case "none":
            return (end_of(found) if problem.corrected_on_spot else None), False
        case "long_term":
            return None, False
    raise ValueError(f"计划中的时限无法解释：{deadline} (unknown deadline in the plan)")
