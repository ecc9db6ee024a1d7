"""One grid's own duties: by metric and state, the year to date beside them, and what the grid is and was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipelines.snapshot.door import Scope, Snapshot
from pipelines.snapshot.mask import Mask
from pipelines.snapshot.walk import STATE_ZH


@dataclass(frozen=True)
class Owed:
    """What a grid itself owes of one metric: duties by state in a month, and on_time / due of the year to date."""

    metric_id: str
    metric_zh: str
    concept: str
    states: Mapping[str, int]
    to_date_on_time: int
    to_date_due: int


@dataclass(frozen=True)
class GridPeriod:
    """One period of a grid under one name; valid_to None: to this day. row_id '' for the list built in."""

    name: str
    valid_from: date
    valid_to: date | None
    row_id: str


@dataclass(frozen=True)
class Holder:
    """Who was responsible for a grid, and since when."""

    name: str
    post: str
    valid_from: date
    valid_to: date | None


def owed(snapshot: Snapshot, scope: Scope, grid_id: str, grid_level: int, month: str) -> list[Owed]:
    """The metrics of which the grid owes anything in the month or owed in the year so far, in catalogue order."""
    counts = ", ".join(f"max(case when period_kind = 'month' then {state} end) as {state}" for state in STATE_ZH)
    sql = f"""
        select
            metric.metric_id, metric.zh, metric.concept, {counts},
            max(case when period_kind = 'to_date' then on_time end) as to_date_on_time,
            max(case when period_kind = 'to_date' then due end) as to_date_due
        from published.metric_value as value
        join published.metric_catalogue as metric on metric.metric_id = value.metric_id
        where value.grid_id = $grid_id and value.grid_id in (from visible_grid)
            and value.owner_level = cast($level as varchar)
            and value.period_kind in ('month', 'to_date') and value.period = $month
        group by metric.metric_id, metric.zh, metric.concept, metric.place
        order by metric.place"""
    found = snapshot.ask(scope, sql, grid_id=grid_id, level=grid_level, month=month)
    return [
        Owed(
            row["metric_id"],
            row["zh"],
            row["concept"],
            {state: row[state] or 0 for state in STATE_ZH},
            row["to_date_on_time"] or 0,
            row["to_date_due"] or 0,
        )
        for row in found
    ]


def periods(snapshot: Snapshot, scope: Scope, grid_id: str) -> list[GridPeriod]:
    """The grid's periods, oldest first."""
    found = snapshot.ask(
        scope,
        """select name, valid_from, valid_to, coalesce(row_id, '') as row_id from published.grid
        where grid_id = $grid_id and grid_id in (from visible_grid) order by valid_from""",
        grid_id=grid_id,
    )
    return [GridPeriod(**row) for row in found]


def holder(snapshot: Snapshot, scope: Scope, grid_id: str, grid_level: int, day: date) -> Holder | None:
    """Who was in charge on a day: the chief of a level-1 or 2 grid, the head of a township's body; the later of two."""
    found = snapshot.ask(
        scope,
        """select name, post, valid_from, valid_to from published.person_post
        where grid_id = $grid_id and grid_id in (from visible_grid)
            and post = case when $level = 3 then 'body_head' else 'grid_chief' end
            and valid_from <= $day and coalesce(valid_to >= $day, true)
        order by valid_from desc, name limit 1""",
        grid_id=grid_id,
        level=grid_level,
        day=day,
    )
    mask = Mask(snapshot, scope)
    return next((Holder(**{**row, "name": mask.name(row["name"])}) for row in found), None)
