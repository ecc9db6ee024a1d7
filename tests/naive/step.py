"""What all steps of handling have in common: the end of their limit, their state, and what was told first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from naive.clock import day, end_of, month_of, plus_days, plus_workdays
from naive.duty import Duty, by_dates
from naive.inputs import Inputs, Row
from naive.problems import Case
from naive.rectify import is_out, is_suspended


@dataclass(frozen=True)
class Instant:
    """A moment, and whether its minute is known."""

    at: datetime
    is_minute: bool


Telling = Callable[[Row], Instant | None]


@dataclass(frozen=True)
class Step:
    """One step of one problem, before it is judged."""

    metric_id: str
    case: Case
    grid_id: str
    start: Telling
    met: Telling
    part: str = ""
    limit_class: str = ""
    stated_due: datetime | None = None
    has_no_limit: bool = False
    may_be_suspended: bool = False
    round: int = 1


def instant(name: str) -> Telling:
    """One column."""

    def read(row: Row) -> Instant | None:
        at = row[name]
        return None if at is None else Instant(at, row[f"{name}_precision"] == "minute")

    return read


def either(*names: str) -> Telling:
    """The first column that is filled."""

    def read(row: Row) -> Instant | None:
        return next((one for one in (instant(name)(row) for name in names) if one), None)

    return read


def earliest(*names: str) -> Telling:
    """The earliest of several columns."""

    def read(row: Row) -> Instant | None:
        return min((one for one in (instant(name)(row) for name in names) if one), key=lambda i: i.at, default=None)

    return read


class Judge:
    """Turns steps into duties."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs

    def cut(self, telling: Telling, row: Row) -> Instant | None:
        """What a row tells, columns later than the moment being empty yet."""
        early = {
            name: None if isinstance(value, datetime) and value > self.inputs.as_of else value
            for name, value in row.items()
        }
        return telling(early)

    def due(self, step: Step, start: Instant) -> tuple[datetime | None, bool]:
        """The last second that counts, and whether the calendar for it is not published."""
        if step.has_no_limit or step.stated_due is not None:
            return step.stated_due, False
        limit = self.inputs.limit(step.metric_id, day(start.at), step.limit_class)
        count = limit["value"]
        if limit["day_kind"] == "hour":
            if start.is_minute:
                return start.at + timedelta(hours=count), False
            return end_of(plus_days(start.at, count // 24)), False
        if limit["day_kind"] == "working":
            at = plus_workdays(self.inputs.calendar, start.at, count)
            return (None, True) if at is None else (end_of(at), False)
        return end_of(plus_days(start.at, count)), False

    def duty(self, step: Step, longer: Callable[[datetime], datetime] | None = None) -> Duty | None:
        """The duty; none without a start."""
        start, met = self.cut(step.start, step.case.now), self.cut(step.met, step.case.now)
        if start is None:
            return None
        original, is_unknown = self.due(step, start)
        due = longer(original) if longer and original else original
        name = f"{step.metric_id}/{step.case.key}" + (f"/{step.part}" if step.part else "")
        return Duty(
            step.metric_id, name, step.grid_id, month_of(due or start.at), start.at, original, due,
            met.at if met else None, self._state(step, start, met, due, is_unknown), step.round,
        )  # fmt: skip

    def _state(self, step: Step, start: Instant, met: Instant | None, due: datetime | None, unknown: bool) -> str:
        met_at = met.at if met else None
        if is_out(step.case, due, met_at):
            return "void"
        if step.may_be_suspended and is_suspended(step.case, start.at, due):
            return "void"
        if met and (day(met.at) < day(start.at) or (met.is_minute and start.is_minute and met.at < start.at)):
            return "bad_dates"
        if self._is_rewritten(step, start, met, due):
            return "bad_dates"
        return "pending" if unknown else by_dates(due, met_at, self.inputs.as_of)

    def _is_rewritten(self, step: Step, start: Instant, met: Instant | None, due: datetime | None) -> bool:
        """Whether only what was written after the end makes it punctual."""
        if due is None or met is None or met.at > due:
            return False
        first_start, late_start = self._first(step.start, step.case, start, due)
        first_met, late_met = self._first(step.met, step.case, met, due)
        if not late_start and not late_met:
            return False
        first_due, _ = self.due(step, first_start)
        return first_due is not None and first_met.at > first_due

    def _first(self, telling: Telling, case: Case, now: Instant, due: datetime) -> tuple[Instant, bool]:
        """What was told first, and whether what is told now was first told after the end, as another."""
        told = [(self.cut(telling, version), version["file_received_at"]) for version in case.versions]
        known = [(one, received) for one, received in told if one is not None]
        if not known:
            return now, False
        since = [received for one, received in known if one.at == now.at]
        is_late = bool(since) and min(since) > due
        return known[0][0], is_late and known[0][0].at != now.at
