"""What is owed and met for each problem: one duty a round, a failed re-inspection opening the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pipelines.demo.counties import COUNTIES
from pipelines.demo.facts import AS_OF, Moment, Plan, Problem, Visit, as_known, original_due
from pipelines.demo.places import end_of
from pipelines.demo.truth import Obligation, People, coverage, missing_ledgers

VOID_CLOSURES = {"void", "merged", "suspended"}


@dataclass(frozen=True)
class Shown:
    """What one ledger shows as the completion, None for an empty cell, and when that ledger was received."""

    at: Moment | None
    received_at: datetime


@dataclass(frozen=True)
class Told:
    """A problem as the delivered ledgers tell it: the latest version, and the completion each ledger showed."""

    latest: Problem
    shown: tuple[Shown, ...]


@dataclass(frozen=True)
class Met:
    """When a round was met. source: the place among the ledgers that told it, None where no ledger did (a visit, a
    correction on the spot)."""

    at: Moment
    source: int | None = None
    is_later_rounds: bool = False


def obligations(plan: Plan) -> tuple[Obligation, ...]:
    """Every duty of both metrics with the people in post, ordered by metric and id."""
    people = People(plan)
    duties = [*coverage(plan, people), *missing_ledgers(plan), *rectification(plan)]
    return tuple(sorted((people.named(d) for d in duties), key=lambda d: (d.metric_id, d.obligation_id)))


def rectification(plan: Plan) -> Iterable[Obligation]:
    """The rounds of every problem that some delivered ledger knows."""
    told = [t for t in (_told(plan, problem) for problem in plan.problems) if t]
    parents = {(t.latest.county_id, t.latest.parent_no) for t in told if t.latest.parent_no}
    for one in told:
        yield from _rounds(plan, one, (one.latest.county_id, one.latest.number) in parents)


def _told(plan: Plan, problem: Problem) -> Told | None:
    if problem.discovered_at.at > AS_OF:
        return None
    sent = plan.sent(problem.county_id, "problem")
    versions = [(as_known(problem, d.compiled_at), d.received_at) for d in sent]
    known = [(version, received_at) for version, received_at in versions if version is not None]
    if not known:
        return None
    return Told(known[-1][0], tuple(Shown(_shown(version), received_at) for version, received_at in known))


def _shown(version: Problem) -> Moment | None:
    """A ledger shows one completion at a time, the last; one without that column shows the closing."""
    if not COUNTIES[version.county_id].has_rectified:
        return version.closed_at
    return version.rectified[-1] if version.rectified else None


def _rounds(plan: Plan, told: Told, is_parent: bool) -> Iterable[Obligation]:
    problem = told.latest
    failed = sorted((v for v in problem.visits if v.failed), key=lambda v: v.done_at.at)
    owner = problem.duty_grid or plan.land.county_grid(problem.grid_id)
    is_void = is_parent or problem.is_duplicate or problem.closure in VOID_CLOSURES
    original, is_calendar_missing = original_due(problem, plan.land)
    due, is_extended = _extended(problem, owner, original)
    for number in range(1, len(failed) + 2):
        opened_by = failed[number - 2] if number > 1 else None
        if opened_by:
            original = due = end_of(opened_by.new_due) if opened_by.new_due else None
            is_extended = is_calendar_missing = False
        started = opened_by.done_at if opened_by else problem.discovered_at
        met = _met(told, failed, number)
        if is_void:
            state = "void"
        elif _contradicts(told, failed, number, original, due, met):
            state = "bad_dates"
        elif is_calendar_missing:
            state = "pending"
        else:
            state = _state(due, met.at.at if met else None)
        yield Obligation(
            metric_id="rectification",
            obligation_id=f"rectification/{problem.problem_id}/r{number}",
            grid_id=owner,
            owner_level=plan.land.places[owner].level,
            county_id=problem.county_id,
            subject_kind="problem",
            subject_id=problem.problem_id,
            round=number,
            about_month=None,
            period=(due or started.at).strftime("%Y-%m"),
            started_at=started.at,
            original_due_at=original,
            due_at=due,
            is_extended=is_extended,
            met_at=met.at.at if met else None,
            state=state,
        )


def _extended(problem: Problem, owner: str, original: datetime | None) -> tuple[datetime | None, bool]:
    """The deadline that counts: the extended one where another grid approved it no later than the original."""
    extension = problem.extension
    if extension is None or original is None or extension.approved_by == owner:
        return original, False
    if extension.approved_at.at > original:
        return original, False
    return end_of(extension.due), True


def _met(told: Told, failed: Sequence[Visit], number: int) -> Met | None:
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
        if shown.at is not None and _round(shown.at, failed) == number
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


def _round(at: Moment, failed: Sequence[Visit]) -> int:
    return 1 + sum(visit.done_at.day < at.day for visit in failed)


def _contradicts(
    told: Told,
    failed: Sequence[Visit],
    number: int,
    original: datetime | None,
    due: datetime | None,
    met: Met | None,
) -> bool:
    """Met or due before the day of discovery; or late by a later round's completion, where no ledger of the time
    between shows that nothing had been done: an earlier completion may have been overwritten."""
    found = told.latest.discovered_at.day
    if met is not None and met.at.day < found:
        return True
    if original is not None and original.date() < found:
        return True
    if met is None or not met.is_later_rounds or due is None or met.at.at <= due:
        return False
    decisive = min(failed[number - 1].done_at.at, due)
    before = told.shown[: met.source] if met.source is not None else told.shown
    return not any(shown.at is None and shown.received_at >= decisive for shown in before)


def _state(due: datetime | None, met: datetime | None) -> str:
    if due is None:
        return "no_deadline"
    if met is not None:
        return "on_time" if met <= due else "late"
    return "overdue" if due < AS_OF else "pending"
