"""Control limits of a funnel: where the rate of a unit of a given size lies if it is like all the others.

Rates are shares 0–1; `centre` is the share of all units together; `trials` (≥ 1) has one entry a unit.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from pipelines.statistics.inputs import Floats, counts, refusal, share, two_sided_z
from pipelines.statistics.intervals import Interval

# Below this many trials the normal curve is too far from the binomial steps.
EXACT_BELOW = 50


def normal_limits(centre: float, trials: ArrayLike, level: float = 0.95, tau_squared: float = 0.0) -> Interval:
    """θ ± z·√(θ(1−θ)/n + τ²), cut at 0 and 1; shape of `trials`.

    τ² is the variance between units beyond chance (see `overdispersion`); 0 if units differ by chance alone.
    Errors: centre outside 0–1, trials below 1 or not whole, negative τ².
    Source: Spiegelhalter 2005, Statistics in Medicine 24, section 3 and appendix A.2.
    """
    theta, n = _centre(centre), counts("trials", trials, 1)
    if tau_squared < 0:
        raise refusal("tau_squared", "不小于 0 的数", tau_squared, "no negative variance")
    half = two_sided_z(level) * np.sqrt(theta * (1.0 - theta) / n + tau_squared)
    return Interval(np.maximum(theta - half, 0.0), np.minimum(theta + half, 1.0))


def exact_limits(centre: float, trials: ArrayLike, level: float = 0.95) -> Interval:
    """Limits from the binomial distribution itself, interpolated so that they do not jump from n to n + 1.

    Lower, with p = (1 − level)/2: r = least integer with F(r) > p, α = (F(r) − p) / P(R = r), limit (r − α)/n, cut at
    0. The upper limit is the lower one of what was not achieved: 1 − lower(1 − θ). So a unit stands outside only if a
    result as extreme has a probability below p, on both sides alike; the published formula with p = (1 + level)/2 would
    call 8 of 8 an outlier at θ = 0.85, although chance alone brings it about 27 times in 100.
    Errors: as `normal_limits`. Source: Spiegelhalter 2005, appendix A.1.1; on what interpolation does to the
    probability of a false alarm, Manktelow & Seaton 2012, PLoS ONE 7, e45723.
    """
    theta, n = _centre(centre), counts("trials", trials, 1)
    tail = (1.0 - share("level", level)) / 2.0
    return Interval(_lower(theta, n, tail), 1.0 - _lower(1.0 - theta, n, tail))


def binomial_limits(centre: float, trials: ArrayLike, level: float = 0.95) -> Interval:
    """The exact limits below 50 trials, the normal ones from there on. Errors: as `normal_limits`."""
    n = counts("trials", trials, 1)
    small, large = exact_limits(centre, n, level), normal_limits(centre, n, level)
    few = n < EXACT_BELOW
    return Interval(np.where(few, small.low, large.low), np.where(few, small.high, large.high))


def _lower(theta: float, n: Floats, tail: float) -> Floats:
    """The interpolated lower limit, as a share; never above the centre."""
    if theta in (0.0, 1.0):
        return np.full(n.shape, theta)
    r = stats.binom.ppf(tail, n, theta)
    alpha = (stats.binom.cdf(r, n, theta) - tail) / stats.binom.pmf(r, n, theta)
    low: Floats = np.clip((r - alpha) / n, 0.0, theta)
    return low


def _centre(value: float) -> float:
    if not 0.0 <= value <= 1.0:
        raise refusal("centre", "0 至 1 的比率", value, "a share from 0 to 1")
    return float(value)
