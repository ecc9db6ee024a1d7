"""What is owed and met for each problem: one duty a round, a failed re-inspection opening the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from pipelines.demo.counties import COUNTIES
from pipelines.demo.facts import AS_OF, Plan, Problem, Visit
from pipelines.demo.known import original_due
from pipelines.demo.places import end_of
from pipelines.demo.truth import Obligation, People, missing_ledgers
from pipelines.demo.truth_claims import VOID_CLOSURES, Met, Told, as_told, met_in
from pipelines.demo.truth_coverage import Unmeasurable, coverage
from pipelines.demo.truth_reports import reports

# The metrics whose duties the plan foretells. Nothing is planted for the others: see docs/decisions.md.
PLANTED = ("patrol_coverage", "rectification", "export_submission", "field_completeness")


def truth(plan: Plan) -> tuple[tuple[Obligation, ...], tuple[Unmeasurable, ...]]:
    """Every duty of the planted metrics with the people in post, by metric and id; and what cannot be measured."""
    people = People(plan)
    judged = coverage(plan, people)
    duties = [one for one in judged if isinstance(one, Obligation)]
    duties += [*missing_ledgers(plan), *rectification(plan), *reports(plan)]
    named = sorted((people.named(d) for d in duties), key=lambda d: (d.metric_id, d.obligation_id))
    return tuple(named), tuple(one for one in judged if isinstance(one, Unmeasurable))


def rectification(plan: Plan) -> Iterable[Obligation]:
    """The rounds of every problem that some delivered ledger knows."""
    told = [t for t in (as_told(plan, problem) for problem in plan.problems) if t]
    parts: dict[tuple[str, str], datetime] = {}
    for part in told:
        key = (part.latest.county_id, part.latest.parent_no)
        if part.latest.parent_no and _counts(plan, part):
            parts[key] = min(part.first_at, parts.get(key, part.first_at))
    for one in told:
        yield from _rounds(plan, one, parts.get((one.latest.county_id, one.latest.number)))


def _counts(plan: Plan, part: Told) -> bool:
    """A part that stands for its share of the parent: neither a duplicate nor void or merged in time."""
    problem = part.latest
    if problem.is_duplicate or problem.closure not in VOID_CLOSURES:
        return not problem.is_duplicate
    original, _ = original_due(problem, plan.land)
    due, _ = _extended(problem, problem.duty_grid or plan.land.county_grid(problem.grid_id), original)
    return part.voided_at is not None and due is not None and part.voided_at > due


def _rounds(plan: Plan, told: Told, split_at: datetime | None) -> Iterable[Obligation]:
    problem = told.latest
    failed = sorted((v for v in problem.visits if v.failed), key=lambda v: v.done_at.at)
    owner = problem.duty_grid or plan.land.county_grid(problem.grid_id)
    original, is_calendar_missing = original_due(problem, plan.land)
    due, is_extended = _extended(problem, owner, original)
    for number in range(1, len(failed) + 2):
        opened_by = failed[number - 2] if number > 1 else None
        if opened_by:
            original = due = end_of(opened_by.new_due) if opened_by.new_due else None
            is_extended = is_calendar_missing = False
        started = opened_by.done_at if opened_by else problem.discovered_at
        done = met_in(told, failed, number)
        out = _is_put_off(problem, owner, due) or _is_referred(problem, started.at, due, done)
        if out or _is_void(told, split_at, due, done):
            state = "void"
        elif _contradicts(told, failed, number, original, due, done):
            state = "bad_dates"
        elif is_calendar_missing:
            state = "pending"
        else:
            state = _state(due, done.at.at if done else None)
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
            met_at=done.at.at if done else None,
            state=state,
        )


def _is_void(told: Told, split_at: datetime | None, due: datetime | None, done: Met | None) -> bool:
    """A duplicate; or void, merged or split, from the first ledger on or told before the failure was there."""
    if told.latest.is_duplicate:
        return True
    since = [told.voided_at or told.first_at] if told.latest.closure in VOID_CLOSURES else []
    since += [split_at] if split_at is not None else []
    is_kept = due is not None and (done is None or done.at.at > due)
    return any(at <= told.first_at or not is_kept or (due is not None and at <= due) for at in since)


def _extended(problem: Problem, owner: str, original: datetime | None) -> tuple[datetime | None, bool]:
    """The deadline that counts: the extended one where another grid approved it no later than the original."""
    extension = problem.extension
    if extension is None or original is None or extension.approved_by == owner:
        return original, False
    if extension.approved_at.at > original:
        return original, False
    return end_of(extension.due), True


def _is_put_off(problem: Problem, owner: str, due: datetime | None) -> bool:
    """Put off with leave that another grid gave no later than the deadline."""
    leave = problem.suspension
    if problem.closure != "suspended" or leave is None or leave.approved_by == owner:
        return False
    return due is None or leave.approved_at.at <= due


def _is_referred(problem: Problem, started: datetime, due: datetime | None, done: Met | None) -> bool:
    """Beyond its powers, handed to a named body before the end and not met by then, in a ledger that shows it."""
    handling = problem.handling
    if "problem.referred_at" in COUNTIES[problem.county_id].lacks or not handling.beyond_authority:
        return False
    if handling.referred_at is None or not handling.referred_to or handling.referred_at.at.date() < started.date():
        return False
    return due is None or (handling.referred_at.at <= due and (done is None or done.at.at > due))


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
