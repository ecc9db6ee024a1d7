"""A funnel of units around their common rate, and which of them stand outside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pipelines.statistics.funnel_limits import EXACT_BELOW, binomial_limits, normal_limits
from pipelines.statistics.inputs import SAME, Floats, Ints, part_of_whole, refusal
from pipelines.statistics.intervals import Interval
from pipelines.statistics.overdispersion import MIN_UNITS, Overdispersion, overdispersion

INNER, OUTER = 0.95, 0.998
MONTHS_WATCHED, MONTHS_OUTSIDE = 3, 2


@dataclass(frozen=True, eq=False)
class Funnel:
    """Arrays with one entry a unit, in the order given.

    inner, outer: 95 % and 99.8 % limits · position: −2 … 2, how many pairs of limits the rate lies below (negative) or
    above · spread: φ and τ², None with fewer than 20 units.
    """

    centre: float
    rate: Floats
    inner: Interval
    outer: Interval
    position: Ints
    spread: Overdispersion | None


def funnel(successes: ArrayLike, trials: ArrayLike, centre: float | None = None) -> Funnel:
    """Limits around the rate of all units (Σx/Σn unless given): one unit an entry, trials ≥ 1.

    Binomial limits, exact below 50 trials; with at least 20 units and τ² > 0 they widen to θ ± z·√(s² + τ²), and are
    never narrower than the exact ones.
    Errors: no unit, a unit without trials, successes above trials, centre outside 0–1.
    Source: Spiegelhalter 2005, Statistics in Medicine 24.
    """
    x, n = part_of_whole(successes, trials, at_least=1)
    if x.ndim != 1 or x.size == 0:
        raise refusal("successes", "每单位一个数的序列", f"形状 {x.shape}", "one number a unit")
    theta = float(x.sum() / n.sum()) if centre is None else centre
    spread = overdispersion(x, n, theta) if x.size >= MIN_UNITS else None
    rate = x / n
    tau_squared = spread.tau_squared if spread else 0.0
    inner, outer = (limits_with_spread(theta, n, level, tau_squared) for level in (INNER, OUTER))
    return Funnel(theta, rate, inner, outer, side_of(rate, inner) + side_of(rate, outer), spread)


def is_outlier(positions: Sequence[int]) -> bool:
    """Whether a unit's positions of successive months, the last one last, make it an outlier now.

    Yes if the last is outside 99.8 %, or if it is outside 95 % and so was at least one of the two months before it, on
    the same side; one month outside 95 % is expected of one unit in twenty.
    Errors: no month, a position that is not −2 … 2.
    """
    if not positions or any(position not in (-2, -1, 0, 1, 2) for position in positions):
        raise refusal("positions", "至少一个 −2 至 2 的整数", list(positions), "at least one position from -2 to 2")
    last = positions[-1]
    same_side = sum(position * last > 0 for position in positions[-MONTHS_WATCHED:])
    return abs(last) == 2 or same_side >= MONTHS_OUTSIDE


def limits_with_spread(centre: ArrayLike, trials: Floats, level: float, tau_squared: ArrayLike) -> Interval:
    """The binomial limits; where τ² > 0 the wider ones θ ± z·√(s² + τ²), never narrower than the exact ones."""
    by_chance, spread = binomial_limits(centre, trials, level), np.asarray(tau_squared, dtype=np.float64)
    if not (spread > 0.0).any():
        return by_chance
    wide = normal_limits(centre, trials, level, spread)
    few = trials < EXACT_BELOW
    low = np.where(few, np.minimum(by_chance.low, wide.low), wide.low)
    high = np.where(few, np.maximum(by_chance.high, wide.high), wide.high)
    return Interval(np.where(spread > 0.0, low, by_chance.low), np.where(spread > 0.0, high, by_chance.high))


def side_of(rate: Floats, limits: Interval) -> Ints:
    """−1 below, 0 within or on the limits, 1 above."""
    above, below = rate > limits.high + SAME, rate < limits.low - SAME
    side: Ints = above.astype(np.int64) - below.astype(np.int64)
    return side
