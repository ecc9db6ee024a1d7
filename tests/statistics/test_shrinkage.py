"""Shrinkage: the eighteen batters of Efron and Morris, what is recovered, who moves how far."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.statistics.shrinkage import beta_binomial, normal

# Efron & Morris 1977, Scientific American 236: averages after 45 times at bat, as printed.
BATTING = np.array([
    0.400, 0.378, 0.356, 0.333, 0.311, 0.311, 0.289, 0.267, 0.244, 0.244, 0.222, 0.222, 0.222, 0.222, 0.222, 0.200,
    0.178, 0.156,
])  # fmt: skip
UNITS = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_efron_and_morris_keep_0_212() -> None:
    """c = 1 − (k−3)σ²/Σ(y−ȳ)² with σ² = ȳ(1−ȳ)/45, both from the printed averages and from whole hits."""
    for averages in (BATTING, np.round(BATTING * 45) / 45):
        mean = averages.mean()
        found = normal(averages, mean * (1 - mean) / 45)
        assert round(found.mean, 3) == 0.265
        assert found.kept.round(3).tolist() == [0.212] * 18
    assert normal(BATTING, 0.265 * 0.735 / 45).value[0] == pytest.approx(0.294, abs=5e-4)


def test_equal_variances_give_james_and_stein() -> None:
    y = np.array([3.0, 9.0, 4.0, 12.0, 7.0, 1.0])
    shrink = 1 - 3 * 2.5 / ((y - 6) ** 2).sum()
    assert normal(y, 2.5).kept == pytest.approx([shrink] * 6)


def test_an_unsure_mean_keeps_less() -> None:
    found = normal([1.0, 5.0, 9.0, 14.0, 2.0], [0.1, 0.1, 4.0, 40.0, 40.0])
    assert found.variance > 0
    assert (np.diff(found.kept) <= 0).all()
    assert found.kept[0] > 0.9 > 0.7 > found.kept[4]


def test_means_that_chance_explains_keep_little() -> None:
    for values in ([5.0] * 6, [4.9, 5.1, 5.0, 5.0, 4.95, 5.05]):
        found = normal(values, 1.0)
        assert found.variance == 0
        assert found.kept == pytest.approx([2 / 5] * 6)
        assert found.mean == pytest.approx(5.0)


def test_between_variance_is_recovered() -> None:
    random = np.random.default_rng(3)
    sampling = random.uniform(0.5, 3.0, 3000)
    y = random.normal(random.normal(10, 2, 3000), np.sqrt(sampling))
    found = normal(y, sampling)
    assert found.mean == pytest.approx(10, abs=0.15)
    assert found.variance == pytest.approx(4, rel=0.1)


def test_prior_of_rates_is_recovered() -> None:
    random = np.random.default_rng(5)
    n = random.integers(20, 200, 3000)
    x = random.binomial(n, random.beta(16, 4, 3000))
    found = beta_binomial(x, n)
    assert found.mean == pytest.approx(0.8, abs=0.01)
    assert found.concentration == pytest.approx(20, rel=0.1)


def test_moments_by_hand() -> None:
    """Four units of 10 at 0.2, 0.4, 0.6, 0.8: Σn(p−μ)²/μ(1−μ) = 8, so ρ = (8 − 3)/(40 − 10 − 3) and α+β = 22/5."""
    found = beta_binomial([2, 4, 6, 8], [10] * 4)
    assert found.mean == 0.5
    assert found.concentration == pytest.approx(22 / 5)
    assert found.value[0] == pytest.approx((2 + 2.2) / (10 + 4.4))


def test_four_cases_do_not_top_the_list() -> None:
    x, n = [4, 190, 60, 90, 150], [4, 200, 100, 100, 200]
    found = beta_binomial(x, n)
    assert np.argmax(np.array(x) / n) == 0
    assert np.argmax(found.value) == 1
    assert found.high[0] - found.low[0] > found.high[1] - found.low[1]


@pytest.mark.parametrize("x", [[0, 0, 0], [9, 9, 9], [3, 3, 3], [4, 5, 4]])
def test_rates_that_chance_explains_are_the_common_one(x: list[int]) -> None:
    found = beta_binomial(x, [9, 9, 9])
    assert math.isinf(found.concentration)
    assert found.value.tolist() == found.low.tolist() == found.high.tolist() == [sum(x) / 27] * 3


def test_all_or_nothing() -> None:
    found = beta_binomial([0, 9, 0, 9], [9] * 4)
    assert found.concentration == pytest.approx(0.0, abs=1e-3)
    assert found.value == pytest.approx([0, 1, 0, 1], abs=1e-3)


@settings(max_examples=30, deadline=None)
@given(st.lists(UNITS, min_size=2, max_size=20), st.randoms())
def test_rates_move_towards_the_mean_whatever_their_order(units: list[tuple[int, int]], random: object) -> None:
    x, n = np.array(units).T
    found = beta_binomial(x, n)
    rate = x / n
    low, high = np.minimum(rate, found.mean), np.maximum(rate, found.mean)
    assert ((low - 1e-9 <= found.value) & (found.value <= high + 1e-9)).all()
    assert (found.low <= found.high).all()
    order = np.array(random.sample(range(len(units)), len(units)))
    assert beta_binomial(x[order], n[order]).value == pytest.approx(found.value[order], abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(1, 30)), min_size=4, max_size=20))
def test_means_move_towards_the_mean(units: list[tuple[int, int]]) -> None:
    y, v = np.array(units, dtype=float).T
    found = normal(y, v)
    assert ((found.kept >= 0) & (found.kept <= 1)).all()
    assert found.value == pytest.approx(found.mean + found.kept * (y - found.mean))
    moved = normal(y * 10 + 7, v * 100)
    assert moved.value == pytest.approx(found.value * 10 + 7, abs=1e-4)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: beta_binomial([1], [2]), "至少 2 个单位，现为 1"),
        (lambda: beta_binomial([1, 0], [2, 0]), "不小于 1 的整数"),
        (lambda: beta_binomial([1, 3], [2, 2]), "不大于 trials"),
        (lambda: beta_binomial([1, 1], [2, 2], 0.0), "level"),
        (lambda: normal([1, 2, 3], 1.0), "至少 4 个数"),
        (lambda: normal([1, 2, 3, 4], 0.0), "大于 0 的方差"),
        (lambda: normal([1, 2, 3, 4], [1, 2]), "同样长"),
    ],
)
def test_what_cannot_be_is_refused(wrong: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        wrong()
