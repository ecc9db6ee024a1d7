"""The 95 % interval of every rate: Wilson's, from what was done and what was due."""

from __future__ import annotations

import pyarrow as pa

from pipelines.statistics.intervals import wilson

_KEY = ("metric_id", "grid_id", "owner_level", "period_kind", "period")


def compute(rows: pa.Table) -> pa.Table:
    """Rows with on_time of due > 0 → their key with low and high, shares."""
    ends = wilson(rows["on_time"].to_numpy(), rows["due"].to_numpy())
    return rows.select(_KEY).append_column("low", pa.array(ends.low)).append_column("high", pa.array(ends.high))
