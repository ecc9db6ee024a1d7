"""What SQL cannot say alone: `sql/points/<name>.sql` yields counts and durations, Python here makes the statistic.

Each module has one pure `compute`: the rows of the SELECT of its name → the rows of `points.<name>`, by
`pipelines/statistics/`. Models of sql/points/ without a module are plain SQL.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipelines.models import Compute
from pipelines.points import (
    funnel_point,
    indicator_interval,
    metric_interval,
    score,
    self_agreement,
    series_point,
    survival_point,
    survival_summary,
)

COMPUTED: Mapping[str, Compute] = {
    "points.metric_interval": metric_interval.compute,
    "points.indicator_interval": indicator_interval.compute,
    "points.series_point": series_point.compute,
    "points.funnel_point": funnel_point.compute,
    "points.survival_point": survival_point.compute,
    "points.survival_summary": survival_summary.compute,
    "points.score": score.compute,
    "points.self_agreement": self_agreement.compute,
}
