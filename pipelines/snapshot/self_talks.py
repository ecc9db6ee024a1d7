"""With whom to speak about a year's self-evaluation, and on which facts: leads, not verdicts.

Nothing is judged here: what stands out by a fixed line is put together by whom to ask, the gravest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from pipelines.snapshot.door import Scope, Snapshot
from pipelines.snapshot.mask import Mask
from pipelines.snapshot.self_evaluation import Item
from pipelines.snapshot.self_measures import DEFINED, DONE, Open, still_open
from pipelines.snapshot.self_year import Evaluated, evaluated

POINTS = 10.0  # an item this far from what is computed stands out, in percentage points
# By consequence: nothing said; more said than done; promised and not done; not to be judged; order; less said.
KINDS = ("silent", "missing", "over", "undone", "undefined", "wordless", "dates", "late", "under")
_BY_STATE = {"unreported": "silent", "overdue": "missing", "bad_dates": "dates", "late": "late"}


@dataclass(frozen=True)
class InCharge:
    """Who answered for a grid on a day; both '' where nobody is known. successor: who does at the as-of moment, and
    since when, where that is somebody else."""

    name: str = ""
    deputy: str = ""
    successor: str = ""
    since: date | None = None


@dataclass(frozen=True)
class Talk:
    """One conversation. head_id: with whom; grids, items, measures: about which facts, according to kind."""

    kind: str
    head_id: str
    person: InCharge
    grids: tuple[Evaluated, ...] = ()
    items: tuple[Item, ...] = ()
    measures: tuple[Open, ...] = ()

    @property
    def day(self) -> date | None:
        """Whose doing it was is asked of this day: when the evaluation was sent, when it was due where it was not,
        when the measure longest open was due. None where none of these is known."""
        if self.measures:
            at = max(self.measures, key=lambda one: one.days_over).due_at
        else:
            sent = self.grids[0].sent if self.grids else None
            at = (sent.met_at or sent.due_at) if sent else None
        return at.date() if at else None

    @property
    def excess(self) -> float:
        """How many duties lie between what was said and what is computed; orders conversations of a kind."""
        return max((abs(item.gap or 0.0) / 100.0 * item.whole for item in self.items), default=0.0)


def talks(snapshot: Snapshot, scope: Scope, grid_id: str, year: int) -> tuple[Talk, ...]:
    """Everything that stands out at or below a grid: evaluations of the year; measures due in it and in the next.

    What was to be defined in the year itself belongs to the evaluation of the year before.
    """
    grids = evaluated(snapshot, scope, grid_id, year)
    in_year = still_open(snapshot, scope, grid_id, year)
    measures = [*(one for one in in_year if one.metric_id == DONE), *still_open(snapshot, scope, grid_id, year + 1)]
    found = leads(grids, measures)
    people = in_charge(snapshot, scope, [(one.head_id, one.day) for one in found])
    return tuple(replace(one, person=people.get((one.head_id, one.day), InCharge())) for one in found)


def leads(grids: Iterable[Evaluated], measures: Iterable[Open]) -> list[Talk]:
    """The same of facts in hand, nobody named yet: by kind, units and counties first, then by how much."""
    found = [*_of_submission(grids), *_of_items(grids), *_of_measures(measures)]
    return sorted(found, key=lambda one: (KINDS.index(one.kind), _level(one), -one.excess))  # stable within


def in_charge(
    snapshot: Snapshot, scope: Scope, asked: Iterable[tuple[str, date | None]]
) -> Mapping[tuple[str, date | None], InCharge]:
    """Who was in post, by grid and day; where no day is known, at the as-of moment."""
    pairs = list(dict.fromkeys(asked))
    if not pairs:
        return {}
    mask = Mask(snapshot, scope)
    grids, days = zip(*pairs, strict=True)
    found = snapshot.ask(
        scope,
        """, asked as (
            select unnest($grids) as grid_id, unnest(cast($days as date[])) as day
        )
        select asked.grid_id, asked.day, coalesce(then_charge.name, '') as name,
            coalesce(then_charge.deputy, '') as deputy, coalesce(now_charge.name, '') as successor,
            coalesce(now_charge.since, now_charge.valid_from) as since
        from asked
        cross join published.build as build
        left join published.in_charge as then_charge
            on then_charge.grid_id = asked.grid_id
            and coalesce(asked.day, cast(build.as_of as date)) between then_charge.valid_from and then_charge.valid_to
        left join published.in_charge as now_charge
            on now_charge.grid_id = asked.grid_id
            and cast(build.as_of as date) between now_charge.valid_from and now_charge.valid_to
        where asked.grid_id in (from visible_grid)""",
        grids=list(grids),
        days=list(days),
    )
    return {(row["grid_id"], row["day"]): _person(mask, **row) for row in found}


def _person(mask: Mask, name: str, deputy: str, successor: str, since: date | None, **_: object) -> InCharge:
    if not successor or successor == name:
        return InCharge(mask.name(name), mask.name(deputy))
    return InCharge(mask.name(name), mask.name(deputy), mask.name(successor), since)


def _of_submission(grids: Iterable[Evaluated]) -> Iterator[Talk]:
    """What came late or not at all, and what came as a text alone: one conversation a unit or county."""
    together: dict[tuple[str, str], list[Evaluated]] = {}
    for one in grids:
        kinds = [_BY_STATE.get(one.sent.state, "")] if one.sent else []
        kinds += ["wordless"] if any(item.state == "receipt_only" for item in one.items) else []
        for kind in filter(None, kinds):
            together.setdefault((kind, one.head), []).append(one)
    for (kind, head), of_head in together.items():
        yield Talk(kind, head, InCharge(), tuple(of_head))


def _of_items(grids: Iterable[Evaluated]) -> Iterator[Talk]:
    """Items far from what is computed, of enough duties: with the grid itself."""
    for one in grids:
        for kind, sign in (("over", 1.0), ("under", -1.0)):
            far = [item for item in one.items if item.gap is not None and item.gap * sign > POINTS]
            if far:
                far.sort(key=lambda item: -abs(item.gap or 0.0))
                yield Talk(kind, one.grid_id, InCharge(), (one,), tuple(far))


def _of_measures(measures: Iterable[Open]) -> Iterator[Talk]:
    together: dict[tuple[str, str], list[Open]] = {}
    for one in measures:
        together.setdefault(({DONE: "undone", DEFINED: "undefined"}[one.metric_id], one.head), []).append(one)
    for (kind, head), of_head in together.items():
        yield Talk(kind, head, InCharge(), measures=tuple(of_head))


def _level(one: Talk) -> int:
    return min([*(grid.level for grid in one.grids), *(measure.level for measure in one.measures)], default=3)
