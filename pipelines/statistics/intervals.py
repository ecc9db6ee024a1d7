"""Intervals of a share and of a count: how far the truth may lie from what was counted.

All take arrays of any one shape and give low and high in that shape; a share of nothing (0 of 0) is unknown: nan.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from pipelines.statistics.inputs import Floats, counts, numbers, part_of_whole, refusal, share, together, two_sided_z


@dataclass(frozen=True, eq=False)
class Interval:
    """Lower and upper end, in the shape of the input."""

    low: Floats
    high: Floats


def wilson(successes: ArrayLike, trials: ArrayLike, level: float = 0.95) -> Interval:
    """Score interval of a share: all π that a test at this level would not reject given x of n.

    (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n), p = x/n. Never leaves 0–1, is no point at 0 or n of n, and
    covers close to its level on average, which is why rates carry it.
    Errors: counts not whole, more successes than trials, level outside 0–1.
    Source: Wilson 1927; Newcombe 1998, Statistics in Medicine 17, method 3.
    """
    x, n = part_of_whole(successes, trials)
    z = two_sided_z(level)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = x / n
        centre = p + z * z / (2.0 * n)
        half = z * np.sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n))
        low, high = (centre - half) / (1.0 + z * z / n), (centre + half) / (1.0 + z * z / n)
    # At the ends the root cancels the rest exactly, but not in floating point.
    low = np.where((x == 0) & (n > 0), 0.0, low)
    high = np.where((x == n) & (n > 0), 1.0, high)
    return Interval(low, high)


def clopper_pearson(successes: ArrayLike, trials: ArrayLike, level: float = 0.95) -> Interval:
    """Exact binomial interval of a share: each end leaves at most (1 − level) / 2 beyond what was counted.

    low = Beta⁻¹((1−level)/2; x, n−x+1), high = Beta⁻¹((1+level)/2; x+1, n−x); 0 at x = 0 and 1 at x = n. Covers at
    least its level, whatever the truth, so it is wide: for the few back-checks a precision is measured by.
    Errors: as `wilson`. Source: Clopper & Pearson 1934, Biometrika 26.
    """
    x, n = part_of_whole(successes, trials)
    tail = (1.0 - share("level", level)) / 2.0
    known = n > 0
    low = stats.beta.ppf(tail, np.where(x > 0, x, 1.0), n - x + 1.0)
    high = stats.beta.ppf(1.0 - tail, x + 1.0, np.where(x < n, n - x, 1.0))
    low = np.where(known, np.where(x > 0, low, 0.0), np.nan)
    high = np.where(known, np.where(x < n, high, 1.0), np.nan)
    return Interval(low, high)


def plus_four_error(successes: ArrayLike, trials: ArrayLike) -> Floats:
    """How far chance alone moves a share: its standard error after two successes and two failures are added.

    √(p̃(1−p̃)/(n + 4)), p̃ = (x + 2)/(n + 4): never 0, where √(p(1−p)/n) calls 1 of 1 as sure as 1,000 of 1,000; 0.25 of
    nothing. Their 95 % interval p̃ ± 1.96 errors is close to Wilson's.
    Errors: as `wilson`. Source: Agresti & Coull 1998, The American Statistician 52.
    """
    x, n = part_of_whole(successes, trials)
    p = (x + 2.0) / (n + 4.0)
    error: Floats = np.sqrt(p * (1.0 - p) / (n + 4.0))
    return error


def byar(events: ArrayLike, exposure: ArrayLike = 1.0, level: float = 0.95) -> Interval:
    """Interval of a count of rare, independent events, or of their rate per unit of exposure.

    x(1 − 1/9x − z/3√x)³ and (x+1)(1 − 1/9(x+1) + z/3√(x+1))³, each divided by the exposure; the lower end is 0 at
    x = 0. Within a few per cent of the exact Poisson limits from 5 events on. Exposure in the caller's unit (hundreds
    of patrols, say); no exposure gives nan.
    Errors: events not whole, exposure negative, level outside 0–1.
    Source: Breslow & Day 1987, Statistical Methods in Cancer Research II, p. 69.
    """
    x, e = together(events=counts("events", events), exposure=numbers("exposure", exposure))
    if (e < 0).any():
        raise refusal("exposure", "不小于 0 的数", e[e < 0][0], "no negative exposure")
    z = two_sided_z(level)
    low, high = _cubed(np.maximum(x, 1.0), -z), _cubed(x + 1.0, z)
    low = np.where(x > 0, np.maximum(low, 0.0), 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return Interval(np.where(e > 0, low / e, np.nan), np.where(e > 0, high / e, np.nan))


def _cubed(x: Floats, z: float) -> Floats:
    """The Wilson–Hilferty cube root of a χ² quantile, multiplied out: ** would go through a power function."""
    root = 1.0 - 1.0 / (9.0 * x) + z / (3.0 * np.sqrt(x))
    return x * root * root * root
