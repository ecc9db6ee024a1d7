"""A metric's months on its control chart."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.snapshot.door import Scope, Snapshot

SHOWN_MONTHS = 24


@dataclass(frozen=True)
class ChartPoint:
    """One month. value: a rate 0–1; centre, low, high: as of that month, None where it is not judged yet; mark,
    variation as in judged.Judged, '' likewise; phase changes where a limit of the metric changed."""

    period: str
    phase: int
    numerator: int
    denominator: int
    value: float
    centre: float | None
    low: float | None
    high: float | None
    mark: str
    variation: str


def chart(
    snapshot: Snapshot, scope: Scope, metric_id: str, grid_id: str, owner_level: str, month: str
) -> list[ChartPoint]:
    """The last months up to this one, oldest first; empty for a series too small or too short to be judged."""
    found = snapshot.ask(
        scope,
        """
        select period, coalesce(phase, 0) as phase, coalesce(numerator, 0) as numerator,
            coalesce(denominator, 0) as denominator, value, centre, low, high, coalesce(mark, '') as mark,
            coalesce(variation, '') as variation
        from published.series_point
        where metric_id = $metric_id and grid_id = $grid_id and grid_id in (from visible_grid)
            and owner_level = $level and period <= $month and value is not null
        order by period""",
        metric_id=metric_id,
        grid_id=grid_id,
        level=owner_level,
        month=month,
    )
    return [ChartPoint(**row) for row in found[-SHOWN_MONTHS:]]
