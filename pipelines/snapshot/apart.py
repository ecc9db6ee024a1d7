"""The grids below one beside each other, with the interval that chance alone allows each: never a league table.

Chooses among published values and adds nothing up.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.snapshot.door import MONTH_END, Scope, Snapshot, below


@dataclass(frozen=True)
class Dot:
    """One grid's figure of a month. rate, low, high: 0–1, None where nothing was due; the interval is Wilson's 95 %.

    is_few: due is under the metric's min_n, so that on_time and due are shown and no rate. is_blind: nobody can judge
    the grid, or some grid below it.
    """

    grid_id: str
    name: str
    on_time: int
    due: int
    unreported: int
    rate: float | None
    low: float | None
    high: float | None
    target: float | None
    is_few: bool
    is_blind: bool


def side_by_side(
    snapshot: Snapshot, scope: Scope, metric_id: str, grid_id: str, month: str, level: int, owner_level: str
) -> list[Dot]:
    """The grids of a level at or below a grid in their administrative order; those that owed nothing have due 0."""
    sql = f"""
        , unjudged as (
            select county_id as grid_id from published.measurable
            where metric_id = $metric_id and month = $month and measurable = 'no' and is_delivered
            union
            select path.ancestor_id as grid_id
            from published.unmeasurable_grid as lacking
            join published.grid_path as path on path.leaf_id = lacking.grid_id
                and {MONTH_END.format(month="$month")} between path.valid_from and path.valid_to
            where lacking.metric_id = $metric_id and lacking.month = $month
        )
        select
            place.grid_id, place.name, coalesce(value.on_time, 0) as on_time, coalesce(value.due, 0) as due,
            coalesce(value.unreported, 0) as unreported, value.rate, value.low, value.high, value.target,
            coalesce(value.due, 0) < metric.min_n as is_few, place.grid_id in (select grid_id from unjudged) as is_blind
        from place
        join published.metric_catalogue as metric on metric.metric_id = $metric_id
        left join published.metric_value as value
            on value.grid_id = place.grid_id and value.metric_id = $metric_id and value.owner_level = $owner_level
            and value.period_kind = 'month' and value.period = $month
        where place.level = $level and place.grid_id in (from visible_grid)
            and {below("place.grid_id", MONTH_END.format(month="$month"))}
        order by place.code, place.grid_id"""
    found = snapshot.ask(
        scope, sql, metric_id=metric_id, grid_id=grid_id, month=month, level=level, owner_level=owner_level
    )
    return [Dot(**row) for row in found]
