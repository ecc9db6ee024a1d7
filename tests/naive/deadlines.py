"""Which of the deadlines that were told binds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from naive.clock import FAR, day, end_of, plus_days, plus_months, plus_workdays, start_of
from naive.inputs import Inputs, Row
from naive.visits import CORRECTION_DAYS, FAILED, Visits

COUNTED = ("days", "working_days", "months")
KINDS = (*COUNTED, "same_day", "date", "month_end", "year_end")
STARTS = ("assigned_at", "document_issued_at", "served_at")  # from the weakest to the strongest


@dataclass
class Deadline:
    """What binds a round; discovered_at is the start the dates are held against."""

    due_at: datetime | None
    kind: str | None
    discovered_at: datetime
    is_before_discovery: bool
    earlier_due_at: datetime | None


@dataclass
class Told:
    """One telling of a deadline."""

    order: tuple[object, ...]
    month: str
    received: datetime
    discovered: datetime
    kind: str
    ends: datetime
    is_possible: bool


def _own_starts(row: Row) -> dict[str, datetime]:
    low, high = start_of(row["discovered_at"]), end_of(row["file_received_at"])
    return {name: row[name] for name in STARTS if row[name] is not None and low <= row[name] <= high}


def _end(inputs: Inputs, row: Row, counted_from: datetime) -> datetime | None:
    kind, number, stated = row["rectify_due_kind"], row["rectify_due_number"], row["rectify_due_at"]
    at: date | datetime | None = stated
    if kind == "same_day":
        at = row["discovered_at"]
    elif kind == "days":
        at = plus_days(counted_from, number)
    elif kind == "months":
        at = plus_months(counted_from, number)
    elif kind == "working_days":
        at = plus_workdays(inputs.calendar, counted_from, number)
    elif kind == "date" and row["rectify_due_precision"] == "minute":
        return stated
    elif kind == "year_end" and stated is None:
        at = date(row["discovered_at"].year, 12, 31)
    return None if at is None else end_of(at)


def first_told(inputs: Inputs, versions: list[Row]) -> list[Told]:
    """The first round's deadline, telling by telling."""
    ever: dict[str, datetime] = {}  # the first of each start told in any version
    for row in versions:
        for name, at in _own_starts(row).items():
            ever.setdefault(name, at)
    carried: dict[str, datetime] = {}
    found = []
    for row in versions:
        carried |= _own_starts(row)
        if row["rectify_due_kind"] not in KINDS:
            continue
        strength = max((n for n, name in enumerate(STARTS) if name in carried), default=-1)
        own = _end(inputs, row, carried[STARTS[strength]] if strength >= 0 else row["discovered_at"])
        ends = own
        if row["rectify_due_kind"] in COUNTED:
            for name in STARTS[strength + 1 :]:
                at = ever.get(name)
                if at is not None and at >= start_of(row["discovered_at"]) and (own is None or at <= own):
                    ends = _end(inputs, row, at)  # the strongest comes last
        if ends is None and row["rectify_due_kind"] != "working_days":
            continue
        found.append(
            Told(
                (row["version_no"],), row["month"], row["file_received_at"], row["discovered_at"],
                row["rectify_due_kind"], ends or FAR, ends is None or day(ends) >= day(row["discovered_at"]),
            )
        )  # fmt: skip
    return found


def new_told(inputs: Inputs, visits: Visits, problem_id: str, failed: Row) -> list[Told]:
    """The deadline set at a failed visit, telling by telling, in either book."""
    rows = []
    on = day(failed["done_at"])
    for visit in visits.of_problem.get(problem_id, []):
        if visit["origin"] == "follow_up" and visit["result"] in FAILED and day(visit["done_at"]) == on:
            rows += inputs.versions["follow_up"][visit["follow_up_id"]]
    for row in inputs.versions["problem"][problem_id]:
        at = row["reinspected_at"]
        if at is not None and day(at) == on and at <= end_of(row["file_received_at"]):
            rows.append(row)
    found = []
    for row in rows:
        due = row["new_due"]
        if due is None:
            continue
        ends = due if row["new_due_precision"] == "minute" else end_of(due)
        order = (row["month"], row["file_received_at"], row["row_id"])
        found.append(
            Told(order, row["month"], row["file_received_at"], failed["done_at"], "date", ends, day(due) >= on)
        )
    return sorted(found, key=lambda one: one.order)


def bind(told: list[Told], discovered_at: datetime, kind: str | None, is_on_spot: bool) -> Deadline:
    """The first told binds; but for slips mended at once and for ends moved nearer in time."""
    possible = [one for one in told if one.is_possible]
    if not possible:
        if told:
            last = max(told, key=lambda one: one.order)
            return Deadline(_known(last.ends), last.kind, discovered_at, True, None)
        return Deadline(end_of(discovered_at) if is_on_spot else None, kind, discovered_at, False, None)
    by_ledger = min(possible, key=lambda one: one.order)
    by_receipt = min(possible, key=lambda one: (one.received, one.order))
    first = min([by_ledger, by_receipt], key=lambda one: (one.ends, one.order))
    binding = first
    slips = [
        one for one in possible
        if one.month == first.month and first.received <= one.received <= min(first.ends, one.ends)
        and (day(one.received) - day(first.received)).days <= CORRECTION_DAYS
    ]  # fmt: skip
    if slips:
        binding = max(slips, key=lambda one: (one.received, one.order))
    starts = min(discovered_at, first.discovered, binding.discovered)
    last = max(possible, key=lambda one: one.order)
    since = min(one.received for one in possible if one.ends == last.ends)
    if last.ends < binding.ends and since <= last.ends:
        binding = last
    earlier = last.ends if last.ends < binding.ends else None
    return Deadline(_known(binding.ends), binding.kind, starts, False, earlier)


def _known(ends: datetime) -> datetime | None:
    return None if ends == FAR else ends
