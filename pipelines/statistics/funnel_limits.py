"""Control limits of a funnel: where the rate of a unit of a given size lies if it is like all the others.

Rates are shares 0–1; `centre` is the share of all units together, one for all or one an entry (of many funnels at
once); `trials` (≥ 1) has one entry a unit.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from pipelines.statistics.inputs import Floats, counts, numbers, refusal, share, together, two_sided_z
from pipelines.statistics.intervals import Interval

# Below this many trials the normal curve is too far from the binomial steps.
EXACT_BELOW = 50


def normal_limits(centre: ArrayLike, trials: ArrayLike, level: float = 0.95, tau_squared: ArrayLike = 0.0) -> Interval:
    """θ ± z·√(θ(1−θ)/n + τ²), cut at 0 and 1; shape of `trials`.

    τ² is the variance between units beyond chance (see `overdispersion`); 0 if units differ by chance alone.
    Errors: centre outside 0–1, trials below 1 or not whole, negative τ².
    Source: Spiegelhalter 2005, Statistics in Medicine 24, section 3 and appendix A.2.
    """
    theta, n, spread = together(
        centre=_centre(centre), trials=counts("trials", trials, 1), tau_squared=numbers("tau_squared", tau_squared)
    )
    if (spread < 0).any():
        raise refusal("tau_squared", "不小于 0 的数", spread[spread < 0][0], "no negative variance")
    half = two_sided_z(level) * np.sqrt(theta * (1.0 - theta) / n + spread)
    return Interval(np.maximum(theta - half, 0.0), np.minimum(theta + half, 1.0))


def exact_limits(centre: ArrayLike, trials: ArrayLike, level: float = 0.95) -> Interval:
    """Limits from the binomial distribution itself, interpolated so that they do not jump from n to n + 1.

    Lower, with p = (1 − level)/2: r = least integer with F(r) > p, α = (F(r) − p) / P(R = r), limit (r − α)/n, cut at
    0. The upper limit is the lower one of what was not achieved: 1 − lower(1 − θ). So a unit stands outside only if a
    result as extreme has a probability below p, on both sides alike; the published formula with p = (1 + level)/2 would
    call 8 of 8 an outlier at θ = 0.85, although chance alone brings it about 27 times in 100.
    Errors: as `normal_limits`. Source: Spiegelhalter 2005, appendix A.1.1; on what interpolation does to the
    probability of a false alarm, Manktelow & Seaton 2012, PLoS ONE 7, e45723.
    """
    theta, n = together(centre=_centre(centre), trials=counts("trials", trials, 1))
    tail = (1.0 - share("level", level)) / 2.0
    return Interval(_lower(theta, n, tail), 1.0 - _lower(1.0 - theta, n, tail))


def binomial_limits(centre: ArrayLike, trials: ArrayLike, level: float = 0.95) -> Interval:
    """The exact limits below 50 trials, the normal ones from there on. Errors: as `normal_limits`."""
    theta, n = together(centre=_centre(centre), trials=counts("trials", trials, 1))
    normal, few = normal_limits(theta, n, level), n < EXACT_BELOW
    low, high = np.array(normal.low), np.array(normal.high)
    if few.any():
        # Units of one size around one centre have the same limits, and a quantile is dear.
        pairs, whose = np.unique(theta[few] + 1j * n[few], return_inverse=True)
        small = exact_limits(pairs.real, pairs.imag, level)
        low[few], high[few] = small.low[whose], small.high[whose]
    return Interval(low, high)


def _lower(theta: Floats, n: Floats, tail: float) -> Floats:
    """The interpolated lower limit, as a share; never above the centre."""
    sure = (theta == 0.0) | (theta == 1.0)
    p = np.where(sure, 0.5, theta)
    r = stats.binom.ppf(tail, n, p)
    alpha = (stats.binom.cdf(r, n, p) - tail) / stats.binom.pmf(r, n, p)
    low: Floats = np.where(sure, theta, np.clip((r - alpha) / n, 0.0, theta))
    return low


def _centre(value: ArrayLike) -> Floats:
    theta = numbers("centre", value)
    if ((theta < 0.0) | (theta > 1.0)).any():
        raise refusal("centre", "0 至 1 的比率", theta[(theta < 0.0) | (theta > 1.0)][0], "a share from 0 to 1")
    return theta
