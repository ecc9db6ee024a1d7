"""Series month by month: centre, limits, what a month says, and whether the target is met by more than chance.

Each month is judged by the months up to it: what was said of a month stays as it was, however the series goes on.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.points.arrow import floats, runs, with_columns, worded
from pipelines.statistics.chart_history import MARKS, History, p_history, xmr_history
from pipelines.statistics.inputs import SAME, Floats, Ints

# A chart of fewer months says more of its own beginning than of any month.
MIN_MONTHS = 12
MIN_EVENTS = 5
SERIES = ("metric_id", "grid_id", "owner_level")
VARIATIONS = (None, "common_cause", "improvement", "concern", "higher", "lower")
ASSURANCES = (None, "pass", "fail", "hit_or_miss")
_BETTER = {"up": 1, "down": -1, "neutral": 0}


def compute(rows: pa.Table) -> pa.Table:
    """Months of series in order, with counts or a value → those of series admitted at any month, judged."""
    series = runs(rows, (*SERIES, "limit_no"))
    table = _Months(series, rows["month_no"].to_numpy())
    is_share = np.asarray(rows["chart"].to_pylist(), dtype=object) == "p"
    found = _charts(rows, table, is_share)
    months = np.maximum(found.known, 1)
    with np.errstate(invalid="ignore"):
        is_told = (found.known >= MIN_MONTHS) & (table.so_far(floats(rows, "events")) >= MIN_EVENTS * months)
    better = np.asarray([_BETTER[text] for text in rows["direction"].to_pylist()], dtype=np.int64)
    low, high = (np.where(is_told, side, np.nan) for side in (found.low, found.high))
    mark = np.where(is_told, found.mark, 0)
    judged = with_columns(
        rows.select((*SERIES, "period", "chart", "numerator", "denominator")),
        value=found.value,
        centre=np.where(is_told, found.centre, np.nan),
        low=low,
        high=high,
        phase=_phase(rows, series),
        mark=worded(mark, (None, *MARKS)),
        variation=worded(variations(found.side, better, ~np.isnan(low)), VARIATIONS),
        assurance=worded(assurances(low, high, floats(rows, "target"), better), ASSURANCES),
    )
    whole = runs(rows, SERIES)
    admitted = np.bincount(whole, is_told, minlength=int(whole.max(initial=0)) + 1) > 0
    return judged.filter(pa.array(admitted[whole]))


class _Months:
    """Places the rows of series into a table of series × months, and reads it back."""

    def __init__(self, series: Ints, month_no: Ints) -> None:
        self.series = series
        first = np.full(int(series.max(initial=-1)) + 1, np.iinfo(np.int64).max)
        np.minimum.at(first, series, month_no)
        self.month = month_no - first[series]
        self.shape = (first.size, int(self.month.max(initial=0)) + 1)

    def laid(self, values: Floats, empty: float = np.nan) -> Floats:
        """The table, `empty` where a series has no row."""
        table = np.full(self.shape, empty)
        table[self.series, self.month] = values
        return table

    def so_far(self, values: Floats) -> Floats:
        """Sums of a series up to each row."""
        summed: Floats = np.cumsum(self.laid(values, 0.0), axis=1)[self.series, self.month]
        return summed


def _charts(rows: pa.Table, table: _Months, is_share: NDArray[np.bool_]) -> History:
    """p-charts of shares and XmR charts of everything else, back in the order of the rows."""
    hits, due = (np.where(is_share, floats(rows, name), 0.0) for name in ("numerator", "denominator"))
    shares = p_history(table.laid(hits, 0.0), table.laid(due, 0.0))
    others = xmr_history(table.laid(np.where(is_share, np.nan, floats(rows, "value"))), floor=0.0)
    cells = (table.series, table.month)
    return History(
        **{
            name: np.where(is_share, getattr(shares, name)[cells], getattr(others, name)[cells])
            for name in History.__dataclass_fields__
        }
    )


def _phase(rows: pa.Table, series: Ints) -> Ints:
    """From 0 within each series: a new one where a limit of the metric changed."""
    whole = runs(rows, SERIES)
    first = np.unique(whole, return_index=True)[1]
    phase: Ints = series - series[first][whole] if series.size else series
    return phase


def variations(side: Ints, better: Ints, is_told: NDArray[np.bool_]) -> Ints:
    """Places in VARIATIONS: as `chart_verdict.variation` has them."""
    news = np.where(better == 0, np.where(side > 0, 4, 5), np.where(side == better, 2, 3))
    return np.where(is_told, np.where(side == 0, 1, news), 0)


def assurances(low: Floats, high: Floats, target: Floats, better: Ints) -> Ints:
    """Places in ASSURANCES: as `chart_verdict.assurance` has them."""
    worse, best = np.where(better > 0, low, -high), np.where(better > 0, high, -low)
    goal = np.where(better > 0, target, -target)
    told = ~np.isnan(goal) & ~np.isnan(low) & (better != 0)
    return np.where(told, np.where(worse >= goal - SAME, 1, np.where(best < goal - SAME, 2, 3)), 0)
