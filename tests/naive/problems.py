"""Problems with all that is known of each: bearer, deadlines, approvals, rounds, what took it out of the count."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from naive.approvals import Approval, approvals, extended, suspended_at
from naive.clock import day, end_of
from naive.deadlines import Deadline, bind, first_told, new_told
from naive.formerly import Former, former
from naive.grids import Grids
from naive.inputs import Inputs, Row
from naive.people import People
from naive.rounds import Round, rounds, statements
from naive.visits import Visits


@dataclass
class Voided:
    """Void, merged or duplicate: since when, if it was told as an ordinary problem before."""

    at: datetime | None
    is_approved: bool


@dataclass
class Case:
    """One problem; lists are by round."""

    key: str
    now: Row
    versions: list[Row]
    failed: list[Row]
    deadlines: list[Deadline]
    bearers: list[str]
    given: list[Approval]
    extended: dict[int, datetime]
    suspended_at: datetime | None
    rounds: list[Round]
    voided: Voided | None
    former: Former
    parts: list[Case] = field(default_factory=list)
    is_split: bool = False
    split_at: datetime | None = None

    def due(self, number: int) -> datetime | None:
        """The end that counts in a round."""
        return self.extended.get(number, self.deadlines[number - 1].due_at)

    @property
    def is_datable(self) -> bool:
        """Whether any ledger had the columns that show a deadline and a completion."""
        fields = self.now["fields"]
        return "rectify_due" in fields and ("rectified_at" in fields or "closed_at" in fields)


class Problems:
    """All problems that have been discovered."""

    def __init__(self, inputs: Inputs, grids: Grids, people: People) -> None:
        self.inputs, self.grids, self.people = inputs, grids, people
        scopes = {(row["county_id"], row["table_name"]): row["scope"] for row in inputs.seed["key_scope"]}
        self.rows: dict[str, Row] = {}
        self.told: dict[str, list[Row]] = {}
        for row in inputs.told["problem"]:
            self.told.setdefault(row["row_key"], []).append(row)
        for row in inputs.now["problem"]:
            if row["discovered_at"] > inputs.as_of:
                continue
            monthly = scopes.get((row["county_id"], "problem")) == "month"
            self.rows[row["row_key"]] = {
                **row, "key_month": row["month"] if monthly else "", "happened_by": self._last_seen(row)
            }  # fmt: skip
        self.visits = Visits(inputs, grids, self.rows)
        self.names = {
            (row["county_id"], row["name"]): row["grid_id"]
            for row in inputs.staging["grid_name"]
            if row["grid_id"] is not None
        }
        self.cases = {key: self._case(key, row) for key, row in self.rows.items()}
        self._split()

    def happened(self, row: Row, name: str) -> datetime | None:
        """A date of the current version, unless it lies ahead, or lay ahead when it was told."""
        at: datetime | None = row[name]
        return at if at is not None and at <= row["happened_by"] else None

    def _last_seen(self, row: Row) -> datetime:
        """Until when what the current version tells may have happened: it was last told then."""
        same = [told for told in self.told[row["row_key"]] if told["version_no"] == row["version_no"]]
        return min(self.inputs.as_of, end_of(max(told["file_received_at"] for told in same)))

    def _case(self, key: str, row: Row) -> Case:
        versions = self.inputs.versions["problem"][key]
        failed = self.visits.failed(key)
        deadlines = [
            bind(
                first_told(self.inputs, versions), row["discovered_at"], row["rectify_due_kind"],
                bool(row["corrected_on_spot"]),
            )
        ]  # fmt: skip
        for visit in failed:
            told = new_told(self.inputs, self.visits, key, visit)
            kind = "date" if visit["new_due_at"] else None
            deadlines.append(bind(told, visit["done_at"], kind, False))
        bearers = [self._bearer(row, versions, one) for one in deadlines]
        given = approvals(self.inputs, self.grids, self.people, versions, failed, bearers, self.names)
        stated = statements(self.inputs, self.told[key])
        return Case(
            key, row, versions, failed, deadlines, bearers, given, extended(given, deadlines),
            suspended_at(given, deadlines), rounds(row, stated, failed, self.visits.passed(key)),
            self._voided(row, versions, given), former(self.told[key]),
        )  # fmt: skip

    def _bearer(self, row: Row, versions: list[Row], deadline: Deadline) -> str:
        """Whoever was written when the round's own deadline passed; the county where nobody ever was."""
        told = []
        for version in versions:
            grid_id = version["duty_grid_id"]
            if grid_id is None:
                continue
            if grid_id == "city":
                grid_id = self.grids.at_level(row["grid_id"], 1, deadline.due_at or row["discovered_at"]) or "city"
            told.append((version["file_received_at"], version["version_no"], grid_id))
        if not told:
            return self.grids.at_level(row["grid_id"], 2, row["discovered_at"]) or str(row["grid_id"])
        in_time = [one for one in told if deadline.due_at is None or one[0] <= deadline.due_at]
        return str(in_time[-1][2] if in_time else min(told)[2])

    @staticmethod
    def _voided(row: Row, versions: list[Row], given: list[Approval]) -> Voided | None:
        if row["closure"] not in ("void", "merged") and not row["is_duplicate"]:
            return None
        ordinary = _plain(versions)
        last = ordinary[-1]["version_no"] if ordinary else 0
        after = [v for v in versions if v["version_no"] > last]
        if not after:
            return None
        at = min(v["file_received_at"] for v in after)
        spent = {day(a.approved_at) for a in given if a.version_no <= last}
        own = [a for a in given if a.version_no > last and day(a.approved_at) not in spent]
        before = any(v["file_received_at"] < at for v in ordinary)
        return Voided(at if before else None, bool(own))

    def _split(self) -> None:
        """Origins that are replaced by their parts, unless the parts lead back to them."""
        numbered: dict[tuple[str, str, str], list[str]] = {}
        for key, row in self.rows.items():
            numbered.setdefault((row["county_id"], row["key_month"], row["problem_no"]), []).append(key)
        parents: dict[str, list[str]] = {}
        for key, row in self.rows.items():
            wanted = (row["county_id"], row["key_month"], row["parent_problem_no"])
            parents[key] = [p for p in numbered.get(wanted, []) if p != key]
        for key, origins in parents.items():
            for origin in origins:
                if key not in _all_above(origin, parents) and self._stands_in(self.cases[key]):
                    self.cases[origin].parts.append(self.cases[key])
        for case in self.cases.values():
            told = [
                v["file_received_at"] for part in case.parts for v in part.versions
                if v["parent_problem_no"] == case.now["problem_no"]
            ]  # fmt: skip
            if told:
                case.is_split = True
                first = min(v["file_received_at"] for v in case.versions)
                case.split_at = min(told) if first < min(told) else None

    @staticmethod
    def _stands_in(part: Case) -> bool:
        due = part.due(1)
        if not part.is_datable or part.deadlines[0].due_at is None or due is None:
            return False
        voided = part.voided
        return voided is None or bool(not voided.is_approved and voided.at and voided.at > due)


def _plain(versions: list[Row]) -> list[Row]:
    """Versions that told it as an ordinary problem, a column left out keeping what was told."""
    found = []
    closed = duplicate = False
    for version in versions:
        if "closure" in version["fields"]:
            closed = version["closure"] in ("void", "merged")
        if "is_duplicate" in version["fields"]:
            duplicate = bool(version["is_duplicate"])
        if not closed and not duplicate:
            found.append(version)
    return found


def _all_above(key: str, parents: dict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(parents[key])
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += parents[one]
    return found
