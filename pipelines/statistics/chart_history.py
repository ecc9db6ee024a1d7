"""Control charts as they stood month by month: each month judged by what was known up to it, many series at once.

What was said of a month then stays as it was, however the series goes on. Row and column of every array are series and
month; nan is a gap. In each month centre, limits and marks are those of the last point of `xmr` or `p_chart` over the
months so far: the tests hold the two against each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.statistics.chart_rules import NEAR, RUN
from pipelines.statistics.control_chart import RANGE_LIMIT, XMR_LIMIT
from pipelines.statistics.inputs import SAME, Floats, Ints, part_of_whole, refusal

# Position in this row, from 1; 0 is none. The strictest rule comes first.
MARKS = ("outside", "two_of_three", "shift", "trend")


@dataclass(frozen=True, eq=False)
class History:
    """value, centre, low, high: nan where there is none · mark: 0, or the place in MARKS of the strictest rule that
    the month completes · side: 1 if it speaks of higher values, −1 of lower, else 0 · known: months with a value so
    far."""

    value: Floats
    centre: Floats
    low: Floats
    high: Floats
    mark: Ints
    side: Ints
    known: Ints


def p_history(hits: Floats, due: Floats) -> History:
    """`control_chart.p_chart` month by month; nothing due is a gap. Errors: shapes, x not within 0–n."""
    x, n = part_of_whole(hits, due)
    _series(x)
    all_hits, all_due = np.cumsum(x, axis=1), np.cumsum(n, axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        value, centre = x / n, all_hits / all_due
        chance = np.maximum(centre * (1.0 - centre), 0.0)
        halves = [3.0 * np.sqrt(chance / _back(n, lag)) for lag in range(RUN)]
    halves = [np.where(np.isfinite(half), half, np.nan) for half in halves]
    return _judged(value, centre, halves, 0.0, 1.0)


def xmr_history(values: Floats, floor: float = -np.inf) -> History:
    """`control_chart.xmr` month by month, nan for a gap. Errors: infinite values, other than two dimensions."""
    v = np.asarray(values, dtype=np.float64)
    _series(v)
    if np.isinf(v).any():
        raise refusal("values", "有限数值，缺月用 nan", v[np.isinf(v)][0], "finite numbers, nan for a gap")
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = np.nancumsum(v, axis=1) / np.cumsum(~np.isnan(v), axis=1)
    half = _mean_range(v) * XMR_LIMIT
    return _judged(v, centre, [half] * RUN, floor, np.inf)


def _mean_range(v: Floats) -> Floats:
    """Mean moving range so far, without those of 3.267 times it and more; nan before the first range."""
    ranges = np.abs(v - _back(v, 1))
    told = ~np.isnan(ranges)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.nancumsum(ranges, axis=1) / np.cumsum(told, axis=1)
    kept_mean = np.full(v.shape, np.nan)
    for month in range(v.shape[1]):
        so_far, limit = ranges[:, : month + 1], RANGE_LIMIT * mean[:, month]
        kept = told[:, : month + 1] & (so_far < limit[:, None])
        number = kept.sum(axis=1)
        total = np.where(kept, so_far, 0.0).sum(axis=1)
        kept_mean[:, month] = np.where(number > 0, total / np.maximum(number, 1), 0.0)
    return np.where(np.isnan(mean), np.nan, kept_mean)


def _judged(value: Floats, centre: Floats, halves: list[Floats], floor: float, ceiling: float) -> History:
    """The rules at the last point of each month's chart; `halves[lag]`: half width of the limits so long before."""
    places = [_place(_back(value, lag), centre, halves[lag]) for lag in range(RUN)]
    sides = [_sign(place, SAME) for place in places]
    near = [_sign(place, NEAR + SAME) for place in places[:3]]
    outside = _sign(places[0], 1.0 + SAME) != 0
    pair = (near[0] != 0) & ((near[0] == near[1]) | (near[0] == near[2]))
    shift = (sides[0] != 0) & np.logical_and.reduce([side == sides[0] for side in sides])
    steps = [_sign(_back(value, lag) - _back(value, lag + 1), 0.0) for lag in range(RUN - 1)]
    trend = np.where(np.logical_and.reduce([step == steps[0] for step in steps]), steps[0], 0)
    mark = np.select([outside, pair, shift, trend != 0], [1, 2, 3, 4], 0)
    side = np.where(mark == 4, trend, np.where(mark > 0, sides[0], 0))
    told = ~np.isnan(value)
    low, high = np.maximum(centre - halves[0], floor), np.minimum(centre + halves[0], ceiling)
    return History(
        value,
        np.where(told, centre, np.nan),
        np.where(told, low, np.nan),
        np.where(told, high, np.nan),
        mark.astype(np.int64),
        side.astype(np.int64),
        np.cumsum(told, axis=1),
    )


def _place(value: Floats, centre: Floats, half: Floats) -> Floats:
    """Distance from the centre in half widths; without width, any other value is far outside."""
    away = value - centre
    close = SAME * np.maximum(1.0, np.abs(centre))
    with np.errstate(divide="ignore", invalid="ignore"):
        place = np.where(half > close, away / half, np.copysign(np.inf, away))
    place = np.where(np.abs(away) <= close, 0.0, place)
    return np.where(np.isnan(away) | np.isnan(half), np.nan, place)


def _sign(values: Floats, beyond: float) -> Ints:
    """1 above `beyond`, −1 below its negative, else 0; of a gap 0."""
    sign: Ints = (values > beyond).astype(np.int64) - (values < -beyond).astype(np.int64)
    return sign


def _back(values: Floats, lag: int) -> Floats:
    """What stood `lag` months before; nan before the first."""
    moved = np.full(values.shape, np.nan)
    moved[:, lag:] = values[:, : max(values.shape[1] - lag, 0)]
    return moved


def _series(values: NDArray[np.float64]) -> None:
    if values.ndim != 2:
        raise refusal("values", "形状为（序列数，月数）的数组", f"形状 {values.shape}", "shape (series, months)")
