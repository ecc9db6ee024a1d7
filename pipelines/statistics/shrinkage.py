"""Empirical Bayes: what a unit's figure is worth beside those of its peers, so that four cases do not top a list."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from pipelines.statistics.inputs import Floats, part_of_whole, refusal, same_length, share, vector
from pipelines.statistics.peer_groups import beta_binomials

# Morris' factor (k − 3)/(k − 1) leaves nothing to shrink by with fewer.
MIN_MEANS = 4
_STEPS = 500


@dataclass(frozen=True, eq=False)
class ShrunkRates:
    """mean: share of all units together · concentration: α + β of the prior, how many trials it weighs; infinite if
    the units differ by chance alone · alpha, beta: of each unit's posterior (infinite then) · value, low, high: its
    mean and equal-tailed interval, all equal to the common mean then."""

    mean: float
    concentration: float
    alpha: Floats
    beta: Floats
    value: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, eq=False)
class ShrunkMeans:
    """mean: the common mean · variance: between units · kept: per unit, the share of its distance from the mean that
    is kept (0 all shrunk, 1 none) · value: mean + kept·(y − mean)."""

    mean: float
    variance: float
    kept: Floats
    value: Floats


def beta_binomial(successes: ArrayLike, trials: ArrayLike, level: float = 0.95) -> ShrunkRates:
    """Shares x/n of at least two units, each shrunk towards μ = Σx/N, the more the fewer its trials; N = Σn.

    ρ = (Σn(p−μ)²/μ(1−μ) − (k−1)) / (N − Σn²/N − (k−1)) is the correlation within units, from moments weighted by n;
    α + β = 1/ρ − 1; posterior Beta(μ(α+β) + x, (1−μ)(α+β) + n − x), value (x + μ(α+β)) / (n + α + β). ρ ≤ 0 means
    that chance explains all differences. The interval takes μ and ρ as known, so it is a little narrow
    for few units.
    Errors: one unit, a unit without trials, successes above trials, level outside 0–1.
    Source: Kleinman 1973, JASA 68; Casella 1985, American Statistician 39.
    """
    x, n = part_of_whole(successes, trials, at_least=1)
    if x.ndim != 1 or x.size < 2:
        raise refusal("successes", "至少 2 个单位", x.size, "at least 2 units")
    tail = (1.0 - share("level", level)) / 2.0
    found = beta_binomials(np.zeros(x.size, dtype=np.int64), x, n)
    mean, concentration = float(x.sum() / n.sum()), float(found.concentration[0])
    if math.isinf(concentration):
        return ShrunkRates(mean, concentration, found.alpha, found.beta, *(3 * [found.value]))
    low, high = (stats.beta.ppf(part, found.alpha, found.beta) for part in (tail, 1.0 - tail))
    return ShrunkRates(mean, concentration, found.alpha, found.beta, found.value, low, high)


def normal(values: ArrayLike, variances: ArrayLike) -> ShrunkMeans:
    """Means y of at least four units with known sampling variances v > 0 (a single one for all will do).

    With weights 1/(v + A): μ = Σwy/Σw and A = Σw(k(y−μ)²/(k−1) − v)/Σw, repeated until both stand still, A ≥ 0;
    kept = 1 − ((k−3)/(k−1))·v/(v + A). For equal v and A > 0 this is 1 − (k−3)v/Σ(y−ȳ)², the estimator of James and
    Stein around the mean; at A = 0 it is 2/(k−1). Values in any one unit, variances in its square.
    Errors: fewer than four units, a variance not above 0, lengths that differ.
    Source: Efron & Morris 1975, JASA 70; Morris 1983, JASA 78, 47–55.
    """
    y = vector("values", values, MIN_MEANS)
    v = np.asarray(variances, dtype=np.float64)
    v = vector("variances", np.full(y.shape, v) if v.ndim == 0 else v)
    same_length(values=y, variances=v)
    if (v <= 0).any():
        raise refusal("variances", "大于 0 的方差", v[v <= 0][0], "variances above 0")
    between, mean = _between(y, v)
    k = y.size
    kept = 1.0 - (k - 3) / (k - 1) * v / (v + between)
    return ShrunkMeans(mean, between, kept, mean + kept * (y - mean))


def _between(y: Floats, v: Floats) -> tuple[float, float]:
    """The variance between units and the mean that fits it."""
    between, mean, k = float(y.var()), float(y.mean()), y.size
    for _ in range(_STEPS):
        w = 1.0 / (v + between)
        mean = float((w * y).sum() / w.sum())
        former = between
        between = max(float((w * (k / (k - 1) * (y - mean) ** 2 - v)).sum() / w.sum()), 0.0)
        if abs(between - former) <= 1e-14 * float(v.max()):
            break
    return between, mean
