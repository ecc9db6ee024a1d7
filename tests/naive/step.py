"""What all steps of handling have in common: the end of their limit, their state, and what was told first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from naive.clock import day, end_of, month_of, plus_days, plus_workdays
from naive.duty import Duty, by_dates
from naive.inputs import Inputs, Row
from naive.problems import Case
from naive.rectify import is_out, is_suspended
from naive.rounds import MISTAKE_DAYS


@dataclass(frozen=True)
class Instant:
    """A moment, whether its minute is known, and the column it stands in."""

    at: datetime
    is_minute: bool
    column: str = ""


Telling = Callable[[Row], Instant | None]
Longer = Callable[[datetime, datetime], datetime]  # start and end → the end as it was lawfully extended


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
    possible_from: Telling | None = None  # before this it cannot have been met; else before the start
    round: int = 1
    withdrawn_at: datetime | None = None  # when the ledger took back why it is owed
    retold_at: datetime | None = None  # when it said that it was met, having denied it


def instant(name: str) -> Telling:
    """One column."""

    def read(row: Row) -> Instant | None:
        at = row[name]
        return None if at is None else Instant(at, row[f"{name}_precision"] == "minute", name)

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


def kept(case: Case, telling: Telling, *names: str) -> Telling:
    """The first of several columns that is filled, or was before it was emptied too late; else what is told instead."""

    def read(row: Row) -> Instant | None:
        for name in names:
            one = instant(name)(row)
            if one is not None and not (name == "closed_at" and row["closure"] == "suspended"):
                return one
            if name in case.former.at:
                at, precision = case.former.at[name]
                return Instant(at, precision == "minute", name)
        return telling(row)

    return read


def nothing(_: Row) -> Instant | None:
    """No column at all."""
    return None


def nameless(telling: Telling) -> Telling:
    """The same moment, but not as a cell that may have been rewritten."""

    def read(row: Row) -> Instant | None:
        one = telling(row)
        return replace(one, column="") if one else None

    return read


class Judge:
    """Turns steps into duties."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs

    def cut(self, telling: Telling, row: Row) -> Instant | None:
        """What a row tells; what is later than the moment, or was when it was last told, has not happened."""
        early = {
            name: None if isinstance(value, datetime) and value > row["happened_by"] else value
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

    def duty(self, step: Step, longer: Longer | None = None) -> Duty | None:
        """The duty; none without a start."""
        start, met = self.cut(step.start, step.case.now), self.cut(step.met, step.case.now)
        if start is None:
            return None
        original, is_unknown = self.due(step, start)
        due = longer(start.at, original) if longer and original else original
        if step.withdrawn_at is not None and (due is None or step.withdrawn_at <= due):
            return None
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
        since = self.cut(step.possible_from, step.case.now) if step.possible_from else start
        if since and met and (day(met.at) < day(since.at) or (met.is_minute and since.is_minute and met.at < since.at)):
            return "bad_dates"
        if self._is_rewritten(step, start, met, due):
            return "bad_dates"
        return "pending" if unknown else by_dates(due, met_at, self.inputs.as_of)

    def _is_rewritten(self, step: Step, start: Instant, met: Instant | None, due: datetime | None) -> bool:
        """Whether only what was rewritten after the end makes it punctual; an empty cell filled is no rewriting."""
        if due is None or met is None or met.at > due:
            return False
        if step.retold_at is not None and step.retold_at > due:
            return True
        first_start, start_since = self._first(step.case, start)
        first_met, met_since = self._first(step.case, met)
        since = max((one for one in (start_since, met_since) if one is not None), default=None)
        if since is None:
            return False
        first_due, _ = self.due(step, replace(start, at=first_start))
        return first_due is not None and first_met > first_due and since > first_due

    @staticmethod
    def _first(case: Case, now: Instant) -> tuple[datetime, datetime | None]:
        """The date that stood in the cell first, and when it was last rewritten, if it was; a week mends slips."""
        name = now.column
        told_at = case.versions[0]["file_received_at"]
        rewritings = []
        for earlier, later in pairwise(case.versions):
            both = name and name in earlier["fields"] and name in later["fields"]
            if not both or earlier[name] == later[name]:
                continue
            since, told_at = told_at, later["file_received_at"]
            if earlier[name] is not None and (day(told_at) - day(since)).days > MISTAKE_DAYS:
                rewritings.append((told_at, later["row_id"], earlier[name]))
        if not rewritings:
            return now.at, None
        return min(rewritings)[2], max(rewritings)[0]
