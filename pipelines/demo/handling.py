"""Who registered a problem when, who went, who was told, what became of it under the law: by a chance of its own.

Drawn for each problem from its number alone, so that nothing here moves what was drawn before. Mostly in time, some
late, some never written down, a few impossible.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from pipelines.demo.counties import COUNTIES
from pipelines.demo.facts import Problem
from pipelines.demo.facts_handling import Answer, Case, Handling, Retold
from pipelines.demo.known import original_due
from pipelines.demo.moments import Moment, whole_day
from pipelines.demo.places import CITY, UNITS, Land, end_of, last_day, next_month
from pipelines.demo.roster import Post

ASKED_BY_OTHERS = {"petition", "hotline"}
PASSED_ON = {"petition", "hotline", "assigned", "inspection", "report", "referred", "media"}
# Deadlines that do not count from the day of the assignment: it may be drawn here without moving when they are due.
FIXED_DEADLINES = {"at", "spot", "month_end", "year_end", "none", "long_term"}
MEASURES = ("查封扣押", "限产停产", "移送拘留", "移送涉罪")
REFERRED_TO = ("示例市场监管所", "示例自然资源所", "示例城管执法队", "示例水利站")
LISTINGS = ("listed_supervision", "listed_supervision", "time_limited_treatment", "major_ledger")
TO_THE_MINUTE = "AI"  # styles in which days of acceptance, filing, decision, disclosure and clearing have a clock


def staff_of(posts: Sequence[Post]) -> Mapping[str, Sequence[str]]:
    """The county's own people, in the order of the roster, who handle its problems."""
    found: dict[str, list[str]] = {}
    for post in posts:
        if post.grid_id in (post.county_id, *UNITS) and post.name not in found.setdefault(post.county_id, []):
            found[post.county_id].append(post.name)
    return found


def with_handling(seed: int, land: Land, problem: Problem, staff: Sequence[str], *, is_planned: bool) -> Problem:
    """The problem with its handling. is_planned: a case worked out by hand, whose own dates stay as they are."""
    desk = Desk(seed, land, problem)
    if not is_planned:
        problem = desk.assigned(desk.forced(problem))
    received = desk.received(problem)
    registered = desk.met(problem.discovered_at, 24)
    if desk.rng.random() < 0.05 and problem.closed_at and not problem.closed_at.is_day:
        registered = problem.closed_at  # entered and closed in one go
    nature = desk.nature(problem)
    is_beyond = desk.rng.choices((True, False, None), (15, 72, 13))[0]
    escalated = desk.met(problem.discovered_at, 24, missing=0.2) if is_beyond or nature == "violation" else None
    referred = desk.met(problem.discovered_at, 24) if is_beyond and desk.rng.random() < 0.4 else None
    listed_at = desk.listed(problem)
    verified = desk.verified(problem)
    return replace(
        problem,
        handling=Handling(
            registered_at=registered,
            received_at=received,
            first_action_at=desk.first_action(problem, registered),
            nature=nature,
            beyond_authority=is_beyond,
            escalated_at=escalated,
            referred_at=referred,
            referred_to=desk.rng.choice(REFERRED_TO) if referred else "",
            document_no=desk.document(problem),
            assignment_no=desk.assignment(problem),
            petition_no=desk.number("XF") if problem.source in ASKED_BY_OTHERS else "",
            handler=desk.rng.choice(staff) if staff and desk.rng.random() < 0.9 else "",
            supervisor_grid=desk.supervisor(problem),
            listing=desk.rng.choice(LISTINGS) if listed_at else "",
            listed_at=listed_at,
            verified_at=verified,
            cleared_at=desk.cleared(problem, verified),
            case=desk.case(problem, nature),
            answer=desk.answer(problem, received),
            retold=desk.retold(problem, registered),
        ),
    )


class Desk:
    """The chance of one problem, and moments as precise as its county's books."""

    def __init__(self, seed: int, land: Land, problem: Problem) -> None:
        self.rng = random.Random(f"{seed}/{problem.problem_id}/handling")
        self.land, self.county = land, COUNTIES[problem.county_id]
        self._year, self._number = problem.discovered_at.at.year, problem.number

    def after(self, base: Moment, hours: float, *, by_day: bool = False) -> Moment:
        """So many hours after a moment; of a day, after nine in the morning."""
        start = base.at + timedelta(hours=9) if base.is_day else base.at
        at = (start + timedelta(hours=hours)).replace(second=0, microsecond=0)
        is_day = self.county.is_daily or (by_day and self.county.style not in TO_THE_MINUTE)
        return whole_day(at.date()) if is_day else Moment(at)

    def met(self, base: Moment, limit: float, *, missing: float = 0.08, by_day: bool = False) -> Moment | None:
        """Mostly within `limit` hours; late, at the last minute, before it could be, or not written down."""
        chance, part = self.rng.random(), self.rng.random()
        if chance < missing:
            return None
        if chance < missing + 0.012:
            return self.after(base, -2 - 30 * part, by_day=by_day)
        if chance < missing + 0.03:
            return self.after(base, limit, by_day=by_day)
        share = 1.05 + 1.6 * part if chance < missing + 0.17 else 0.02 + 0.9 * part
        return self.after(base, limit * share, by_day=by_day)

    def number(self, prefix: str) -> str:
        """An invented number of this year."""
        return f"{prefix}{self._year}{self.rng.randint(10000, 99999)}"

    def forced(self, problem: Problem) -> Problem:
        """Now and then a problem that nobody put right is closed all the same."""
        is_open = not problem.rectified and problem.closed_at is None and not problem.is_duplicate
        if not is_open or not self.county.has_rectified or self.rng.random() > 0.12:
            return problem
        return replace(
            problem, closed_at=self.after(problem.discovered_at, 24 * self.rng.randint(40, 130)), closure="forced"
        )

    def assigned(self, problem: Problem) -> Problem:
        """Passed on where it came from elsewhere and the day of it moves no deadline."""
        is_free = problem.assigned_at is None and problem.deadline.kind in FIXED_DEADLINES
        is_before = problem.issued_at is None and not problem.corrected_on_spot
        if problem.source not in PASSED_ON or not (is_free and is_before) or self.rng.random() > 0.75:
            return problem
        return replace(problem, assigned_at=self.after(problem.discovered_at, self.rng.uniform(1, 40)))

    def received(self, problem: Problem) -> Moment | None:
        """When it came in: before it was passed on, else about the time it was found."""
        if problem.source not in PASSED_ON or self.rng.random() < 0.07:
            return None
        if problem.assigned_at:
            hours = self.rng.uniform(1, 22) if self.rng.random() < 0.78 else self.rng.uniform(25, 60)
            before = self.after(problem.assigned_at, -hours)
            return max(before, problem.discovered_at, key=lambda moment: moment.at)
        return self.after(problem.discovered_at, self.rng.uniform(1, 40) if problem.source == "report" else -0.5)

    def first_action(self, problem: Problem, registered: Moment | None) -> Moment | None:
        """Who finds a problem on patrol is there already; most books say all the same when it was first dealt with."""
        is_there = problem.source in {"patrol", "spot_check"} and self.rng.random() < 0.08
        return problem.discovered_at if is_there else self.met(registered or problem.discovered_at, 24)

    def nature(self, problem: Problem) -> str:
        """What it is under the law; '' where nobody said."""
        if problem.source in ASKED_BY_OTHERS and self.rng.random() < 0.5:
            return "dispute" if problem.category in {"noise", "fume"} else "petition"
        return self.rng.choices(("violation", "hazard", ""), (46, 46, 8))[0]

    def document(self, problem: Problem) -> str:
        """The number of the document, where there was one."""
        has_one = problem.issued_at is not None or (not problem.corrected_on_spot and self.rng.random() < 0.5)
        return f"{self.county.short}环监〔{self._year}〕{self.rng.randint(1, 999)}号" if has_one else ""

    def assignment(self, problem: Problem) -> str:
        """The number of the order by which it was passed on."""
        share = 0.85 if problem.source in {"assigned", "inspection"} else 0.35 if problem.assigned_at else 0.0
        return f"交办〔{self._year}〕{self.rng.randint(1, 400)}号" if self.rng.random() < share else ""

    def supervisor(self, problem: Problem) -> str | None:
        """The grid above the one that owes, now and then."""
        owner = problem.duty_grid or self.land.county_grid(problem.grid_id)
        above = self.land.places[owner].parent_id
        return above if self.rng.random() < 0.25 and above != CITY else None

    def listed(self, problem: Problem) -> Moment | None:
        """The day on which a problem that drags on was listed for supervision."""
        found = problem.discovered_at
        until = min((m.at for m in (*problem.rectified[:1], problem.closed_at) if m), default=datetime.max)
        if until < found.at + timedelta(days=50) or problem.is_duplicate or self.rng.random() > 0.18:
            return None
        return whole_day((found.at + timedelta(days=self.rng.randint(15, 40))).date())

    def verified(self, problem: Problem) -> Moment | None:
        """Somebody looked at what was put right and accepted it."""
        if not problem.rectified or problem.closure != "normal" or self.rng.random() > 0.5:
            return None
        return self.after(problem.rectified[-1], 24 * self.rng.randint(1, 10), by_day=True)

    def cleared(self, problem: Problem, verified: Moment | None) -> Moment | None:
        """Struck off the list after it was closed."""
        if problem.closed_at is None or problem.closure != "normal" or self.rng.random() > 0.65:
            return None
        last = max((m for m in (problem.closed_at, verified) if m), key=lambda moment: moment.at)
        return self.after(last, 24 * self.rng.randint(0, 12), by_day=True)

    def case(self, problem: Problem, nature: str) -> Case:
        """The case, if it became one, and its publication."""
        rng, is_violation = self.rng, nature == "violation"
        needs_filing = rng.choices((True, False, None), (45, 45, 10) if is_violation else (0, 75, 25))[0]
        filed = self.met(problem.discovered_at, 15 * 24, missing=0.12, by_day=True) if needs_filing else None
        decided = self.met(filed, 90 * 24, missing=0.3, by_day=True) if filed else None
        must_disclose = rng.choices((True, False, None), (88, 6, 6) if needs_filing else (12, 60, 28))[0]
        formed, days = (decided, 10) if decided else (problem.closed_at, 28)
        return Case(
            needs_filing=needs_filing,
            filed_at=filed,
            decided_at=decided,
            penalty_no=f"益环罚〔{decided.at.year}〕{rng.randint(3001, 3999)}号（示例）" if decided else "",
            fine=rng.randint(5, 200) * 1000 if decided and rng.random() < 0.85 else 0,
            measures=rng.choice(MEASURES) if filed and rng.random() < 0.15 else "",
            must_disclose=must_disclose,
            disclosed_at=self.met(formed, days * 24, missing=0.25, by_day=True) if must_disclose and formed else None,
        )

    def answer(self, problem: Problem, received: Moment | None) -> Answer:
        """What petitioners and other grids were told."""
        rng, closed = self.rng, problem.closed_at if problem.closure in {"normal", "forced"} else None
        is_asked = problem.source in ASKED_BY_OTHERS
        accepted = None
        if problem.source == "petition":
            start = received or problem.discovered_at
            accepted = self.met(start, 15 * 24, missing=0.1, by_day=True)
            if closed and accepted and closed.at < accepted.at and rng.random() < 0.85:
                accepted = min(closed, self.after(start, 20, by_day=True), key=lambda moment: moment.at)
        due_at, _ = original_due(problem, self.land)
        states_due = rng.random() < 0.35
        due = (due_at or end_of(problem.discovered_at.day + timedelta(days=40))).date() if states_due else None
        direction = {"petition": "petitioner", "hotline": "petitioner", "report": "down", "referred": "down"}
        return Answer(
            accepted_at=accepted,
            replied_at=self.met(closed, 60, missing=0.15) if is_asked and closed else None,
            due=due + timedelta(days=rng.randint(3, 12)) if due else None,
            fed_back_at=self.met(closed, 7 * 24, missing=0.15) if closed else None,
            direction=direction.get(problem.source, "up") if rng.random() < 0.55 else "",
        )

    def retold(self, problem: Problem, registered: Moment | None) -> tuple[Retold, ...]:
        """A registration first told as late, or not at all, and in a later ledger as in time."""
        if registered is None or self.rng.random() > 0.02:
            return ()
        until = end_of(last_day(next_month(next_month(f"{problem.discovered_at.at:%Y-%m}"))))
        first = self.after(problem.discovered_at, 70) if self.rng.random() < 0.6 else None
        return (Retold("registered_at", first, until),)
