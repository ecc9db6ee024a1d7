"""Rounds of putting right: which completion belongs to which, and what shows that there was none yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from naive.clock import day, end_of
from naive.inputs import Inputs, Row

MISTAKE_DAYS = 7


@dataclass
class Round:
    """One round; `is_met_later` where a later round's completion stands in for it."""

    number: int
    started_at: datetime
    ended_at: datetime | None
    met_at: datetime | None = None
    is_met_later: bool = False
    blank_seen_at: datetime | None = None
    version_no: int | None = None
    first_met_at: datetime | None = None


@dataclass
class Statement:
    """What one version says of the completion; no date means: not yet."""

    version_no: int
    at: datetime | None
    precision: str | None
    first_received: datetime
    last_received: datetime


def says_nothing(row: Row, name: str) -> bool:
    """Whether the date in that cell could not be read."""
    return any(f"{name}:{rule}" in (row["faults"] or "") for rule in ("date_unreadable", "date_impossible"))


def _closing(rows: list[Row]) -> list[datetime | None]:
    """The closing date of each version, where it may prove a completion."""
    ordinary = [r["closed_at"] for r in rows if r["closure"] not in ("void", "merged") and r["closed_at"] is not None]
    found = []
    for row in rows:
        at = row["closed_at"]
        if row["closure"] == "suspended" or (
            row["closure"] in ("void", "merged") and (not ordinary or at != max(ordinary))
        ):
            at = None
        found.append(at)
    return found


def statements(inputs: Inputs, told: list[Row]) -> list[Statement]:
    """What every version says, in order; `told` are all its rows that did not go back."""
    rows = [
        r for r in told
        if ("rectified_at" in r["fields"] or "closed_at" in r["fields"]) and not says_nothing(r, "rectified_at")
    ]  # fmt: skip
    closing = _closing(rows)
    lacking = [c for r, c in zip(rows, closing, strict=True) if "rectified_at" not in r["fields"] and c is not None]
    found: dict[int, Statement] = {}
    for row, closed in sorted(zip(rows, closing, strict=True), key=lambda pair: pair[0]["version_no"]):
        own = "rectified_at" in row["fields"]
        by_closing = not own or (row["rectified_at"] is None and lacking and closed == max(lacking))
        at = closed if by_closing else row["rectified_at"]
        precision = row["closed_at_precision"] if by_closing else row["rectified_at_precision"]
        received = row["file_received_at"]
        one = found.setdefault(row["version_no"], Statement(row["version_no"], None, None, received, received))
        one.first_received = min(one.first_received, received)
        one.last_received = max(one.last_received, received)
        if row["disposition"] == "accepted":
            one.precision = precision
        # told before it happened, it is no completion yet; told again afterwards, it is
        if at is not None and at <= min(end_of(received), inputs.as_of):
            one.at = at
    return list(found.values())


def claims(stated: list[Statement], failed: list[Row]) -> dict[int, list[Statement]]:
    """Round → the completions told for it."""
    placed = []
    for one in stated:
        if one.at is None:
            continue
        before = unclear = 0
        for visit in failed:
            same = day(visit["done_at"]) == day(one.at)
            exact = one.precision == "minute" and visit["done_precision"] == "minute"
            if day(visit["done_at"]) < day(one.at) or (same and exact and visit["done_at"] < one.at):
                before += 1
            elif same and not exact:
                unclear += 1
        placed.append((one, before + 1, unclear))
    certain = {number for _, number, unclear in placed if not unclear}
    found: dict[int, list[Statement]] = {}
    for one, number, unclear in placed:
        found.setdefault(number + (1 if unclear and number in certain else 0), []).append(one)
    return found


def rounds(problem: Row, stated: list[Statement], failed: list[Row], passed: list[Row]) -> list[Round]:
    """All rounds of a problem with what met them."""
    starts = [problem["discovered_at"], *(visit["done_at"] for visit in failed)]
    ends = [*(visit["done_at"] for visit in failed), None]
    found = [Round(n + 1, start, end) for n, (start, end) in enumerate(zip(starts, ends, strict=True))]
    told = claims(stated, failed)
    current = max((one.version_no for one in stated), default=None)
    for one in found:
        _own(one, problem, told.get(one.number, []), current, stated, failed, passed)
    own = [(one.met_at, one.version_no) for one in found]
    for n, one in enumerate(found):
        if own[n][0] is not None:
            continue
        lender = next((pair for pair in own[n + 1 :] if pair[0] is not None), None)
        if lender is None:
            continue
        one.met_at, one.is_met_later = lender[0], True
        seen = [s.last_received for s in stated if s.at is None and (lender[1] is None or s.version_no < lender[1])]
        one.blank_seen_at = max(seen, default=None)
    return found


def _stood(one: Statement, stated: list[Statement]) -> bool:
    """Whether it was not replaced within a week, as a slip of the pen."""
    after = [s.first_received for s in stated if s.version_no > one.version_no]
    return not after or (day(after[0]) - day(one.first_received)).days > MISTAKE_DAYS


def _own(one: Round, problem: Row, told: list[Statement], current: int | None, stated: list[Statement],
         failed: list[Row], passed: list[Row]) -> None:  # fmt: skip
    claimed = [s for s in told if one.ended_at is not None or s.version_no == current]
    last = max(claimed, key=lambda s: s.version_no, default=None)
    if last is not None and one.ended_at is not None:
        for blank in stated:
            if blank.at is None and blank.version_no > last.version_no and blank.first_received < one.ended_at:
                last = None
                break
    stated_at = last.at if last else None
    one.version_no = last.version_no if last else None
    passed_at = None
    if one.ended_at is None:
        opening = failed[one.number - 2] if one.number > 1 else None
        for visit in passed:
            exact = opening and opening["done_precision"] == "minute" == visit["done_precision"]
            later = day(visit["done_at"]) > day(one.started_at) or (exact and visit["done_at"] > one.started_at)
            if one.number == 1 or later:
                passed_at = visit["done_at"]
                break
    on_spot = one.number == 1 and problem["corrected_on_spot"]
    if on_spot and (stated_at is None or day(stated_at) <= day(problem["discovered_at"])):
        one.met_at = problem["discovered_at"]
        return
    if stated_at is not None:
        begun = min((s for s in told if _stood(s, stated)), key=lambda s: s.version_no, default=None)
        one.first_met_at = min((at for at in (begun and begun.at, passed_at) if at is not None), default=None)
    if one.number > 1 and passed_at and stated_at and passed_at < stated_at:
        one.met_at = passed_at
    else:
        one.met_at = stated_at or passed_at
