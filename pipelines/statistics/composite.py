"""One score of several parts: what cannot be judged is left out and said, not counted as nought or as full marks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipelines.statistics.inputs import Floats, counts, numbers, refusal, vector


@dataclass(frozen=True, eq=False)
class Composite:
    """One entry a unit. arithmetic, geometric: in the unit of the parts, nan if no part can be judged · assessable:
    the share of the whole weight that could be judged, 0–1."""

    arithmetic: Floats
    geometric: Floats
    assessable: Floats


def composite(parts: ArrayLike, weights: ArrayLike) -> Composite:
    """Weighted means of each unit's parts over those that can be judged.

    With W = Σw over these: Σwx/W, and exp(Σw·ln x/W) — 0 as soon as one part with weight is 0 — which never exceeds the
    arithmetic one: a good part does not make up for a failed one.
    parts: shape (units, parts), ≥ 0, all in one unit (0–1 or 0–100), nan where not judged · weights: one a part, ≥ 0,
    not all 0; any scale.
    Errors: shapes that do not go together, negative or infinite values.
    Source: OECD & JRC 2008, Handbook on Constructing Composite Indicators, step 7.
    """
    w = _weights(weights)
    x = _parts(parts, w.size)
    judged = ~np.isnan(x)
    held, arithmetic = _means(np.where(judged, x, 0.0), judged, w[None, :])
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(judged & (w > 0), np.log(np.where(judged, x, 1.0)), 0.0)
        geometric = np.exp((logs * w).sum(axis=1) / held[0])
    # exp(ln x) may come out a hair above x.
    geometric = np.where(held[0] > 0, np.minimum(geometric, arithmetic[0]), np.nan)
    return Composite(arithmetic[0], geometric, held[0] / w.sum())


def composite_draws(parts: ArrayLike, weights: ArrayLike) -> Floats:
    """Arithmetic scores under many sets of weights: shape (draws, units), nan for units nothing can be judged of.

    parts as for `composite`; weights: shape (draws, parts). Each draw leaves out the same parts as the score does.
    Errors: as `composite`.
    """
    w = numbers("weights", weights)
    if w.ndim != 2 or w.shape[0] == 0 or (w < 0).any():
        expected = "形状为 (抽样次数, 分项数)、不小于 0 的数组"
        raise refusal("weights", expected, f"形状 {w.shape}", "shape (draws, parts), none negative")
    x = _parts(parts, w.shape[1])
    judged = ~np.isnan(x)
    return _means(np.where(judged, x, 0.0), judged, w)[1]


def partly_judged(gained: ArrayLike, judged: ArrayLike, weights: ArrayLike) -> Floats:
    """Arithmetic scores where only a share of a part may be judged: Σw·gained / Σw·judged, shape (draws, units).

    gained, judged: shape (units, parts), 0 ≤ gained ≤ judged ≤ 1; nothing judged at all gives nan. With judged 0 or 1
    it is `composite_draws`. weights: shape (draws, parts).
    Errors: as `composite_draws`.
    """
    w = numbers("weights", weights)
    return _means(_parts(gained, w.shape[1]), _parts(judged, w.shape[1]), w)[1]


def dirichlet_weights(weights: ArrayLike, agreement: float, draws: int, seed: int) -> Floats:
    """Weights that reasonable people might have chosen instead: shape (draws, parts), each row sums to 1.

    Dirichlet(agreement·w/Σw): the mean is the given weight π, its standard deviation √(π(1−π)/(agreement + 1)); at 50 a
    weight of 20 % moves by 5.6 points. Parts of weight 0 keep 0. The same seed gives the same draws.
    Errors: as `composite` for weights; agreement not above 0, draws below 1.
    Source: OECD & JRC 2008, step 7, on uncertainty of weights; Saisana, Saltelli & Tarantola 2005, JRSS A 168.
    """
    w = _weights(weights)
    if not (agreement > 0 and np.isfinite(agreement)):
        raise refusal("agreement", "大于 0 的有限数", agreement, "a finite number above 0")
    size = int(counts("draws", draws, 1))
    drawn = np.zeros((size, w.size))
    drawn[:, w > 0] = np.random.default_rng(seed).dirichlet(agreement * w[w > 0] / w.sum(), size=size)
    return drawn


def _means(known: Floats, judged: NDArray[np.bool_] | Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Weight held and weighted mean, both (draws, units); part by part, so that sums have one order."""
    held, total = np.zeros((2, weights.shape[0], known.shape[0]))
    for part in range(known.shape[1]):
        held += weights[:, part, None] * judged[None, :, part]
        total += weights[:, part, None] * known[None, :, part]
    with np.errstate(divide="ignore", invalid="ignore"):
        return held, np.where(held > 0, total / held, np.nan)


def _parts(parts: ArrayLike, expected: int) -> Floats:
    x = np.asarray(parts, dtype=np.float64)
    if x.ndim != 2 or x.shape[1] != expected:
        raise refusal("parts", f"形状为 (单位数, {expected}) 的数组", f"形状 {x.shape}", f"shape (units, {expected})")
    if np.isinf(x).any() or (x < 0).any():
        raise refusal("parts", "不小于 0 的有限数，未评分用 nan", x[np.isinf(x) | (x < 0)][0], "finite, none negative")
    return x


def _weights(weights: ArrayLike) -> Floats:
    w = vector("weights", weights)
    if (w < 0).any() or not w.any():
        raise refusal("weights", "不小于 0 且不全为 0 的权重", w.tolist(), "no negative weight and not all 0")
    return w
