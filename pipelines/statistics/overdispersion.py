"""How much units differ beyond chance: without it, a funnel of large units calls half of them outliers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pipelines.statistics.inputs import Floats, part_of_whole, refusal

# With fewer units the estimate is mostly noise, and what is noise must not widen the limits.
MIN_UNITS = 20
WINSORISED = 0.1


@dataclass(frozen=True)
class Overdispersion:
    """phi: mean squared winsorised z, 1 by chance alone · tau_squared: variance between units, of rates as shares."""

    phi: float
    tau_squared: float
    units: int


def overdispersion(
    successes: ArrayLike, trials: ArrayLike, centre: float | None = None, winsorised: float = WINSORISED
) -> Overdispersion:
    """φ and τ² of shares around their common centre; arrays of one entry a unit, at least 20 units with trials ≥ 1.

    z = (x/n − θ)/s with s² = θ(1−θ)/n; the outer tenth on each side is pulled in to the tenth and the ninetieth
    percentile, so that true outliers do not hide themselves; φ = Σz²/I. With w = 1/s²,
    τ² = (Iφ − (I − 1)) / (Σw − Σw²/Σw), 0 if that is negative: the estimator of DerSimonian and Laird.
    `centre` defaults to Σx/Σn. If it is 0 or 1 all units are alike: φ = 0, τ² = 0.
    Errors: fewer than 20 units, a unit without trials, winsorised not in 0–0.5.
    Source: Spiegelhalter 2005, Statistics in Medicine 24, appendix A.2 and A.3; DerSimonian & Laird 1986; Spiegelhalter
    et al. 2012, JRSS A 175, 1–47.
    """
    x, n = part_of_whole(successes, trials, at_least=1)
    if x.ndim != 1 or x.size < MIN_UNITS:
        raise refusal("successes", f"至少 {MIN_UNITS} 个单位", x.size, f"at least {MIN_UNITS} units")
    if not 0.0 <= winsorised < 0.5:
        raise refusal("winsorised", "0 至 0.5 的份额", winsorised, "a share from 0 to below 0.5")
    theta = float(x.sum() / n.sum()) if centre is None else centre
    if theta in (0.0, 1.0):
        return Overdispersion(0.0, 0.0, x.size)
    weight = n / (theta * (1.0 - theta))
    z = _winsorise((x / n - theta) * np.sqrt(weight), winsorised)
    excess = float((z * z).sum()) - (x.size - 1)
    tau_squared = excess / float(weight.sum() - (weight * weight).sum() / weight.sum())
    return Overdispersion(float((z * z).mean()), max(tau_squared, 0.0), x.size)


def _winsorise(z: Floats, by: float) -> Floats:
    """Pulls what lies beyond the quantiles `by` and 1 − `by` in to them."""
    low, high = np.quantile(z, [by, 1.0 - by])
    return np.clip(z, low, high)
