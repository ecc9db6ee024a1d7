"""What ledgers can know of a problem at a time, which of them tell it, and by when it is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from pipelines.demo.counties import COUNTIES
from pipelines.demo.facts import Delivery, Plan, Problem
from pipelines.demo.facts_handling import Answer, Case, Handling
from pipelines.demo.moments import Moment
from pipelines.demo.places import Land, end_of, last_day

Part = TypeVar("Part", Handling, Case, Answer)


def as_known(problem: Problem, cut: datetime) -> Problem | None:
    """The problem as a ledger compiled at `cut` can know it, None before its discovery."""
    if problem.discovered_at.at > cut:
        return None

    def seen(moment: Moment | None) -> Moment | None:
        return moment if moment is not None and moment.at <= cut else None

    closed_at = seen(problem.closed_at)
    extension, suspension = problem.extension, problem.suspension
    return replace(
        problem,
        assigned_at=seen(problem.assigned_at),
        issued_at=seen(problem.issued_at),
        served_at=seen(problem.served_at),
        extension=extension if extension is not None and extension.approved_at.at <= cut else None,
        suspension=suspension if suspension is not None and suspension.approved_at.at <= cut else None,
        rectified=tuple(
            sorted(
                [
                    *(m for m in problem.rectified if m.at <= cut),
                    *(c.at for c in problem.taken_back if c.at.at <= cut < c.until),
                ],
                key=lambda m: m.at,
            )
        ),
        taken_back=(),
        visits=tuple(v for v in problem.visits if v.done_at.at <= cut),
        closed_at=closed_at,
        closure=problem.closure if closed_at is not None else "",
        handling=_handled(problem.handling, cut),
    )


def _handled(handling: Handling, cut: datetime) -> Handling:
    """What was known of the handling: nothing that came later, and of what was told otherwise then, what was told."""
    told: dict[str, Any] = {one.name: one.at for one in handling.retold if cut < one.until}
    if handling.retold:
        handling = replace(handling, **told, retold=())
    case, answer = _seen(handling.case, cut), _seen(handling.answer, cut)
    seen = _seen(handling, cut)
    return seen if (case, answer) == (seen.case, seen.answer) else replace(seen, case=case, answer=answer)


def _seen(part: Part, cut: datetime) -> Part:
    """A part without the instants after `cut`."""
    later: dict[str, Any] = {n: None for n, value in vars(part).items() if isinstance(value, Moment) and value.at > cut}
    return replace(part, **later) if later else part


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
        case "months":
            return end_of(months_after(base, deadline.count)), False
        case "month_end":
            return end_of(last_day(deadline.month)), False
        case "year_end":
            return end_of(date(found.year, 12, 31)), False
        case "none":
            return (end_of(found) if problem.corrected_on_spot else None), False
        case "long_term":
            return None, False
    raise ValueError(f"计划中的时限无法解释：{deadline} (unknown deadline in the plan)")


def months_after(day: date, count: int) -> date:
    """The same day `count` months later, or the last of a month that has no such day."""
    years, month = divmod(day.month - 1 + count, 12)
    last = last_day(f"{day.year + years:04d}-{month + 1:02d}")
    return last.replace(day=min(day.day, last.day))


def tellings(plan: Plan, problem: Problem) -> Iterable[tuple[Delivery, Problem]]:
    """The ledgers that list a problem, oldest first, and what each says: every one since its discovery where ledgers
    are cumulative, else those since whose predecessor something had happened."""
    is_cumulative = COUNTIES[problem.county_id].is_cumulative
    before = None
    for delivery in plan.sent(problem.county_id, "problem"):
        now = as_known(problem, delivery.compiled_at)
        if now is not None and (is_cumulative or now != before):
            yield delivery, now
        before = now
