"""Ranks with the uncertainty they have: a place in a list is a statement about others, and rarely a sure one."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pipelines.statistics.inputs import Floats, Ints, counts, numbers, refusal, same_length, share, vector


@dataclass(frozen=True, eq=False)
class Ranks:
    """One entry a unit; 1 is best, k last. expected: mean rank · low, high: the interval of its rank, whole numbers."""

    expected: Floats
    low: Floats
    high: Floats


def beta_draws(alpha: ArrayLike, beta: ArrayLike, draws: int, seed: int) -> Floats:
    """Draws from the posterior Beta(α, β) of each unit: shape (draws, units); the same seed gives the same draws.

    Infinite α and β (units that chance alone makes differ) draw the same value for all of them: one half, a tie.
    Errors: α or β not above 0, lengths that differ, draws below 1.
    """
    size = int(counts("draws", draws, 1))
    a, b = np.asarray(alpha, dtype=np.float64), np.asarray(beta, dtype=np.float64)
    if a.ndim == 1 and a.size and np.isinf(a).all() and np.isinf(b).all():
        return np.full((size, a.size), 0.5)
    a, b = vector("alpha", a), vector("beta", b)
    same_length(alpha=a, beta=b)
    if (a <= 0).any() or (b <= 0).any():
        raise refusal("alpha、beta", "大于 0 的数", min(a.min(), b.min()), "numbers above 0")
    return np.random.default_rng(seed).beta(a, b, size=(size, a.size))


def with_chance(draws: ArrayLike, errors: ArrayLike, seed: int) -> Floats:
    """Draws with chance added: each value moved by its unit's error times a standard normal number.

    draws: shape (draws, units) · errors: standard errors, one a unit, ≥ 0, in the unit of the draws. The same seed
    gives the same numbers. A unit of error 0 stays as it was drawn.
    Errors: not two-dimensional, errors that are negative or not one a unit.
    """
    given = np.asarray(draws, dtype=np.float64)
    spread = vector("errors", errors)
    if given.ndim != 2 or given.shape[1] != spread.size:
        expected = f"形状为 (抽样次数, {spread.size}) 的二维数组"
        raise refusal("draws", expected, f"形状 {given.shape}", f"shape (draws, {spread.size})")
    if (spread < 0).any():
        raise refusal("errors", "不小于 0 的数", spread.min(), "none negative")
    return given + spread * np.random.default_rng(seed).standard_normal(given.shape)


def expected_ranks(draws: ArrayLike, level: float = 0.95, highest_first: bool = True) -> Ranks:
    """Mean rank of each unit over the draws, and the interval that holds its rank in at least `level` of them.

    E[rankᵢ] = 1 + Σⱼ P(θⱼ better than θᵢ), estimated by the draws, so that all of them sum to k(k+1)/2. Ties share the
    mean of their places in the expectation and span all of them in the interval: two units that are equal in every
    draw have 1.5 and 1–2, not a sure 1.5.
    draws: shape (draws, units), e.g. of posteriors or of scores under drawn weights; nan for a unit not ranked.
    Units that are nan in any draw get nan and do not count among the others.
    Errors: not two-dimensional, no draw, no unit, level outside 0–1.
    Source: Laird & Louis 1989, Journal of Educational Statistics 14; Goldstein & Spiegelhalter 1996, JRSS A 159.
    """
    given = np.asarray(draws, dtype=np.float64)
    if given.ndim != 2 or 0 in given.shape:
        raise refusal("draws", "形状为 (抽样次数, 单位数) 的二维数组", f"形状 {given.shape}", "shape (draws, units)")
    tail = (1.0 - share("level", level)) / 2.0
    ranked = ~np.isnan(given).any(axis=0)
    expected, low, high = (np.full(given.shape[1], np.nan) for _ in range(3))
    if ranked.any():
        kept = numbers("draws", given[:, ranked])
        first, last = _places(-kept if highest_first else kept)
        expected[ranked] = ((first + last) / 2.0).mean(axis=0)
        low[ranked] = np.sort(first, axis=0)[math.floor(tail * (len(kept) - 1))]
        high[ranked] = np.sort(last, axis=0)[math.ceil((1.0 - tail) * (len(kept) - 1))]
    return Ranks(expected, low, high)


def _places(draws: Floats) -> tuple[Ints, Ints]:
    """First and last place of each unit in each draw, smallest first; they differ where units are equal."""
    order = np.argsort(draws, axis=1)
    ordered = np.take_along_axis(draws, order, axis=1)
    if (ordered[:, 1:] != ordered[:, :-1]).all():
        place = np.argsort(order, axis=1) + 1
        return place, place
    is_new = np.ones(draws.shape, dtype=bool)
    is_new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    is_old = np.ones(draws.shape, dtype=bool)
    is_old[:, :-1] = is_new[:, 1:]
    place = np.broadcast_to(np.arange(1, draws.shape[1] + 1), draws.shape)
    first, last = np.empty(draws.shape, dtype=np.int64), np.empty(draws.shape, dtype=np.int64)
    np.put_along_axis(first, order, np.maximum.accumulate(np.where(is_new, place, 0), axis=1), axis=1)
    behind = np.where(is_old, place, draws.shape[1])[:, ::-1]
    np.put_along_axis(last, order, np.minimum.accumulate(behind, axis=1)[:, ::-1], axis=1)
    return first, last
