"""The 95 % interval of indicators that have a rule: Wilson for parts of a whole, Byar for events per exposure."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from pipelines.statistics.intervals import byar, wilson

_KEY = ("indicator_id", "grid_id", "period_kind", "period")


def compute(rows: pa.Table) -> pa.Table:
    """Rows with numerator, exposure > 0 and the rule's name → their key with low and high, in the indicator's unit."""
    events, exposure = (rows[name].to_numpy() for name in ("numerator", "exposure"))
    is_part = np.asarray(rows["interval_kind"].to_pylist(), dtype=object) == "wilson"
    low, high = np.empty(events.shape), np.empty(events.shape)
    for mine, interval in ((is_part, wilson), (~is_part, byar)):
        ends = interval(events[mine], exposure[mine])
        low[mine], high[mine] = ends.low, ends.high
    return rows.select(_KEY).append_column("low", pa.array(low)).append_column("high", pa.array(high))
