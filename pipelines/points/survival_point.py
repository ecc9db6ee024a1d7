"""The curve of what is still open, for every grid and period."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from pipelines.points.arrow import runs, with_columns
from pipelines.statistics.survival_curves import SurvivalCurves, kaplan_meiers

KEY = ("grid_id", "period_kind", "period")


def compute(rows: pa.Table) -> pa.Table:
    """Days with events and censored, in the order of curve and day → the same with at_risk, survival, low and high."""
    if not rows.num_rows:
        return with_columns(
            rows, at_risk=np.empty(0, np.int64), **dict.fromkeys(("survival", "low", "high"), np.empty(0))
        )
    found = curves(rows)
    return with_columns(
        rows, at_risk=found.at_risk.astype(np.int64), survival=found.survival, low=found.low, high=found.high
    )


def curves(rows: pa.Table) -> SurvivalCurves:
    """The curves of at least one row, numbered in the order of the rows."""
    day, events, censored = (rows[name].to_numpy() for name in ("day", "events", "censored"))
    return kaplan_meiers(runs(rows, KEY), day, events, censored)
