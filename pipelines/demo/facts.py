"""What can happen in the demo, as frozen facts: the truth hangs on them alone, ledgers are a messy way of telling them.

Instants are naive Asia/Shanghai time and as precise as the ledger that will carry them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from pipelines.demo.facts_handling import NOT_HANDLED, Handling
from pipelines.demo.facts_papers import NO_PAPERS, Papers
from pipelines.demo.moments import Moment
from pipelines.demo.places import Land

AS_OF = datetime(2026, 11, 6, 9, 0)


@dataclass(frozen=True)
class Deadline:
    """A deadline as a ledger states it; `wording` chooses between equal ways of saying it.

    kind: none · at (`moment`) · spot 立行立改 · days · workdays · months (`count`) · month_end (`month`) ·
    year_end · long_term.
    """

    kind: str
    moment: Moment | None = None
    count: int = 0
    month: str = ""
    wording: int = 0


NO_DEADLINE = Deadline("none")


@dataclass(frozen=True)
class Extension:
    """A later deadline, approved by a grid."""

    due: date
    approved_by: str
    approved_at: Moment


@dataclass(frozen=True)
class Suspension:
    """Leave to put a problem off, given by a grid."""

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
        """True for a re-inspection or acceptance that was not passed: it opens the next round."""
        return self.kind in {"reinspect", "look_back", "accept"} and self.result in {"fail", "partial"}

    @property
    def passed(self) -> bool:
        """True for a visit that found the problem put right."""
        return self.kind in {"reinspect", "look_back", "accept"} and self.result == "pass"


@dataclass(frozen=True)
class Claim:
    """A completion that was reported and taken back: ledgers compiled before `until` show it, later ones do not."""

    at: Moment
    until: datetime


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
    suspension: Suspension | None = None
    rectified: tuple[Moment, ...] = ()
    taken_back: tuple[Claim, ...] = ()
    visits: tuple[Visit, ...] = ()
    closed_at: Moment | None = None
    closure: str = ""
    handling: Handling = NOT_HANDLED

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
    entered_at: Moment | None = None


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
    """What one county sends for one month, and when; again: table → when it came once more, put right."""

    county_id: str
    month: str
    tables: frozenset[str]
    compiled_at: datetime
    received_at: datetime
    again: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """All that happened and all that is sent. deliveries in order of county and month."""

    land: Land
    months: tuple[str, ...]
    patrols: tuple[Patrol, ...]
    problems: tuple[Problem, ...]
    roster: tuple[RosterRow, ...]
    deliveries: Mapping[tuple[str, str], Delivery]
    papers: Papers = NO_PAPERS

    def sent(self, county_id: str, table: str) -> tuple[Delivery, ...]:
        """The deliveries of a county that hold a table, oldest first."""
        found = (d for d in self.deliveries.values() if d.county_id == county_id and table in d.tables)
        return tuple(sorted(found, key=lambda d: d.compiled_at))
