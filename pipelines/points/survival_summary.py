"""What a curve says in a number: half are done by then; so many days open on average, up to a horizon."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from pipelines.points.arrow import with_columns
from pipelines.points.survival_point import KEY, curves
from pipelines.statistics.survival_curves import Times, median_times, restricted_means

HORIZONS = (30, 60)


def compute(rows: pa.Table) -> pa.Table:
    """Days with events and censored, in the order of curve and day → one row a curve."""
    names = ("median", *(f"rmst_{horizon}" for horizon in HORIZONS))
    if not rows.num_rows:
        none = {name: np.empty(0) for each in names for name in (each, f"{each}_low", f"{each}_high")}
        return with_columns(rows.select(KEY), n=np.empty(0, np.int64), events=np.empty(0, np.int64), **none)
    found = curves(rows)
    times = (median_times(found), *(restricted_means(found, horizon) for horizon in HORIZONS))
    return with_columns(
        rows.select(KEY).take(pa.array(found.starts)),
        n=found.at_risk[found.starts].astype(np.int64),
        events=np.add.reduceat(found.events, found.starts).astype(np.int64),
        **{name: side for each, time in zip(names, times, strict=True) for name, side in _sides(each, time).items()},
    )


def _sides(name: str, times: Times) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    return {name: times.value, f"{name}_low": times.low, f"{name}_high": times.high}
