"""What is owed and met in coverage: one patrol a month by a grid's own people in its own area, and where that cannot
be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from pipelines.demo.facts import AS_OF, Patrol, Plan
from pipelines.demo.places import Place, end_of, first_day, last_day
from pipelines.demo.truth import Obligation, People, is_sent, scope

METRIC = "patrol_coverage"


@dataclass(frozen=True)
class Unmeasurable:
    """A grid of which nobody can say whether its own people went on patrol in a month."""

    metric_id: str
    grid_id: str
    county_id: str
    month: str


class Went:
    """Who went where, as the delivered ledgers tell, and what they leave open."""

    def __init__(self, plan: Plan, people: People) -> None:
        self._plan, self._people = plan, people
        self.first_met: dict[tuple[str, str], datetime] = {}
        self._open: set[tuple[str, str]] = set()
        told = [
            patrol
            for patrol in plan.patrols
            if patrol.started_at.at <= AS_OF and is_sent(plan, patrol.county_id, patrol.month, "patrol")
        ]
        for patrol in told:
            month = _month(patrol)
            grids = credited(plan, people, patrol)
            for key in ((grid_id, month) for grid_id in grids):
                self.first_met[key] = min(patrol.started_at.at, self.first_met.get(key, patrol.started_at.at))
            sent_by = of_grids(people, patrol)
            self._open |= {(grid_id, month) for grid_id in sent_by if self._is_placed_above(patrol, grid_id)}
            if not patrol.by_grid and not all(people_of(people, patrol, name) for name in patrol.inspectors):
                self._open |= {(grid_id, month) for grid_id in self._could_be_of(patrol)}

    def _is_placed_above(self, patrol: Patrol, grid_id: str) -> bool:
        """Whether the place is told no closer than by a grid above: it may lie in the grid or beside it."""
        return patrol.grid_id != grid_id and self._plan.land.lies_in(grid_id, patrol.grid_id)

    def _could_be_of(self, patrol: Patrol) -> Iterable[str]:
        """The grids of the sender around or below the place that had no inspector on the roster that day."""
        day, land = patrol.started_at.day, self._plan.land
        for place in land.patrol_grids():
            is_near = land.lies_in(patrol.grid_id, place.grid_id) or land.lies_in(place.grid_id, patrol.grid_id)
            is_own = place.county_id == patrol.county_id
            if is_near and is_own and not self._people.has_inspector(place.grid_id, day, day):
                yield place.grid_id

    def is_open(self, place: Place, month: str) -> bool:
        """True where a patrol may have been this grid's: people nobody knows where it may be, or its own people in a
        place that may be its own."""
        return (place.grid_id, month) in self._open


def coverage(plan: Plan, people: People) -> Sequence[Obligation | Unmeasurable]:
    """Each patrol grid of each level and month: a duty, or that it cannot be measured."""
    went = Went(plan, people)
    return [_judged(plan, went, place, month) for month in scope(plan) for place in plan.land.patrol_grids()]


def _judged(plan: Plan, went: Went, place: Place, month: str) -> Obligation | Unmeasurable:
    due_at = end_of(last_day(month))
    met_at = went.first_met.get((place.grid_id, month))
    if met_at is not None:
        state = "on_time"
    elif due_at >= AS_OF:
        state = "pending"
    elif not is_sent(plan, place.county_id, month, "patrol"):
        state = "unreported"
    elif went.is_open(place, month):
        return Unmeasurable(METRIC, place.grid_id, place.county_id, month)
    else:
        state = "overdue"
    return Obligation(
        metric_id=METRIC,
        obligation_id=f"{METRIC}/{place.grid_id}/{month}",
        grid_id=place.grid_id,
        owner_level=place.level,
        county_id=place.county_id,
        subject_kind="grid",
        subject_id=place.grid_id,
        round=1,
        about_month=None,
        period=month,
        started_at=datetime.combine(first_day(month), time()),
        original_due_at=due_at,
        due_at=due_at,
        is_extended=False,
        met_at=met_at,
        state=state,
    )


def credited(plan: Plan, people: People, patrol: Patrol) -> set[str]:
    """The grids a patrol counts for: the stated one, else those of its people; where the place is theirs."""
    return {grid_id for grid_id in of_grids(people, patrol) if plan.land.lies_in(patrol.grid_id, grid_id)}


def of_grids(people: People, patrol: Patrol) -> set[str]:
    """The grids whose people went, as far as anybody can say: the stated one, else those of each person."""
    if patrol.by_grid:
        return {patrol.by_grid}
    return set().union(*(people_of(people, patrol, name) for name in patrol.inspectors))


def people_of(people: People, patrol: Patrol, name: str) -> set[str]:
    """The grids of one who went, that day; empty where no roster names him."""
    return people.grids_of(patrol.county_id, name, patrol.started_at.at)


def _month(patrol: Patrol) -> str:
    return patrol.started_at.at.strftime("%Y-%m")
