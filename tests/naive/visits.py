"""Visits: which problem each was about, what of the ledger's own columns is a visit, which of them failed."""

from __future__ import annotations

from naive.clock import day, end_of
from naive.grids import Grids
from naive.inputs import Inputs, Row

SECOND_LOOKS = ("reinspect", "look_back", "accept")
FAILED = ("fail", "partial")
CORRECTION_DAYS = 7
# Findings that say the result was not read: the new deadline beside it stands for a failed visit.
INFERRED = ("failed_by_new_due", "result_unread_failed")


class Visits:
    """All visits that have happened, by problem."""

    def __init__(self, inputs: Inputs, grids: Grids, problems: dict[str, Row]) -> None:
        self.inputs, self.grids, self.problems = inputs, grids, problems
        self.rewritten = {
            "problem": self._rewritten("problem", "reinspected_at", "reinspection_result"),
            "follow_up": self._rewritten("follow_up", "done_at", "result"),
        }
        self.book = self._book()
        self.all = [*self.book, *self._of_ledger()]
        self.of_problem: dict[str, list[Row]] = {}
        for visit in self.all:
            if visit["problem_id"] is not None:
                self.of_problem.setdefault(visit["problem_id"], []).append(visit)

    def _rewritten(self, table: str, at: str, result: str) -> set[tuple[str, int]]:
        """Versions that turn a failed result of the same day into another, too late for a slip of the pen."""
        found = set()
        for key, versions in self.inputs.versions[table].items():
            first_failed: dict[object, Row] = {}
            for row in versions:
                if row[at] is None:
                    continue
                on = day(row[at])
                if row[result] in FAILED:
                    if any(f":{rule}:" in row["faults"] for rule in INFERRED):
                        continue
                    known = first_failed.get(on)
                    if known is None or row["file_received_at"] < known["file_received_at"]:
                        first_failed[on] = row
                elif on in first_failed:
                    since = first_failed[on]["file_received_at"]
                    if (day(row["file_received_at"]) - day(since)).days > CORRECTION_DAYS:
                        found.add((key, row["version_no"]))
        return found

    def failed(self, problem_id: str) -> list[Row]:
        """Failed visits in order, one a day."""
        found: list[Row] = []
        visits = self.of_problem.get(problem_id, [])
        for visit in sorted(visits, key=lambda v: (v["done_at"], v["follow_up_id"])):
            is_new_day = all(day(other["done_at"]) != day(visit["done_at"]) for other in found)
            if visit["kind"] in SECOND_LOOKS and visit["result"] in FAILED and is_new_day:
                found.append(visit)
        return found

    def passed(self, problem_id: str) -> list[Row]:
        """Visits that found it put right, in order."""
        visits = [v for v in self.of_problem.get(problem_id, []) if v["kind"] in SECOND_LOOKS and v["result"] == "pass"]
        return sorted(visits, key=lambda v: v["done_at"])

    def _book(self) -> list[Row]:
        found = []
        for now in self.inputs.now["follow_up"]:
            key, row = now["row_key"], now
            if (key, now["version_no"]) in self.rewritten["follow_up"]:
                kept = [
                    v for v in self.inputs.versions["follow_up"][key]
                    if (key, v["version_no"]) not in self.rewritten["follow_up"]
                ]  # fmt: skip
                if not kept:
                    continue
                row = kept[-1]
            if row["done_at"] > self.inputs.as_of:
                continue
            found.append(
                self._visit(key, self._subject(now), row, row["done_at"], row["done_at_precision"], row["kind"],
                            row["result"], "follow_up")
                | {"by_grid_id": row["by_grid_id"], "checkers": row["checker"] or [], "site": row["site"]}
            )  # fmt: skip
        return found

    @staticmethod
    def _visit(key: str, problem_id: str | None, row: Row, at: object, precision: str, kind: str, result: object,
               origin: str) -> Row:  # fmt: skip
        new_due = row["new_due"]
        if new_due is not None and row["new_due_precision"] != "minute":
            new_due = end_of(new_due)
        return {
            "follow_up_id": key, "problem_id": problem_id, "done_at": at, "done_precision": precision, "kind": kind,
            "result": result, "new_due_at": new_due, "origin": origin, "by_grid_id": None, "checkers": [], "site": None,
        }  # fmt: skip

    def _subject(self, visit: Row) -> str | None:
        """The problem a visit names: its own ledger's first; place and day decide between several."""
        if visit["problem_no"] is None:
            return None
        candidates = []
        for key, problem in self.problems.items():
            if problem["problem_no"] != visit["problem_no"]:
                continue
            same = problem["county_id"] == visit["county_id"]
            from_city = visit["county_id"] == "city" and visit["by_grid_id"] in self.grids.above(
                problem["grid_id"], visit["done_at"]
            )
            home = self.grids.home[problem["grid_id"]]["county_id"]
            if not (same or from_city or (problem["county_id"] == "city" and visit["county_id"] == home)):
                continue
            distance = (0 if same else 2) + (0 if problem["key_month"] in ("", visit["month"]) else 1)
            early = day(visit["done_at"]) < day(problem["discovered_at"])
            candidates.append((distance, early, self._is_other_site(visit["site"], problem["site"]), key))
        fitting = [c for c in candidates if not c[1] and not c[2]]
        fitting = [c for c in fitting if c[0] == min(fitting)[0]]
        considered = fitting or candidates
        return considered[0][3] if len(considered) == 1 and not considered[0][1] else None

    def _is_other_site(self, one: str | None, other: str | None) -> bool:
        if one is None or other is None:
            return False
        a, b = self.inputs.grid_words[one], self.inputs.grid_words[other]
        return a not in b and b not in a

    def _of_ledger(self) -> list[Row]:
        """Re-inspections told in the problem's own columns that the book does not hold."""
        found = []
        for key, versions in self.inputs.versions["problem"].items():
            if key not in self.problems:
                continue
            found += self._of_versions(key, [
                v for v in versions
                if v["reinspected_at"] is not None and (key, v["version_no"]) not in self.rewritten["problem"]
            ])  # fmt: skip
        near = self._near(found)
        return [v for v in found if v["follow_up_id"] not in near and not self._is_in_book(v)]

    def _of_versions(self, key: str, told: list[Row]) -> list[Row]:
        last = [
            v for n, v in enumerate(told)
            if n + 1 == len(told) or day(told[n + 1]["reinspected_at"]) != day(v["reinspected_at"])
        ]  # fmt: skip
        by_day: dict[object, Row] = {}
        for n, row in enumerate(last):
            at, received = row["reinspected_at"], row["file_received_at"]
            if at > self.inputs.as_of or at > end_of(received):
                continue
            if n + 1 < len(last):
                following = last[n + 1]
                same = all(row[c] == following[c] for c in ("reinspection_result", "new_due", "rectified_at"))
                if same and day(following["reinspected_at"]) <= day(received):
                    continue
            by_day[day(at)] = row
        return [
            self._visit(
                f"{key}/复查/{on}", key, row, row["reinspected_at"], row["reinspected_at_precision"], "reinspect",
                row["reinspection_result"], "problem",
            )
            | {"checkers": [row["reinspector"]] if row["reinspector"] else []}
            for on, row in by_day.items()
        ]  # fmt: skip

    def _is_in_book(self, visit: Row) -> bool:
        return any(
            b["problem_id"] == visit["problem_id"] and b["kind"] in SECOND_LOOKS
            and day(b["done_at"]) == day(visit["done_at"]) and visit["result"] in (None, b["result"])
            for b in self.book
        )  # fmt: skip

    def _near(self, of_ledger: list[Row]) -> set[str]:
        """Failed visits of the ledger that are one of the book a few days off, each of the book standing for one."""
        found = set()
        for book in self.book:
            if book["kind"] not in SECOND_LOOKS or book["result"] not in FAILED or book["problem_id"] is None:
                continue
            close = []
            for visit in of_ledger:
                if visit["problem_id"] != book["problem_id"] or visit["result"] not in FAILED:
                    continue
                first, last = sorted([day(visit["done_at"]), day(book["done_at"])])
                dues = {visit["new_due_at"], book["new_due_at"]} - {None}
                between = any(
                    v["rectified_at"] is not None and first < day(v["rectified_at"]) <= last
                    for v in self.inputs.versions["problem"][book["problem_id"]]
                )
                if (last - first).days <= 3 and len(dues) < 2 and not between:
                    close.append(((last - first).days, visit["done_at"], visit["follow_up_id"]))
            if close:
                found.add(min(close)[2])
        return found
