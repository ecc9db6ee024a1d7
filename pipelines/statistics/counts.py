"""Counts of people who differ: is so few, or so many, unusual among peers who are not all alike either?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from pipelines.statistics.inputs import Floats, counts, numbers, refusal, same_length, together, vector

# People are never all alike. Where the peers of a month happen to look alike, this keeps the tails from becoming
# Poisson's, which calls every careful or unlucky inspector an outlier: rates differ by 10 % (0.1²) at least.
MIN_DISPERSION = 0.01


@dataclass(frozen=True)
class Peers:
    """rate: events per unit of exposure · dispersion: squared coefficient of variation of the rates between people."""

    rate: float
    dispersion: float


def peer_rates(events: ArrayLike, exposures: ArrayLike) -> Peers:
    """Common rate and dispersion φ of at least two peers, whose own rates follow a gamma distribution.

    m = Σx/E with E = Σe; X² = Σ(x − me)²/(me); φ = (X² − (k−1)) / (m(E − Σe²/E)): the moment estimator of
    DerSimonian and Laird, carried over to counts. At least MIN_DISPERSION; that also if nobody has any event.
    events: whole numbers ≥ 0 · exposures: > 0 in any one unit (patrols, days); one entry a person each.
    Errors: fewer than two peers, lengths that differ, exposure not above 0.
    Source: Breslow 1984, Applied Statistics 33, 38–44; DerSimonian & Laird 1986.
    """
    x, e = counts("events", events), vector("exposures", exposures, 2)
    same_length(events=x, exposures=e)
    if (e <= 0).any():
        raise refusal("exposures", "大于 0 的数", e[e <= 0][0], "numbers above 0")
    total = float(e.sum())
    rate = float(x.sum()) / total
    if rate == 0.0:
        return Peers(0.0, MIN_DISPERSION)
    pearson = float(((x - rate * e) ** 2 / (rate * e)).sum())
    dispersion = (pearson - (x.size - 1)) / (rate * (total - float((e * e).sum()) / total))
    return Peers(rate, max(dispersion, MIN_DISPERSION))


def lower_tail(observed: ArrayLike, expected: ArrayLike, dispersion: float) -> Floats:
    """P(X ≤ x) of a negative binomial count with mean μ and variance μ + φμ²; shape of the input.

    With r = 1/φ: NB(r, r/(r + μ)); a streak without any finding in n patrols has (1 + φμ)^(−1/φ), μ = n·rate.
    observed: whole ≥ 0 · expected: ≥ 0, the rate of the peers times the person's exposure · φ > 0.
    Errors: φ not above 0 (plain Poisson is refused on purpose), values out of range, shapes that do not go together.
    Source: Greenwood & Yule 1920, JRSS 83; Johnson, Kemp & Kotz 2005, Univariate Discrete Distributions, chapter 5.
    """
    x, r, p = _negative_binomial(observed, expected, dispersion)
    return np.asarray(stats.nbinom.cdf(x, r, p), dtype=np.float64)


def upper_tail(observed: ArrayLike, expected: ArrayLike, dispersion: float) -> Floats:
    """P(X ≥ x) of the distribution of `lower_tail`, with the same input, errors and source.

    Both tails include what was observed, so they sum to 1 + P(X = x).
    """
    x, r, p = _negative_binomial(observed, expected, dispersion)
    return np.asarray(stats.nbinom.sf(x - 1.0, r, p), dtype=np.float64)


def _negative_binomial(observed: ArrayLike, expected: ArrayLike, dispersion: float) -> tuple[Floats, float, Floats]:
    x, mean = together(observed=counts("observed", observed), expected=numbers("expected", expected))
    if (mean < 0).any():
        raise refusal("expected", "不小于 0 的数", mean[mean < 0][0], "numbers not below 0")
    if not (dispersion > 0 and np.isfinite(dispersion)):
        raise refusal(
            "dispersion", "大于 0 的有限数（人与人总有差异，不用泊松分布）", dispersion, "a finite number above 0"
        )
    r = 1.0 / dispersion
    return x, r, r / (r + mean)
