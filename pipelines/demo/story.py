"""What became of a problem: put right or not, looked at again, reported and taken back; by the chance of one county."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from pipelines.demo.counties import County
from pipelines.demo.facts import Claim, Extension, Problem, Visit
from pipelines.demo.known import original_due
from pipelines.demo.moments import Moment, whole_day
from pipelines.demo.places import CITY, Land, last_day, next_month


@dataclass
class Story:
    """Chance and circumstances of one county: makes moments as precise as its books."""

    rng: random.Random
    land: Land
    county: County
    staff: Sequence[str]

    def moment(self, day: date, hour: int | None = None) -> Moment:
        """Some time on that day in office hours."""
        at = datetime.combine(day, time(self.rng.randint(9, 17) if hour is None else hour, self.rng.randint(1, 59)))
        return whole_day(day) if self.county.is_daily else Moment(at)

    def later(self, after: Moment, least: int, most: int) -> Moment:
        """A moment `least` to `most` days after another."""
        return self.moment(after.day + timedelta(days=self.rng.randint(least, most)))

    def between(self, first: date, last: date) -> Moment:
        """A moment on a day between two, both included."""
        return self.moment(first + timedelta(days=self.rng.randint(0, max((last - first).days, 0))))

    def visitor(self, problem: Problem) -> str:
        """The grid whose people look at a problem again: the county, or the unit where the city keeps the book."""
        county_id = self.county.county_id
        return self.land.places[self.land.county_grid(problem.grid_id)].parent_id if county_id == CITY else county_id

    def visit(self, at: Moment, kind: str, result: str, by_grid: str, new_due: date | None = None) -> Visit:
        """A visit by one of the county's own people."""
        return Visit(at, kind, result, by_grid, self.rng.choice(self.staff), new_due)


def handled(story: Story, problem: Problem) -> Problem:
    """Put right in time, late or not at all; extended or not; looked at again, and perhaps not good enough."""
    rng, found = story.rng, problem.discovered_at
    due_at, _ = original_due(problem, story.land)
    duty = problem.duty_grid or story.land.county_grid(problem.grid_id)
    above = story.land.places[duty].parent_id
    visitor = story.visitor(problem)
    if due_at and rng.random() < 0.06 and (due_at.date() - found.day).days > 5:
        approved_at = story.moment(due_at.date() - timedelta(days=2))
        problem = replace(problem, extension=Extension(due_at.date() + timedelta(days=15), above, approved_at))
        due_at += timedelta(days=15)
    outcome = rng.choices(("on_time", "late", "open"), (64, 14, 22))[0]
    if outcome == "open":
        problem = _perhaps_taken_back(story, problem)
        urged = story.visit(story.later(found, 12, 30), "urge", "", visitor)
        return problem if story.county.visits_in_ledger or rng.random() < 0.5 else replace(problem, visits=(urged,))
    limit = due_at.date() if due_at else found.day + timedelta(days=40)
    if outcome == "late":
        done = story.between(limit + timedelta(days=1), limit + timedelta(days=20))
    elif limit <= found.day:
        done = story.moment(found.day, 22)
    else:
        done = story.between(found.day + timedelta(days=1), min(limit, found.day + timedelta(days=60)))
    if not story.county.has_rectified:
        return replace(problem, closed_at=done, closure="normal")
    return _visited(story, replace(problem, rectified=(done,)), visitor)


def _perhaps_taken_back(story: Story, problem: Problem) -> Problem:
    """Now and then a completion was reported, and the ledger of the month after leaves it out again."""
    done = story.later(problem.discovered_at, 2, 15)
    if not story.county.has_rectified or story.rng.random() > 0.06:
        return problem
    return replace(
        problem, taken_back=(Claim(done, datetime.combine(last_day(next_month(f"{done.at:%Y-%m}")), time())),)
    )


def _visited(story: Story, problem: Problem, visitor: str) -> Problem:
    """Re-inspected or not; a failed visit opens another round, met or not."""
    rng, done = story.rng, problem.rectified[-1]
    looked = story.later(done, 3, 11)
    chance = rng.random()
    if chance > 0.5:
        return replace(problem, closed_at=story.later(done, 1, 4), closure="normal")
    kind = rng.choice(("reinspect", "reinspect", "look_back", "accept"))
    if chance > 0.12 or kind == "accept" or problem.extension:
        passed = story.visit(looked, kind, "pass", visitor)
        return replace(problem, visits=(passed,), closed_at=story.later(looked, 1, 3), closure="normal")
    new_due = looked.day + timedelta(days=rng.choice((7, 10, 15))) if rng.random() < 0.8 else None
    failed = story.visit(looked, kind, rng.choice(("fail", "fail", "partial")), visitor, new_due)
    again = story.later(looked, 2, 18)
    if rng.random() < 0.15:  # on the visit's own day, after it
        again = looked if looked.is_day else Moment(looked.at + timedelta(hours=2))
    if rng.random() < 0.35:
        return replace(problem, visits=(failed,))
    last = () if story.county.visits_in_ledger else (story.visit(story.later(again, 2, 6), kind, "pass", visitor),)
    return replace(problem, rectified=(done, again), visits=(failed, *last))
