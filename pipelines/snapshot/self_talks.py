"""With whom to speak about a year's self-evaluation, and on which facts: leads, not verdicts.

Nothing is judged here: what stands out by a fixed line is put together by whom to ask, the gravest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

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
    """Who answers for a grid now; both '' where nobody is known."""

    name: str = ""
    deputy: str = ""


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
    people = in_charge(snapshot, scope)
    return tuple(replace(one, person=people.get(one.head_id, InCharge())) for one in leads(grids, measures))


def leads(grids: Iterable[Evaluated], measures: Iterable[Open]) -> list[Talk]:
    """The same of facts in hand, nobody named yet: by kind, units and counties first, then by how much."""
    found = [*_of_submission(grids), *_of_items(grids), *_of_measures(measures)]
    return sorted(found, key=lambda one: (KINDS.index(one.kind), _level(one), -one.excess))  # stable within


def in_charge(snapshot: Snapshot, scope: Scope) -> Mapping[str, InCharge]:
    """Who is in post at the as-of moment, by grid."""
    mask = Mask(snapshot, scope)
    found = snapshot.ask(
        scope,
        """select one.grid_id, one.name, one.deputy from published.in_charge as one
        cross join published.build as build
        where one.grid_id in (from visible_grid)
            and cast(build.as_of as date) between one.valid_from and one.valid_to""",
    )
    return {row["grid_id"]: InCharge(mask.name(row["name"] or ""), mask.name(row["deputy"] or "")) for row in found}


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
