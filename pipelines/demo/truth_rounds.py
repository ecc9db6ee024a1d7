"""What is owed and met for each problem: one duty a round, a failed re-inspection opening the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipelines.demo.counties import COUNTIES
from pipelines.demo.facts import AS_OF, Moment, Plan, Problem, Visit, as_known, original_due
from pipelines.demo.places import end_of
from pipelines.demo.truth import Obligation, People, coverage, missing_ledgers

VOID_CLOSURES = {"void", "merged", "suspended"}


@dataclass(frozen=True)
class Told:
    """A problem as the delivered ledgers tell it: the latest version, and each completion any version gave."""

    latest: Problem
    completions: tuple[Moment, ...]


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
    versions = [as_known(problem, d.compiled_at) for d in plan.sent(problem.county_id, "problem")]
    known = [version for version in versions if version is not None]
    if not known:
        return None
    # A ledger shows one completion at a time, so one that was replaced between two ledgers was never given.
    shown = {version.rectified[-1] for version in known if version.rectified}
    return Told(known[-1], tuple(sorted(shown, key=lambda m: m.at)))


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
        elif _contradicts(told, failed, number, original, met):
            state = "bad_dates"
        elif is_calendar_missing:
            state = "pending"
        else:
            state = _state(due, met)
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
            met_at=met.at if met else None,
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


def _met(told: Told, failed: Sequence[Visit], number: int) -> Moment | None:
    """When the round was met, None if it was not."""
    problem = told.latest
    if number == 1 and problem.corrected_on_spot:
        return problem.discovered_at
    if not COUNTIES[problem.county_id].has_rectified:
        return problem.closed_at
    if not failed:
        return problem.rectified[-1] if problem.rectified else None
    opened = failed[number - 2].done_at.day if number > 1 else None
    later = [m for m in told.completions if opened is None or m.day > opened]
    if number <= len(failed):
        return max((m for m in later if m.day <= failed[number - 1].done_at.day), key=lambda m: m.at, default=None)
    later += [v.done_at for v in problem.visits if v.passed and opened is not None and v.done_at.day > opened]
    return min(later, key=lambda m: m.at, default=None)


def _contradicts(
    told: Told, failed: Sequence[Visit], number: int, original: datetime | None, met: Moment | None
) -> bool:
    """Met or due before the day of discovery; or, of a first round, put right only after it had failed."""
    found = told.latest.discovered_at.day
    if met is not None and met.day < found:
        return True
    if original is not None and original.date() < found:
        return True
    if number > 1 or not failed or met is not None:
        return False
    return any(m.day > failed[0].done_at.day for m in told.completions)


def _state(due: datetime | None, met: Moment | None) -> str:
    if due is None:
        return "no_deadline"
    if met is not None:
        return "on_time" if met.at <= due else "late"
    return "overdue" if due < AS_OF else "pending"
