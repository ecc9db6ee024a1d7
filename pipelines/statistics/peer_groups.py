"""Many funnels and shrunk rates at once, one for each group of peers: the same figures as group by group.

Every array has one entry a unit; `group` numbers the groups from 0 without a gap, in any order of the units.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pipelines.statistics.funnel import INNER, OUTER, limits_with_spread, side_of
from pipelines.statistics.inputs import Floats, Ints, part_of_whole, refusal
from pipelines.statistics.intervals import Interval
from pipelines.statistics.overdispersion import MIN_UNITS, overdispersion


@dataclass(frozen=True, eq=False)
class Funnels:
    """As `funnel.Funnel`, one entry a unit. tau_squared: nan in groups of fewer than 20 units."""

    centre: Floats
    rate: Floats
    inner: Interval
    outer: Interval
    position: Ints
    tau_squared: Floats


@dataclass(frozen=True, eq=False)
class Shrunk:
    """As `shrinkage.ShrunkRates`: concentration of the group's prior · alpha, beta of each unit's posterior, infinite
    where chance explains all differences of its group · value: the shrunk rate. All are nan in a group of one."""

    concentration: Floats
    alpha: Floats
    beta: Floats
    value: Floats


def funnels(group: ArrayLike, successes: ArrayLike, trials: ArrayLike) -> Funnels:
    """`funnel.funnel` of each group around its own rate Σx/Σn. Errors: no unit, a unit without trials, x above n."""
    whose, x, n = _peers(group, successes, trials)
    centre = (np.bincount(whose, x) / np.bincount(whose, n))[whose]
    tau_squared = np.full(x.shape, np.nan)
    sizes = np.bincount(whose)
    order = np.argsort(whose, kind="stable")
    for units in np.split(order, np.cumsum(sizes)[:-1]):
        if units.size >= MIN_UNITS:
            tau_squared[units] = overdispersion(x[units], n[units], float(centre[units[0]])).tau_squared
    spread = np.nan_to_num(tau_squared)
    rate = x / n
    inner, outer = (limits_with_spread(centre, n, level, spread) for level in (INNER, OUTER))
    return Funnels(centre, rate, inner, outer, side_of(rate, inner) + side_of(rate, outer), tau_squared)


def beta_binomials(group: ArrayLike, successes: ArrayLike, trials: ArrayLike) -> Shrunk:
    """`shrinkage.beta_binomial` of each group, without intervals. Errors as above."""
    whose, x, n = _peers(group, successes, trials)
    size, total = np.bincount(whose), np.bincount(whose, n)
    mean = (np.bincount(whose, x) / total)[whose]
    chance = (mean * (1.0 - mean))[np.unique(whose, return_index=True)[1]]
    room = total - np.bincount(whose, n * n) / total - (size - 1)
    apart = np.bincount(whose, n * (x / n - mean) ** 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        rho = (apart / chance - (size - 1)) / room
        # All units at 0 or n of n would give ρ ≥ 1: a prior of no weight at all.
        concentration = np.maximum(1.0 / rho - 1.0, 1e-6)
        concentration = np.where((chance > 0.0) & (room > 0.0) & (rho > 0.0), concentration, np.inf)
        concentration = np.where(size > 1, concentration, np.nan)[whose]
        endless = np.isinf(concentration)
        alpha = np.where(endless, np.inf, mean * concentration + x)
        beta = np.where(endless, np.inf, (1.0 - mean) * concentration + n - x)
        value = np.where(endless, mean, alpha / (alpha + beta))
    return Shrunk(concentration, alpha, beta, value)


def _peers(group: ArrayLike, successes: ArrayLike, trials: ArrayLike) -> tuple[Ints, Floats, Floats]:
    x, n = part_of_whole(successes, trials, at_least=1)
    whose = np.asarray(group, dtype=np.int64)
    if x.ndim != 1 or x.size == 0 or whose.shape != x.shape:
        raise refusal("group", "每单位一个组号", f"形状 {whose.shape}", "one number of a group for each unit")
    if whose.min() != 0 or np.bincount(whose).min() == 0:
        raise refusal("group", "由 0 起连续的组号", sorted(set(whose.tolist()))[:5], "groups numbered from 0 on")
    return whose, x, n
