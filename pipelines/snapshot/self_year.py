"""A year's self-evaluations of many grids: who owed one and sent it, and each item beside what is computed.

One grid's whole sheet is `self_evaluation`; here the same items stand for all grids at or below one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pipelines.snapshot.door import Row, Scope, Snapshot, below
from pipelines.snapshot.made import made
from pipelines.snapshot.mask import Mask
from pipelines.snapshot.self_evaluation import ITEM_ZH, Item, MeanGap
from pipelines.snapshot.walk import STATE_ZH

SENT = "self_evaluation_submission"
_WHERE = """place.name, place.level, place.county_id,
            case when place.level = 3 then county.name end as county_name"""


@dataclass(frozen=True)
class Year:
    """A year somebody owed or sent an evaluation of; due once the last day for sending it is over."""

    year: int
    is_due: bool


@dataclass(frozen=True)
class Sent:
    """The duty to send it, in a state of `walk.STATE_ZH`, and the row that met it; row_id '' where nothing came.

    bearer_id, bearer_level: who bears the duty, the grid above where the grid itself has gone.
    """

    bearer_id: str
    bearer_level: int
    state: str
    period: str
    due_at: datetime | None
    met_at: datetime | None
    due_basis: str
    row_id: str
    path: str
    sheet_name: str
    row_number: int


@dataclass(frozen=True)
class Evaluated:
    """One grid in one year. sent None: it owed none, and sent one all the same. mean: over its items compared."""

    grid_id: str
    name: str
    level: int
    county_id: str
    county_name: str
    sent: Sent | None
    items: tuple[Item, ...]
    mean: MeanGap

    @property
    def head(self) -> str:
        """Under which grid it is listed: a township under its county, others under themselves."""
        return self.county_id if self.level == 3 else self.grid_id


@dataclass(frozen=True)
class Aligned:
    """A metric, or several together, that grids evaluated. metrics, metrics_zh: as in Item; grids: how many did."""

    metrics: str
    metrics_zh: str
    grids: int

    def own(self, one: Evaluated) -> tuple[Item, ...]:
        """A grid's items for exactly this; it may have several."""
        return tuple(item for item in one.items if item.metrics == self.metrics)

    def touching(self, one: Evaluated) -> tuple[Item, ...]:
        """A grid's items for a part of this, or for this together with more."""
        mine = set(self.metrics.split("、"))
        return tuple(
            item for item in one.items if item.metrics != self.metrics and mine & set(item.metrics.split("、"))
        )


@dataclass(frozen=True)
class Group:
    """A unit or county with its townships; states counts the duties of the townships to send, by state."""

    head: Evaluated | None
    below: tuple[Evaluated, ...]
    states: Mapping[str, int]


def years(snapshot: Snapshot, scope: Scope) -> tuple[Year, ...]:
    """The years that can be shown, oldest first."""
    found = snapshot.ask(
        scope,
        """, known as (
            select cast(subject_id as bigint) as year, due_at from published.obligation
            where metric_id = 'self_evaluation_submission' and grid_id in (from visible_grid)
            union all
            select year, cast(due_on as timestamp) from published.self_gap where grid_id in (from visible_grid)
        )
        select known.year, min(known.due_at) < max(build.as_of) as is_due
        from known cross join published.build as build
        where known.year is not null group by known.year order by known.year""",
    )
    return tuple(Year(row["year"], bool(row["is_due"])) for row in found)


def evaluated(snapshot: Snapshot, scope: Scope, grid_id: str, year: int) -> tuple[Evaluated, ...]:
    """Every grid at or below one that owed or sent the year's evaluation, from the top down."""
    mask = Mask(snapshot, scope)
    duty_day = "cast(coalesce(duty.due_at, duty.started_at) as date)"
    owed = f"""
        select split_part(duty.obligation_id, '/', 2) as grid_id, {_WHERE}, duty.grid_id as bearer_id,
            duty.owner_level as bearer_level, duty.state, duty.period, duty.due_at, duty.met_at, duty.due_basis,
            duty.met_row_id as row_id, file.path, line.sheet_name, coalesce(line.row_number, 0) as row_number
        from published.obligation as duty
        join place on place.grid_id = split_part(duty.obligation_id, '/', 2)
        left join place as county on county.grid_id = place.county_id
        left join published.source_row as line on line.row_id = duty.met_row_id
        left join published.source_file as file on file.file_id = line.file_id
        where duty.metric_id = $metric and duty.subject_id = cast($year as varchar)
            and duty.grid_id in (from visible_grid) and {below("duty.grid_id", duty_day)}
        order by place.level, place.code, place.grid_id"""
    items = f"""
        select gap.*, {_WHERE} from published.self_gap as gap
        join place on place.grid_id = gap.grid_id
        left join place as county on county.grid_id = place.county_id
        where gap.year = $year and gap.grid_id in (from visible_grid) and {below("gap.grid_id", "gap.due_on")}
        order by place.level, place.code, gap.max_score desc nulls last, gap.item, gap.self_evaluation_id"""
    duties = [mask.place(row) for row in snapshot.ask(scope, owed, metric=SENT, grid_id=grid_id, year=year)]
    lines = snapshot.ask(scope, items, grid_id=grid_id, year=year)
    return tuple(_together(duties, lines))


def groups(found: Iterable[Evaluated]) -> tuple[Group, ...]:
    """The grids by unit and county, in the order given; a township alone makes a group without a head."""
    heads: dict[str, Evaluated | None] = {}
    of_head: dict[str, list[Evaluated]] = defaultdict(list)
    for one in found:
        if one.level == 3:
            heads.setdefault(one.head, None)
            of_head[one.head].append(one)
        else:
            heads[one.head] = one
    return tuple(Group(head, tuple(of_head[key]), _states(of_head[key])) for key, head in heads.items())


def not_compared(found: Iterable[Evaluated]) -> Mapping[str, int]:
    """Items that could not be set beside anything, by state, in the order of ITEM_ZH."""
    counts = Counter(item.state for one in found for item in one.items)
    return {state: counts[state] for state in ITEM_ZH if counts[state] and state != "compared"}


def aligned(found: Iterable[Evaluated]) -> tuple[Aligned, ...]:
    """What items are compared with, however each grid words them: what most grids evaluated first, else in the order
    in which the items stand. Items that no metric answers to are in none."""
    counts = Counter(
        key for one in found for key in dict.fromkeys((i.metrics, i.metrics_zh) for i in one.items if i.metrics)
    )
    listed = sorted(counts, key=lambda key: -counts[key])  # stable
    return tuple(Aligned(metrics, zh, counts[metrics, zh]) for metrics, zh in listed)


def _states(found: Iterable[Evaluated]) -> dict[str, int]:
    counts = Counter(one.sent.state for one in found if one.sent)
    return {state: counts[state] for state in STATE_ZH if counts[state]}


def _together(duties: Iterable[Row], lines: Iterable[Row]) -> Iterable[Evaluated]:
    owed = {row["grid_id"]: row for row in duties}
    of_grid: dict[str, list[Row]] = defaultdict(list)
    for row in lines:
        of_grid[row["grid_id"]].append(row)
    known = owed | {grid_id: rows[0] for grid_id, rows in of_grid.items() if grid_id not in owed}
    order = sorted(known.values(), key=lambda row: row["level"])  # stable: by code within a level
    for row in order:
        items = tuple(made(Item, line) for line in of_grid[row["grid_id"]])
        gaps = [item.gap for item in items if item.gap is not None]
        mean = MeanGap(sum(gaps) / len(gaps) if gaps else None, len(gaps))
        sent = made(Sent, row) if row["grid_id"] in owed else None
        words = (row["grid_id"], row["name"], row["level"], row["county_id"] or "", row["county_name"] or "")
        yield Evaluated(*words, sent, items, mean)
