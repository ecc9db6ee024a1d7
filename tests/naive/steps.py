"""The steps of handling a problem, each as the definitions have it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from naive.clock import day, end_of
from naive.deliveries import Deliveries
from naive.duty import Duty
from naive.inputs import Row
from naive.problems import Case, Problems
from naive.rectify import silent
from naive.rounds import MISTAKE_DAYS, says_nothing
from naive.step import Instant, Judge, Longer, Step, Telling, earliest, either, instant, kept, nameless, nothing
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
    "case_decision": (("filed_at",), ("decided_at",)),
    "petition_acceptance": (("accepted_at",),),
    "petition_closure": (("replied_at", "closed_at"),),
    "feedback": (("feedback_at", "replied_at"), ("closed_at",)),
    "disclosure": (("must_disclose",), ("disclosed_at",)),
    "reinspection": (),
}


def closing(row: Row) -> Instant | None:
    """When it was closed; what is put off is not."""
    return None if row["closure"] == "suspended" else instant("closed_at")(row)


def answering(row: Row) -> Instant | None:
    """A closing that answers somebody or decides something: not one by force."""
    return None if row["closure"] == "forced" else closing(row)


def _decided(filed: Telling) -> Telling:
    """The decision; else the closing, unless that came before the case was filed."""

    def read(row: Row) -> Instant | None:
        closed, began = answering(row), filed(row)
        if closed and began and day(closed.at) < day(began.at):
            closed = None
        return instant("decided_at")(row) or closed

    return read


def first(*moments: datetime | None) -> datetime | None:
    """The earliest of those that are known."""
    return min((one for one in moments if one is not None), default=None)


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
        until = case.former.until
        retold = until.get("denied") if row["corrected_on_spot"] else None
        yield Step("first_response", case, handler, registered, met, possible_from=discovered, retold_at=retold)
        if (row["nature"] == "violation" or "violation" in until) and self.who.level(finder) == 3:
            columns = ("escalated_at", "received_at") if row["source"] == "report" else ("escalated_at",)
            yield Step(
                "violation_report", case, finder, discovered, earliest(*columns), withdrawn_at=until.get("violation")
            )
        if row["beyond_authority"] or "beyond_authority" in until:
            bearer = handler if self.who.is_stated(case) else finder
            yield Step(
                "escalation", case, bearer, discovered, earliest("escalated_at", "referred_at"),
                withdrawn_at=until.get("beyond_authority"),
            )  # fmt: skip

    def _passed_on(self, case: Case) -> Iterator[Step]:
        row, keeper = case.now, self.who.keeper(case)
        is_filled = self.problems.happened(row, "assigned_at") is not None
        is_below = self.who.is_below(self.who.handler(case), keeper, row["discovered_at"])
        since = self._came_from(case, *DISPATCHED)
        if since is not None and (is_filled or is_below):
            received = kept(case, instant("discovered_at"), "received_at")
            yield Step("dispatch", case, keeper, received, instant("assigned_at"), withdrawn_at=since or None)
        rectified = self.problems.happened(row, "rectified_at")
        at_once = rectified is not None and day(rectified) == day(row["discovered_at"])
        found = self._came_from(case, "patrol", "spot_check")
        denied = case.former.until.get("denied")
        if found is not None and not at_once and (not row["corrected_on_spot"] or denied is not None):
            owner = self.who.enforcer(self.who.finder(case))
            until = found or (denied if row["corrected_on_spot"] else None)
            yield Step(
                "document_complete", case, owner, instant("discovered_at"), self._document(case), withdrawn_at=until
            )

    @staticmethod
    def _came_from(case: Case, *sources: str) -> datetime | Literal[False] | None:
        """None: never from there; False: it is told so; else until when it was."""
        if case.now["source"] in sources:
            return False
        return case.former.until["source"] if case.former.source in sources else None

    @staticmethod
    def _numbered_at(case: Case) -> datetime | None:
        """When the document's number came, if the cell stood empty before."""
        changes = [
            (later["file_received_at"], later["row_id"], earlier["document_no"])
            for earlier, later in pairwise(case.versions)
            if "document_no" in earlier["fields"] and "document_no" in later["fields"]
            and earlier["document_no"] != later["document_no"]
        ]  # fmt: skip
        if not changes or min(changes, key=lambda one: one[:2])[2] is not None:
            return None
        return min(changes, key=lambda one: one[:2])[0]

    @classmethod
    def _document(cls, case: Case) -> Telling:
        deadline = case.deadlines[0]
        is_dated = deadline.due_at is not None or deadline.kind in ("long_term", "unreadable")
        numbered_at = cls._numbered_at(case)

        def read(row: Row) -> Instant | None:
            if not is_dated or (row["document_no"] is None and row["document_issued_at"] is None):
                return None
            issued = either("document_issued_at", "served_at")(row)
            if issued is None and numbered_at is not None:
                return Instant(numbered_at, True)
            return issued or instant("discovered_at")(row)

        return read

    def _enforced(self, case: Case) -> Iterator[Step]:
        row, owner, until = case.now, self.who.enforcer(self.who.handler(case)), case.former.until
        if row["needs_filing"] or "needs_filing" in until:
            yield Step(
                "case_filing", case, owner, instant("discovered_at"), instant("filed_at"),
                withdrawn_at=until.get("needs_filing"),
            )  # fmt: skip
        filed = kept(case, nothing, "filed_at")
        yield Step(
            "case_decision", case, owner, filed, _decided(filed), may_be_suspended=True,
            withdrawn_at=until.get("filed_at"),
        )  # fmt: skip

    def _petitions(self, case: Case) -> Iterator[Step]:
        keeper, handler, until = self.who.keeper(case), self.who.handler(case), case.former.until
        came = either("received_at", "discovered_at")

        def answered(row: Row) -> Instant | None:
            return instant("replied_at")(row) or answering(row)

        petition = self._came_from(case, "petition")
        if petition is not None:
            yield Step("petition_acceptance", case, keeper, came, instant("accepted_at"), withdrawn_at=petition or None)
        source = case.now["source"]
        if source not in ("petition", "hotline"):
            source = case.former.source
        since = self._came_from(case, "petition", "hotline") or None
        if source == "petition":
            accepted = kept(case, nothing, "accepted_at")
            yield Step(
                "petition_closure", case, handler, accepted, answered, may_be_suspended=True,
                withdrawn_at=first(since, until.get("accepted_at")),
            )  # fmt: skip
        elif source == "hotline":
            due = case.deadlines[0].due_at
            yield Step(
                "petition_closure", case, handler, came, answered, limit_class="hotline", stated_due=due,
                has_no_limit=due is None, may_be_suspended=True, withdrawn_at=since,
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
        row, handler, until = case.now, self.who.handler(case), case.former.until
        told = {"petitioner": "reply"}.get(row["feedback_direction"], row["feedback_direction"])
        direction = told or DIRECTION.get(row["source"], "up")
        columns = ("replied_at", "feedback_at") if direction == "reply" else ("feedback_at",)
        closed = kept(case, nothing, "closed_at")
        began, due = self.judge.cut(closed, row), self._feedback_due(case)
        if began is not None and due is not None and due < began.at:
            due = None
        yield Step(
            "feedback", case, handler, closed, earliest(*columns), part=direction, stated_due=due,
            withdrawn_at=until.get("closed_at"),
        )  # fmt: skip
        if row["must_disclose"] or "must_disclose" in until:
            decided = kept(case, nothing, "decided_at")
            is_penalty = self.judge.cut(decided, row) is not None
            yield Step(
                "disclosure", case, self.who.enforcer(handler), decided if is_penalty else closed,
                instant("disclosed_at"), part="penalty" if is_penalty else "result",
                limit_class="penalty" if is_penalty else "",
                withdrawn_at=first(until.get("must_disclose"), until.get("decided_at" if is_penalty else "closed_at")),
            )  # fmt: skip

    @staticmethod
    def _feedback_due(case: Case) -> datetime | None:
        """The day for feedback as it stood when it passed; else as it stands."""
        told: list[tuple[datetime, datetime | None]] = []
        for row in case.versions:
            if "feedback_due" not in row["fields"] or says_nothing(row, "feedback_due"):
                continue
            due = row["feedback_due"]
            if due is not None and row["feedback_due_precision"] != "minute":
                due = end_of(due)
            if not told or told[-1][1] != due:
                told.append((row["file_received_at"], due))
        for (since, due), (until, _) in pairwise(told):
            if due is not None and due < until and (day(until) - day(since)).days > MISTAKE_DAYS:
                return due
        return told[-1][1] if told else None

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
            visit = next((v for v in visits if v["done_at"] == met_at and v["kind"] in SECOND_LOOKS), None)
            own = "reinspected_at" if visit is not None and visit["origin"] == "problem" else ""
            start, met = Instant(at, False, column), Instant(met_at, False, own) if met_at else None
            yield Step(
                "reinspection", case, owner, lambda _, start=start: start, lambda _, met=met: met,
                part=f"r{one.number}", round=one.number,
            )  # fmt: skip
