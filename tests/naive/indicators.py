"""Indicators of problems: one fact a row, (indicator, grid, month, day, numerator, denominator)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from naive.clock import day, end_of, last_day, month_of, plus_days
from naive.duty import Duty
from naive.inputs import Row
from naive.patrols import Patrols
from naive.problems import Case, Problems
from naive.rectify import is_out
from naive.visits import FAILED, SECOND_LOOKS

Fact = tuple[str, str, str, date, int, int | None]
NOT_SELF = ("petition", "hotline", "assigned", "inspection", "media", "referred", "other")
COMPLAINTS = ("petition", "hotline", "assigned", "inspection", "spot_check", "media")
DENIED = ("未", "未予", "拟", "不", "不予", "不再", "解除", "无需", "无须", "建议")
MEASURES = ("查封", "扣押", "限产", "限制生产", "停产", "停业", "关闭", "移送")
BANDS = ((7, "0_7"), (30, "8_30"), (90, "31_90"), (None, "over_90"))


class ProblemFacts:
    """Facts of problems, their visits and their closing."""

    def __init__(self, problems: Problems, patrols: Patrols) -> None:
        self.problems, self.patrols = problems, patrols
        self.inputs = problems.inputs

    def facts(self, rectified: list[Duty]) -> Iterator[Fact]:
        """All of them; `rectified` are the duties of rectification."""
        yield from self.overdue(rectified)
        yield from self.lasted(rectified)
        for case in self.problems.cases.values():
            yield from self.found(case)
            yield from self.complained(case)
            yield from self.recurred(case)
            yield from self.reworked(case)
            yield from self.enforced(case)
            yield from self.closed(case)

    def overdue(self, rectified: list[Duty]) -> Iterator[Fact]:
        """What stood unmet past its end at each month's end, or at the moment."""
        for month in self.patrols.deliveries.months:
            at = min(end_of(last_day(month)), self.inputs.as_of)
            oldest: dict[str, int] = {}
            for duty in rectified:
                if duty.state not in ("late", "overdue") or duty.due_at is None or duty.due_at >= at:
                    continue
                if duty.met_at is not None and duty.met_at <= at:
                    continue
                days = (day(at) - day(duty.due_at)).days
                band = next(name for most, name in BANDS if most is None or days <= most)
                yield "open_overdue", duty.grid_id, month, day(at), 1, None
                yield f"open_overdue_{band}", duty.grid_id, month, day(at), 1, None
                oldest[duty.grid_id] = max(oldest.get(duty.grid_id, 0), days)
            for grid_id, days in oldest.items():
                yield "oldest_overdue_days", grid_id, month, day(at), days, None

    def lasted(self, rectified: list[Duty]) -> Iterator[Fact]:
        """Days of each problem from its discovery until nobody had to put it right again, and whether that came."""
        of_problem: dict[str, list[Duty]] = {}
        for duty in rectified:
            if duty.state != "unreported":
                of_problem.setdefault(duty.obligation_id.rsplit("/r", 1)[0], []).append(duty)
        for rounds in of_problem.values():
            rounds.sort(key=lambda duty: duty.round)
            usable = [place for place, duty in enumerate(rounds) if duty.state not in ("void", "bad_dates")]
            if not usable:
                continue
            last = rounds[usable[-1]]
            after = rounds[usable[-1] + 1].started_at if rounds[-1] is not last else None
            since = min(duty.started_at for duty in rounds if duty.state != "void")
            days = max((day(after or last.met_at or self.inputs.as_of) - day(since)).days, 0)
            ended = int(after is None and last.met_at is not None)
            yield "median_days_to_rectify", last.grid_id, month_of(since), day(since), days, ended

    @staticmethod
    def is_counted(case: Case) -> bool:
        """Not taken out as void, merged, duplicate or split, by the rule that takes out the duty."""
        return not is_out(case, case.due(1), case.rounds[0].met_at)

    def found(self, case: Case) -> Iterator[Fact]:
        """Whether others had to find it; a source nobody can read says nothing."""
        row = case.now
        if row["source"] is not None and self.is_counted(case):
            at = row["discovered_at"]
            yield "non_self_found_share", row["grid_id"], month_of(at), day(at), int(row["source"] in NOT_SELF), 1

    def complained(self, case: Case) -> Iterator[Fact]:
        """A complaint about what a patrol of the thirty days before had passed without a finding."""
        row = case.now
        if row["source"] not in COMPLAINTS or not self.is_counted(case):
            return
        received = self.problems.happened(row, "received_at")
        name = "received_at" if received is not None and received < row["discovered_at"] else "discovered_at"
        at = row[name]
        for patrol in self.patrols.all:
            if patrol["findings"] != 0 or not self._is_there(row, patrol):
                continue
            went = patrol["started_at"]
            exact = patrol["started_at_precision"] == "minute" == row[f"{name}_precision"]
            before = day(went) < day(at) or (exact and went < at)
            if before and (day(at) - day(went)).days <= 30:
                night = row["category"] in ("noise", "fume")
                told = "complained_after_patrol_night" if night else "complained_after_patrol"
                yield told, row["grid_id"], month_of(at), day(at), 1, None
                return

    def _is_there(self, row: Row, patrol: Row) -> bool:
        """The same site of the same county, or the township where no site is written."""
        grids, word = self.problems.grids, self.inputs.grid_words
        if row["site"] is None:
            return bool(patrol["grid_id"] == row["grid_id"]) and grids.level(row["grid_id"]) == 3
        same = word[row["site"]] in {word[site] for site in patrol["sites"] or []}
        county = grids.at_level(row["grid_id"], 2, row["discovered_at"])
        return same and county is not None and county == grids.at_level(patrol["grid_id"], 2, patrol["started_at"])

    def recurred(self, case: Case) -> Iterator[Fact]:
        """Whether the same came back within ninety days, where ninety days have been seen."""
        row = case.now
        cleared = self.problems.happened(row, "cleared_at") or case.rounds[-1].met_at
        if cleared is None or row["site"] is None or not self.is_counted(case):
            return
        if self.inputs.as_of <= end_of(plus_days(cleared, 90)) or day(cleared) < day(row["discovered_at"]):
            return
        again = any(
            self.is_counted(other) and self._is_same(row, other.now)
            and 1 <= (day(other.now["discovered_at"]) - day(cleared)).days <= 90
            for other in self.problems.cases.values()
        )  # fmt: skip
        yield "recurrence_rate", row["grid_id"], month_of(cleared), day(cleared), int(again), 1

    def _is_same(self, one: Row, other: Row) -> bool:
        words = self.inputs.grid_words
        if other["site"] is None or words[one["site"]] != words[other["site"]]:
            return False
        homes = [self.problems.grids.home[row["grid_id"]]["county_id"] for row in (one, other)]
        return one["category"] == other["category"] and homes[0] == homes[1]

    def reworked(self, case: Case) -> Iterator[Fact]:
        """Days on which somebody found it not put right, or put right, of all that have a result."""
        found = {
            (day(visit["done_at"]), visit["result"] in FAILED)
            for visit in self.problems.visits.of_problem.get(case.key, [])
            if visit["kind"] in SECOND_LOOKS and visit["result"] is not None
        }
        for on, is_failed in found:
            yield "rework_rate", case.bearers[0], month_of(on), on, int(is_failed), 1

    def enforced(self, case: Case) -> Iterator[Fact]:
        """Cases filed, and fines in cents."""
        if not self.is_counted(case):
            return
        row, handler = case.now, case.bearers[0]
        grids = self.problems.grids
        owner = handler if grids.level(handler) < 3 else str(grids.home[handler]["county_id"])
        if self._is_measure(row["measures"] or ""):
            happened = [self.problems.happened(row, name) for name in ("filed_at", "decided_at")]
            first = next((at for at in happened if at is not None), row["discovered_at"])
            yield "enforcement_measures", owner, month_of(first), day(first), 1, None
            if _is_taken(row["measures"], "移送"):
                yield "enforcement_transfers", owner, month_of(first), day(first), 1, None
        filed, decided, closed = (self.problems.happened(row, f"{name}_at") for name in ("filed", "decided", "closed"))
        if filed is not None:
            yield "enforcement_filed", owner, month_of(filed), day(filed), 1, None
        at = decided or closed
        if at is not None and row["fine_amount"]:
            yield "enforcement_fine", owner, month_of(at), day(at), round(row["fine_amount"] * 100), None

    @staticmethod
    def _is_measure(words: str) -> bool:
        """Whether a coercive measure is named that was taken: nowhere said to be refused, planned or not yet taken."""
        return any(_is_taken(words, word) for word in MEASURES)

    def closed(self, case: Case) -> Iterator[Fact]:
        """Closings by force, and closings in the minute of discovery or registration."""
        row, at = case.now, self.problems.happened(case.now, "closed_at")
        if at is None or row["closure"] == "suspended" or not self.is_counted(case):
            return
        if "closure" in row["fields"]:
            yield "forced_closure_rate", case.bearers[0], month_of(at), day(at), int(row["closure"] == "forced"), 1
        told = [
            self.problems.happened(row, name) for name in ("discovered_at", "registered_at")
            if row[f"{name}_precision"] == "minute"
        ]  # fmt: skip
        known = [_minute(one) for one in told if one is not None]
        if row["closed_at_precision"] == "minute" and known:
            yield "closed_in_the_minute_rate", case.bearers[0], month_of(at), day(at), int(_minute(at) in known), 1


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _is_taken(words: str, measure: str) -> bool:
    """Whether it is named once without a word before it that says it was not done, not yet, or is over."""
    starts = [at for at in range(len(words)) if words.startswith(measure, at)]
    return any(not words[:at].endswith(DENIED) for at in starts)
