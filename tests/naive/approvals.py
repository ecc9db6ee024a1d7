"""Approvals from above: extensions in their chain, and suspensions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from naive.clock import day, end_of, holds, start_of
from naive.deadlines import Deadline
from naive.grids import Grids
from naive.inputs import Inputs, Row
from naive.people import People


@dataclass
class Approval:
    """One approval of a grid above, as one version tells it."""

    version_no: int
    round: int
    received: datetime
    approved_at: datetime
    ends: datetime | None
    is_suspended: bool


def approver(
    inputs: Inputs, people: People, row: Row, above: list[str], names: dict[tuple[str, str], str]
) -> str | None:
    """The grid that approved: a grid by name, else the grid above where a person of that name was in post that day."""
    text = row["extension_approved_by"]
    known = names.get((row["county_id"], inputs.grid_words[text]))
    if known is not None or row["extension_approved_at"] is None:
        return known
    on = day(row["extension_approved_at"])
    called = inputs.person_words[text]
    posts = [p for p in people.in_post if p["grid_id"] in above and p["name"] == called and holds(p, on)]
    own = [p for p in posts if p["post"] != "deputy"]
    if len({p["person_id"] for p in own}) == 1:
        return str(min(p["grid_id"] for p in own))
    if posts and not own and len({p["grid_id"] for p in posts}) == 1:
        return str(posts[0]["grid_id"])
    return None


def approvals(
    inputs: Inputs, grids: Grids, people: People, versions: list[Row], failed: list[Row], bearers: list[str],
    names: dict[tuple[str, str], str],
) -> list[Approval]:  # fmt: skip
    """All approvals told for a problem that come from above whoever bore it then."""
    found = []
    for row in versions:
        at = row["extension_approved_at"]
        if row["extension_approved_by"] is None or at is None:
            continue
        number = 1 + sum(day(visit["done_at"]) < day(at) for visit in failed)
        above = grids.above(bearers[number - 1], at)[1:]
        if approver(inputs, people, row, above, names) not in above:
            continue
        if not start_of(row["discovered_at"]) <= at <= min(end_of(row["file_received_at"]), inputs.as_of):
            continue
        ends = row["extended_due"]
        if ends is not None and row["extended_due_precision"] != "minute":
            ends = end_of(ends)
        suspended = row["closure"] == "suspended"
        found.append(Approval(row["version_no"], number, row["file_received_at"], at, ends, suspended))
    return found


def _longer(given: list[Approval], deadlines: list[Deadline]) -> list[Approval]:
    """Those that name an end later than the original one of their round."""
    found = []
    for one in given:
        due = deadlines[one.round - 1].due_at
        if due is not None and one.ends is not None and one.ends > due:
            found.append(one)
    return found


def extended(given: list[Approval], deadlines: list[Deadline]) -> dict[int, datetime]:
    """Round → the end to which it was lawfully extended."""
    steps: list[Approval] = []
    latest_day = None
    for one in _longer(given, deadlines):  # in the order of the ledgers
        if latest_day is None or day(one.approved_at) > latest_day:
            steps.append(one)
        latest_day = max(latest_day or day(one.approved_at), day(one.approved_at))
    found: dict[int, datetime] = {}
    for number, deadline in enumerate(deadlines, 1):
        in_force = deadline.due_at
        for one in sorted((s for s in steps if s.round == number), key=lambda s: s.approved_at):
            assert in_force is not None and one.ends is not None
            if one.approved_at > in_force:
                break
            if one.ends > in_force:
                in_force = found[number] = one.ends
    return found


def suspended_at(given: list[Approval], deadlines: list[Deadline]) -> datetime | None:
    """When suspension was approved by an approval of its own: none that had given a later end."""
    spent = set()
    seen = set()
    for one in _longer(given, deadlines):
        if one.ends not in seen:
            spent.add(day(one.approved_at))
        seen.add(one.ends)
    own = [one.approved_at for one in given if one.is_suspended and day(one.approved_at) not in spent]
    return min(own, default=None)
