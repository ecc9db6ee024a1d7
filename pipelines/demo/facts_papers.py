"""What counties keep beside their ledgers of patrols and problems, as frozen facts.

`told` is the month whose delivery says it first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipelines.demo.moments import Moment


@dataclass(frozen=True)
class Site:
    """A period of a site on a county's list. window: week to year, '' where no cycle is fixed. valid_from None: always
    on the list."""

    county_id: str
    told: str
    number: str
    name: str
    kind: str
    grid_id: str
    is_key: bool | None
    risk: str
    window: str
    visits: int
    listing: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def covers(self, first: date, last: date) -> bool:
        """True where it is on the list throughout these days."""
        is_begun = self.valid_from is None or self.valid_from <= first
        return is_begun and (self.valid_to is None or self.valid_to >= last)


@dataclass(frozen=True)
class FollowUp:
    """A visit of one of the detachment's units to a listed problem of any county, or (number '') to a listed site."""

    number: str
    site: str
    by_grid: str
    done_at: Moment
    kind: str
    checker: str


@dataclass(frozen=True)
class Evaluation:
    """One item of a grid's yearly self-evaluation; item '' where only a report was sent. done_on is told later, in the
    month `retold`."""

    county_id: str
    told: str
    grid_id: str
    year: int
    item: str
    most: int
    points: int
    submitted_at: Moment
    document_no: str
    shortfall: str = ""
    cause: str = ""
    improvement: str = ""
    owner: str = ""
    due: date | None = None
    done_on: date | None = None
    retold: str = ""


@dataclass(frozen=True)
class Backcheck:
    """A patrol or a problem that was checked once more by its number."""

    county_id: str
    told: str
    patrol_no: str
    problem_no: str
    grid_id: str
    site: str
    sampled_by: str
    checked_at: Moment
    checker: str
    result: str


@dataclass(frozen=True)
class PlanRow:
    """How often a grid, or each grid of a county, is to patrol in a month or within a special period of it."""

    county_id: str
    told: str
    month: str
    grid_id: str
    is_whole_county: bool
    required: int
    special: str = ""
    first: date | None = None
    last: date | None = None
    notice_no: str = ""
    notice_on: date | None = None


@dataclass(frozen=True)
class Record:
    """A scheme, a rule, a meeting, a self-check … of a grid."""

    county_id: str
    told: str
    grid_id: str
    kind: str
    held_on: date
    subject: str
    document_no: str


@dataclass(frozen=True)
class Decision:
    """Somebody held to account."""

    county_id: str
    told: str
    grid_id: str
    person: str
    post: str
    matter: str
    decided_on: date
    measure: str
    document_no: str


@dataclass(frozen=True)
class Papers:
    """All of these."""

    sites: tuple[Site, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    backchecks: tuple[Backcheck, ...] = ()
    plans: tuple[PlanRow, ...] = ()
    records: tuple[Record, ...] = ()
    decisions: tuple[Decision, ...] = ()


NO_PAPERS = Papers()
