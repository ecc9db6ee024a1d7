"""When a round was met, from what the ledgers showed one after the other as the problem's completion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pipelines.demo.counties import COUNTIES
from pipelines.demo.facts import AS_OF, Plan, Problem, Visit
from pipelines.demo.known import tellings
from pipelines.demo.moments import Moment

VOID_CLOSURES = {"void", "merged"}


@dataclass(frozen=True)
class Shown:
    """What one ledger shows as the completion, None for an empty cell, and when that ledger was received."""

    at: Moment | None
    received_at: datetime


@dataclass(frozen=True)
class Told:
    """A problem as the delivered ledgers tell it: the latest version, when the first one came, the completion each
    ledger showed, and when it was first told as void or merged after it had been told as an ordinary one."""

    latest: Problem
    first_at: datetime
    shown: tuple[Shown, ...]
    voided_at: datetime | None


@dataclass(frozen=True)
class Met:
    """When a round was met. source: the place among the ledgers that told it, None where no ledger did (a visit, a
    correction on the spot)."""

    at: Moment
    source: int | None = None
    is_later_rounds: bool = False


def as_told(plan: Plan, problem: Problem) -> Told | None:
    if problem.discovered_at.at > AS_OF:
        return None
    known = list(tellings(plan, problem))
    if not known:
        return None
    shown = []
    for delivery, version in known:
        times = [delivery.received_at, *(at for table, at in delivery.again.items() if table == "problem")]
        shown += [Shown(_shown(version), received_at) for received_at in times]
    first_at = known[0][0].received_at
    voided_at = next((delivery.received_at for delivery, version in known if version.closure in VOID_CLOSURES), None)
    return Told(known[-1][1], first_at, tuple(shown), None if voided_at == first_at else voided_at)


def _shown(version: Problem) -> Moment | None:
    """A ledger shows one completion at a time, the last; one without that column shows the closing, which is none
    where the problem was put off, void or merged."""
    if not COUNTIES[version.county_id].has_rectified:
        return None if version.closure in {"suspended", *VOID_CLOSURES} else version.closed_at
    return version.rectified[-1] if version.rectified else None


def met_in(told: Told, failed: Sequence[Visit], number: int) -> Met | None:
    """When the round was met: by its own completion, else by the first completion of a later round."""
    for later in range(number, len(failed) + 2):
        own = _own(told, failed, later)
        if own is not None:
            return replace(own, is_later_rounds=later > number)
    return None


def _own(told: Told, failed: Sequence[Visit], number: int) -> Met | None:
    """The completion of this very round: the last that a ledger showed for it, in the last round the one shown now."""
    if number == 1 and told.latest.corrected_on_spot:
        return Met(told.latest.discovered_at)
    claims = [
        Met(shown.at, place)
        for place, shown in enumerate(told.shown)
        if shown.at is not None and _round(shown.at, told, failed) == number
    ]
    if number <= len(failed):
        visit = failed[number - 1].done_at.at
        if claims and any(s.at is None and s.received_at < visit for s in told.shown[(claims[-1].source or 0) + 1 :]):
            return None
        return claims[-1] if claims else None
    now = [claim for claim in claims if claim.source == len(told.shown) - 1]
    if number > 1:
        since = failed[number - 2].done_at.day
        now += [Met(v.done_at) for v in told.latest.visits if v.passed and v.done_at.day > since]
    return min(now, key=lambda met: met.at.at, default=None)


def _round(at: Moment, told: Told, failed: Sequence[Visit]) -> int:
    """The round a reported completion belongs to. Of a visit's own day, where no clock tells which came first: the
    round after the visit if the one before has a completion of its own, else the one before."""
    number = 1 + sum(_is_before(visit.done_at, at) for visit in failed)
    if not any(_is_unclear(visit.done_at, at) for visit in failed):
        return number
    others = (shown.at for shown in told.shown if shown.at is not None)
    clear = (other for other in others if not any(_is_unclear(visit.done_at, other) for visit in failed))
    return number + any(1 + sum(_is_before(v.done_at, other) for v in failed) == number for other in clear)


def _is_unclear(visit: Moment, at: Moment) -> bool:
    return visit.day == at.day and (visit.is_day or at.is_day)


def _is_before(visit: Moment, at: Moment) -> bool:
    return visit.day < at.day or (visit.day == at.day and not _is_unclear(visit, at) and visit.at < at.at)
