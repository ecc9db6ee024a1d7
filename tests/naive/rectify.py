"""Rectification: the state of every round, and ledgers that were not delivered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from naive.clock import day, first_day, month_of, start_of
from naive.deliveries import Deliveries
from naive.duty import Duty, by_dates
from naive.problems import Case, Problems
from naive.rounds import Round

ASSIGNED = ("assigned", "inspection")


def is_out(case: Case, due: datetime | None, met_at: datetime | None) -> bool:
    """Void, merged, duplicate or split, and told so before the end, by approval, or met in time."""
    in_time = due is not None and met_at is not None and met_at <= due
    out = []
    if case.voided is not None:
        out.append(None if case.voided.is_approved else case.voided.at)
    if case.is_split:
        out.append(case.split_at)
    return any(since is None or due is None or since <= due or in_time for since in out)


def is_suspended(case: Case, started_at: datetime, due: datetime | None) -> bool:
    """Suspended with an approval of its own, not after the end."""
    at = case.suspended_at
    if at is None:
        return False
    begun = case.now["closure"] == "suspended" or at >= start_of(started_at)
    return begun and (due is None or at <= due)


class Rectification:
    """All duties of putting right."""

    def __init__(self, problems: Problems, deliveries: Deliveries) -> None:
        self.problems, self.deliveries = problems, deliveries
        self.inputs, self.grids = problems.inputs, problems.grids

    def duties(self) -> list[Duty]:
        """One a round, and one a ledger not delivered."""
        found = []
        for case in self.problems.cases.values():
            if case.is_datable:
                found += [self._duty(case, one) for one in case.rounds]
        return found + silent("rectification", self.deliveries)

    def assigned(self, duties: list[Duty]) -> list[Duty]:
        """The first rounds of what was assigned, and the ledgers not delivered."""
        found = []
        for duty in duties:
            if "/table/" in duty.obligation_id:
                found.append(_renamed(duty, duty.obligation_id))
                continue
            key = duty.obligation_id.removeprefix("rectification/").rsplit("/r", 1)[0]
            row = self.problems.rows[key]
            until = [
                at for name, at in self.problems.cases[key].former.until.items()
                if name == "assignment_no" or (name == "source" and self.problems.cases[key].former.source in ASSIGNED)
            ]  # fmt: skip
            was = any(duty.due_at is not None and at > duty.due_at for at in until)
            if duty.round == 1 and (row["source"] in ASSIGNED or row["assignment_no"] is not None or was):
                found.append(_renamed(duty, duty.obligation_id.rsplit("/r", 1)[0]))
        return found

    def _duty(self, case: Case, one: Round) -> Duty:
        deadline, due = case.deadlines[one.number - 1], case.due(one.number)
        grid_id = case.bearers[one.number - 1]
        return Duty(
            "rectification", f"rectification/{case.key}/r{one.number}", grid_id, month_of(due or one.started_at),
            one.started_at, deadline.due_at, due, one.met_at, self._state(case, one), one.number,
            self.grids.level(grid_id),
        )  # fmt: skip

    def _is_referred(self, case: Case, one: Round, due: datetime | None) -> bool:
        """Beyond the powers of whoever has it, and handed on to somebody named before the end."""
        at = self.problems.happened(case.now, "referred_at")
        if at is None or not case.now["beyond_authority"] or case.now["referred_to"] is None:
            return False
        if due is not None and one.met_at is not None and one.met_at <= due:
            return False
        return day(at) >= day(one.started_at) and (due is None or at <= due)

    def _state(self, case: Case, one: Round) -> str:
        deadline, due, met = case.deadlines[one.number - 1], case.due(one.number), one.met_at
        as_of = self.inputs.as_of
        if is_out(case, due, met) or is_suspended(case, one.started_at, due):
            return "void"
        if self._is_referred(case, one, due):
            return "void"
        if deadline.is_before_discovery or (met is not None and day(met) < day(deadline.discovered_at)):
            return "bad_dates"
        if one.is_met_later and due is not None and met is not None and met > due:
            until = min(one.ended_at, due) if one.ended_at else due
            if one.blank_seen_at is None or one.blank_seen_at < until:
                return "bad_dates"
        if due is not None and met is not None and one.first_met_at is not None and met <= due < one.first_met_at:
            return "bad_dates"
        until = met or as_of
        earlier = deadline.earlier_due_at
        if (
            one.number not in case.extended
            and earlier is not None
            and until > earlier
            and (due is None or until <= due)
        ):
            return "bad_dates"
        if due is None and one.number == 1 and deadline.kind == "working_days":
            return "pending"
        return by_dates(due, met, as_of)


def _renamed(duty: Duty, obligation_id: str) -> Duty:
    name = obligation_id.replace("rectification/", "assigned_problem/", 1)
    return replace(duty, metric_id="assigned_problem", obligation_id=name)


def silent(
    metric_id: str, deliveries: Deliveries, levels: tuple[int, ...] = (1, 2), table: str = "problem"
) -> list[Duty]:
    """One duty a closed month whose ledger was not delivered, for whoever answers for it."""
    found = []
    for grid_id, row in deliveries.grids.seed.items():
        if row["level"] not in levels:
            continue
        for month in deliveries.months:
            county = row["county_id"]
            if not deliveries.is_over(month) or not deliveries.is_asked(county, month):
                continue
            if not deliveries.has(county, month, table):
                name = f"{metric_id}/table/{grid_id}/{month}"
                start = start_of(first_day(month))
                found.append(
                    Duty(metric_id, name, grid_id, month, start, None, None, None, "unreported", 1, row["level"])
                )
    return found
