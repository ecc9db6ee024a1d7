"""Many curves of `survival` at once, from counts a day: one pass over all of them, the same figures as one by one.

Rows come sorted by curve and time, each time of a curve once; curves are numbered from 0 without a gap.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.statistics.inputs import SAME, Floats, Ints, refusal, together, two_sided_z, vector
from pipelines.statistics.inputs import counts as whole


@dataclass(frozen=True, eq=False)
class SurvivalCurves:
    """One entry a row, as in `survival.SurvivalCurve`; curve: whose row it is · starts: the first row of each."""

    curve: Ints
    starts: Ints
    time: Floats
    at_risk: Floats
    events: Floats
    censored: Floats
    survival: Floats
    low: Floats
    high: Floats

    @property
    def ends(self) -> Ints:
        """The row behind the last of each curve."""
        return np.append(self.starts[1:], self.time.size)


@dataclass(frozen=True, eq=False)
class Times:
    """One entry a curve, in the unit of the times; nan where the curve cannot tell."""

    value: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, eq=False)
class MeanTimes(Times):
    """Means with the standard error of each."""

    error: Floats


def kaplan_meiers(
    curve: Ints, time: Floats, events: Floats | Ints, censored: Floats | Ints, level: float = 0.95
) -> SurvivalCurves:
    """`survival.kaplan_meier` of every curve. events, censored: how many ended, or were last seen open, at that time.

    Errors: nothing at all, lengths that differ, negative times, counts not whole, rows not sorted as said above.
    """
    t, d, c = together(time=vector("time", time), events=whole("events", events), censored=whole("censored", censored))
    number = np.asarray(curve, dtype=np.int64)
    new = np.append(True, np.diff(number) != 0)
    rising = (np.diff(number) == 1) | ((np.diff(number) == 0) & (np.diff(t) > 0))
    if number.shape != t.shape or number[0] != 0 or not rising.all() or (t < 0).any():
        raise refusal("curve、time", "按曲线、时间排好且不重复的序列", number[:5], "rows sorted by curve and time")
    starts = np.flatnonzero(new)
    gone = d + c
    before = np.cumsum(gone) - gone
    total = np.add.reduceat(gone, starts)
    at_risk = total[number] - (before - before[starts][number])
    if (total == 0).any():
        raise refusal("events、censored", "每条曲线至少一件", 0, "at least one in every curve")
    with np.errstate(divide="ignore", invalid="ignore"):
        survival = _running((at_risk - d) / at_risk, starts, np.multiply)
        greenwood = _running(d / (at_risk * (at_risk - d)), starts, np.add)
    low, high = log_log_limits(survival, greenwood, two_sided_z(level))
    return SurvivalCurves(number, starts, t, at_risk, d, c, survival, low, high)


def median_times(curves: SurvivalCurves) -> Times:
    """`survival.median_time` of every curve."""
    return Times(*(_first_half(curves, side) for side in (curves.survival, curves.low, curves.high)))


def restricted_means(curves: SurvivalCurves, horizon: float, level: float = 0.95) -> MeanTimes:
    """`restricted_mean.restricted_mean` of every curve up to one horizon. Errors: horizon not above 0 or not finite."""
    if not (horizon > 0 and np.isfinite(horizon)):
        raise refusal("horizon", "大于 0 的有限时长", horizon, "a finite horizon above 0")
    last = curves.ends - 1
    reached = np.append(curves.time[1:], horizon)
    reached[last] = horizon
    pieces = curves.survival * (np.minimum(reached, horizon) - np.minimum(curves.time, horizon))
    number = curves.starts.size
    # Running sums from the end: the area from each time to the horizon.
    after = _running(pieces[::-1], (curves.time.size - curves.ends)[::-1], np.add)[::-1]
    value = np.minimum(curves.time[curves.starts], horizon) + after[curves.starts]
    n, d = curves.at_risk, curves.events
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where((n > d) & (curves.time <= horizon), after * after * d / (n * (n - d)), 0.0)
    error = np.sqrt(np.bincount(curves.curve, terms, minlength=number))
    half = two_sided_z(level) * error
    known = (curves.time[last] >= horizon) | (curves.survival[last] == 0.0)
    low, high = np.maximum(value - half, 0.0), np.minimum(value + half, horizon)
    return MeanTimes(*(np.where(known, side, np.nan) for side in (value, low, high, error)))


def log_log_limits(survival: Floats, greenwood: Floats, z: float) -> tuple[Floats, Floats]:
    """S^exp(±z·σ/ln S) of `kaplan_meiers`: 1 where nothing has ended yet, nan where nothing is left."""
    low, high = np.full(survival.shape, np.nan), np.full(survival.shape, np.nan)
    whole, inner = survival == 1.0, (survival > 0.0) & (survival < 1.0)
    low[whole] = high[whole] = 1.0
    theta = z * np.sqrt(greenwood[inner]) / np.log(survival[inner])
    low[inner], high[inner] = survival[inner] ** np.exp(-theta), survival[inner] ** np.exp(theta)
    return low, high


def _running(values: Floats, starts: Ints, combine: np.ufunc) -> Floats:
    """Running products or sums within each curve, in the order of its rows, as `np.cumprod` of each would give."""
    result = values.copy()
    lengths = np.diff(np.append(starts, values.size))
    for step in range(1, int(lengths.max())):
        places = starts[lengths > step] + step
        result[places] = combine(result[places - 1], values[places])
    return result


def _first_half(curves: SurvivalCurves, side: Floats) -> Floats:
    reached = np.flatnonzero(side <= 0.5 + SAME)
    whose, first = np.unique(curves.curve[reached], return_index=True)
    found = np.full(curves.starts.size, np.nan)
    found[whose] = curves.time[reached[first]]
    return found
