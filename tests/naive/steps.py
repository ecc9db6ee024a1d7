"""The steps of handling a problem, each as the definitions have it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from naive.clock import day, end_of
from naive.deliveries import Deliveries
from naive.duty import Duty
from naive.inputs import Row
from naive.problems import Case, Problems
from naive.rectify import silent
from naive.step import Instant, Judge, Longer, Step, Telling, earliest, either, instant, nameless
from naive.visits import SECOND_LOOKS
from naive.who import Who

DISPATCHED = ("petition", "hotline", "assigned", "inspection", "report", "referred", "media")
DIRECTION = {
    "petition": "reply", "hotline": "reply", "assigned": "up", "inspection": "up", "spot_check": "up",
    "report": "down", "referred": "down",
}  # fmt: skip
# metric → columns its problem's ledger must have had: one of each
NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "problem_registration": (("registered_at",),),
    "first_response": (("first_action_at",),),
    "violation_report": (("nature",), ("escalated_at",)),
    "escalation": (("beyond_authority",), ("escalated_at", "referred_at")),
    "dispatch": (("received_at",), ("assigned_at",)),
    "document_complete": (("document_no", "document_issued_at"), ("rectify_due",)),
    "case_filing": (("needs_filing",), ("filed_at",)),
    "case_decision": (("filed_at",), ("decided_at", "closed_at")),
    "petition_acceptance": (("accepted_at",),),
    "petition_closure": (("replied_at", "closed_at"),),
    "feedback": (("feedback_at", "replied_at"), ("closed_at",)),
    "disclosure": (("must_disclose",), ("disclosed_at",)),
    "reinspection": (),
}


def _decided(row: Row) -> Instant | None:
    """The decision; else the closing, unless that came before the case was filed."""
    closed = instant("closed_at")(row)
    if closed and row["filed_at"] is not None and day(closed.at) < day(row["filed_at"]):
        closed = None
    return instant("decided_at")(row) or closed


class Steps:
    """All duties of handling."""

    def __init__(self, problems: Problems, deliveries: Deliveries, who: Who) -> None:
        self.problems, self.deliveries, self.who = problems, deliveries, who
        self.inputs = problems.inputs
        self.judge = Judge(self.inputs)

    def duties(self) -> list[Duty]:
        """Every step of every problem, and the ledgers not delivered; of metrics that have limits."""
        found = []
        for case in self.problems.cases.values():
            for step in self._steps(case):
                if step.metric_id in self.inputs.metrics and self._has_columns(step):
                    duty = self.judge.duty(step, self._longer(step))
                    if duty is not None:
                        found.append(replace(duty, owner_level=self.who.level(duty.grid_id)))
        for metric_id in NEEDS:
            if metric_id in self.inputs.metrics:
                levels = (1, 2) if "1" in self.inputs.metrics[metric_id]["level"] else (2,)
                found += silent(metric_id, self.deliveries, levels)
        return found

    def _has_columns(self, step: Step) -> bool:
        fields = step.case.now["fields"]
        if step.metric_id == "reinspection" and "reinspected_at" not in fields:
            # a visit book will do as well
            sender = step.case.now["county_id"]
            return any(
                sheet["county_id"] == sender and sheet["table_name"] == "follow_up" and "done_at" in sheet["fields"]
                for sheet in self.deliveries.sheets
            )
        return all(any(name in fields for name in names) for names in NEEDS[step.metric_id])

    def _steps(self, case: Case) -> Iterator[Step]:
        yield from self._found(case)
        yield from self._passed_on(case)
        yield from self._enforced(case)
        yield from self._petitions(case)
        yield from self._closed(case)
        yield from self._looked_at_again(case)

    def _found(self, case: Case) -> Iterator[Step]:
        row, finder, handler = case.now, self.who.finder(case), self.who.handler(case)
        discovered = instant("discovered_at")
        yield Step("problem_registration", case, finder, discovered, instant("registered_at"))
        # who put it right on the spot was there before it was registered: met as it begins
        registered = either("registered_at", "discovered_at")
        met: Telling = nameless(registered) if row["corrected_on_spot"] else instant("first_action_at")
        yield Step("first_response", case, handler, registered, met, possible_from=discovered)
        if row["nature"] == "violation" and self.who.level(finder) == 3:
            columns = ("escalated_at", "received_at") if row["source"] == "report" else ("escalated_at",)
            yield Step("violation_report", case, finder, discovered, earliest(*columns))
        if row["beyond_authority"]:
            bearer = handler if self.who.is_stated(case) else finder
            yield Step("escalation", case, bearer, discovered, earliest("escalated_at", "referred_at"))

    def _passed_on(self, case: Case) -> Iterator[Step]:
        row, keeper = case.now, self.who.keeper(case)
        is_filled = self.problems.happened(row, "assigned_at") is not None
        if row["source"] in DISPATCHED and (is_filled or self.who.is_below(self.who.handler(case), keeper)):
            yield Step("dispatch", case, keeper, instant("received_at"), instant("assigned_at"))
        rectified = self.problems.happened(row, "rectified_at")
        at_once = rectified is not None and day(rectified) == day(row["discovered_at"])
        if row["source"] in ("patrol", "spot_check") and not row["corrected_on_spot"] and not at_once:
            owner = self.who.enforcer(self.who.finder(case))
            yield Step("document_complete", case, owner, instant("discovered_at"), self._document(case))

    @staticmethod
    def _document(case: Case) -> Telling:
        deadline = case.deadlines[0]
        is_dated = deadline.due_at is not None or deadline.kind in ("long_term", "unreadable")

        def read(row: Row) -> Instant | None:
            if not is_dated or (row["document_no"] is None and row["document_issued_at"] is None):
                return None
            return either("document_issued_at", "served_at", "discovered_at")(row)

        return read

    def _enforced(self, case: Case) -> Iterator[Step]:
        row, owner = case.now, self.who.enforcer(self.who.handler(case))
        if row["needs_filing"]:
            yield Step("case_filing", case, owner, instant("discovered_at"), instant("filed_at"))
        yield Step("case_decision", case, owner, instant("filed_at"), _decided, may_be_suspended=True)

    def _petitions(self, case: Case) -> Iterator[Step]:
        row, keeper, handler = case.now, self.who.keeper(case), self.who.handler(case)
        came, answered = either("received_at", "discovered_at"), either("replied_at", "closed_at")
        if row["source"] == "petition":
            yield Step("petition_acceptance", case, keeper, came, instant("accepted_at"))
            accepted = instant("accepted_at")
            yield Step("petition_closure", case, handler, accepted, answered, may_be_suspended=True)
        elif row["source"] == "hotline":
            due = case.deadlines[0].due_at
            yield Step(
                "petition_closure", case, handler, came, answered, limit_class="hotline", stated_due=due,
                has_no_limit=due is None, may_be_suspended=True,
            )  # fmt: skip

    def _longer(self, step: Step) -> Longer | None:
        """An extension of a petition: approved from above before the end, and never beyond what the limit allows."""
        if step.metric_id != "petition_closure" or step.limit_class == "hotline":
            return None

        def extend(start: datetime, due: datetime) -> datetime:
            at_most = self.inputs.limit("petition_closure", day(start), "extension")["value"]
            later = [a.ends for a in step.case.given if a.ends is not None and a.ends > due and a.approved_at <= due]
            return min(max(later), due + timedelta(days=at_most)) if later else due

        return extend

    def _closed(self, case: Case) -> Iterator[Step]:
        row, handler = case.now, self.who.handler(case)
        if row["closure"] not in ("forced", "void"):
            told = {"petitioner": "reply"}.get(row["feedback_direction"], row["feedback_direction"])
            direction = told or DIRECTION.get(row["source"], "up")
            columns = ("replied_at", "feedback_at") if direction == "reply" else ("feedback_at",)
            due = row["feedback_due"]
            if due is not None and row["feedback_due_precision"] != "minute":
                due = end_of(due)
            closed = instant("closed_at")
            yield Step("feedback", case, handler, closed, earliest(*columns), part=direction, stated_due=due)
        if row["must_disclose"]:
            is_penalty = self.problems.happened(row, "decided_at") is not None
            yield Step(
                "disclosure", case, self.who.enforcer(handler), instant("decided_at" if is_penalty else "closed_at"),
                instant("disclosed_at"), part="penalty" if is_penalty else "result",
                limit_class="penalty" if is_penalty else "",
            )  # fmt: skip

    def _looked_at_again(self, case: Case) -> Iterator[Step]:
        """Each completion that was reported calls for a visit, whatever that finds."""
        owner = case.now["supervisor_grid_id"] or self.who.keeper(case)
        owner = self.who.unit(case) if owner == "city" else owner
        for one in case.rounds:
            at = one.met_at
            if at is None or one.is_met_later or (one.number == 1 and case.now["corrected_on_spot"]):
                continue
            visits = self.problems.visits.of_problem.get(case.key, [])
            seen = [v["done_at"] for v in visits if v["kind"] in SECOND_LOOKS and day(v["done_at"]) >= day(at)]
            met_at = min([*seen, *([one.ended_at] if one.ended_at else [])], default=None)
            column = "rectified_at" if one.number == 1 else ""
            start, met = Instant(at, False, column), Instant(met_at, False) if met_at else None
            yield Step(
                "reinspection", case, owner, lambda _, start=start: start, lambda _, met=met: met,
                part=f"r{one.number}", round=one.number,
            )  # fmt: skip
