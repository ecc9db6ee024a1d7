"""Ranks: sums, ties, sureness, and the same draws from the same seed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy import stats

from pipelines.statistics.ranking import beta_draws, expected_ranks, with_chance

DRAWS = arrays(np.float64, array_shapes(min_dims=2, max_dims=2, max_side=12), elements=st.integers(-3, 3).map(float))


@settings(max_examples=30, deadline=None)
@given(DRAWS, st.booleans())
def test_ranks_sum_to_what_k_places_sum_to(draws: np.ndarray, highest_first: bool) -> None:
    k = draws.shape[1]
    found = expected_ranks(draws, highest_first=highest_first)
    assert found.expected.sum() == pytest.approx(k * (k + 1) / 2)
    assert ((found.low >= 1) & (found.high <= k)).all()
    assert (found.low <= found.expected + 1e-9).all() or len(draws) > 1
    reverse = expected_ranks(draws, highest_first=not highest_first)
    assert reverse.expected == pytest.approx(k + 1 - found.expected)
    assert reverse.low.tolist() == (k + 1 - found.high).tolist()


@settings(max_examples=30, deadline=None)
@given(DRAWS, st.randoms())
def test_the_order_of_units_does_not_matter(draws: np.ndarray, random: object) -> None:
    order = np.array(random.sample(range(draws.shape[1]), draws.shape[1]))
    one, other = expected_ranks(draws), expected_ranks(draws[:, order])
    assert other.expected == pytest.approx(one.expected[order])
    assert other.high.tolist() == one.high[order].tolist()


def test_clearly_apart() -> None:
    found = expected_ranks([[0.9, 0.1, 0.5], [0.8, 0.2, 0.6]])
    assert found.expected.tolist() == found.low.tolist() == found.high.tolist() == [1, 3, 2]


def test_equal_units_share_the_mean_and_span_their_places() -> None:
    found = expected_ranks([[7.0, 7.0, 1.0]] * 5)
    assert found.expected.tolist() == [1.5, 1.5, 3]
    assert found.low.tolist() == [1, 1, 3]
    assert found.high.tolist() == [2, 2, 3]


def test_a_unit_that_is_not_ranked_takes_no_place() -> None:
    found = expected_ranks([[0.9, np.nan, 0.5], [0.8, 0.3, 0.6]])
    assert found.expected[[0, 2]].tolist() == [1, 2]
    assert np.isnan([found.expected[1], found.low[1], found.high[1]]).all()
    assert np.isnan(expected_ranks([[np.nan, np.nan]]).expected).all()


def test_expected_rank_is_one_plus_the_chances_of_being_beaten() -> None:
    """P(Beta(a, b) > Beta(c, d)) by integration, against the draws."""
    alpha, beta = [8.0, 20.0, 3.0], [2.0, 10.0, 5.0]
    grid = (np.arange(20000) + 0.5) / 20000
    chance = [1.0 + sum(
        (stats.beta.pdf(grid, alpha[i], beta[i]) * stats.beta.sf(grid, alpha[j], beta[j])).mean()
        for j in range(3) if j != i
    ) for i in range(3)]  # fmt: skip
    found = expected_ranks(beta_draws(alpha, beta, 40000, seed=1))
    assert found.expected == pytest.approx(chance, abs=0.01)
    assert found.low.tolist() == [1, 1, 2]


def test_the_same_seed_gives_the_same_draws() -> None:
    one, same, other = (beta_draws([2, 3], [4, 5], 50, seed) for seed in (1, 1, 2))
    assert one.shape == (50, 2)
    assert one.tolist() == same.tolist()
    assert one.tolist() != other.tolist()


def test_units_that_chance_alone_makes_differ_may_stand_anywhere() -> None:
    found = expected_ranks(beta_draws([np.inf] * 4, [np.inf] * 4, 10, seed=1))
    assert found.expected.tolist() == [2.5] * 4
    assert found.low.tolist() == [1] * 4
    assert found.high.tolist() == [4] * 4


def test_one_unit_is_first() -> None:
    found = expected_ranks([[0.2], [0.4]])
    assert (found.expected[0], found.low[0], found.high[0]) == (1, 1, 1)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: expected_ranks([1.0, 2.0]), "二维数组"),
        (lambda: expected_ranks(np.zeros((0, 3))), "二维数组"),
        (lambda: expected_ranks([[1.0, np.inf]]), "有限数值"),
        (lambda: expected_ranks([[1.0]], level=2.0), "level"),
        (lambda: beta_draws([1.0, 0.0], [1.0, 1.0], 5, 1), "大于 0 的数，现为 0.0"),
        (lambda: beta_draws([1.0, 2.0], [1.0], 5, 1), "同样长"),
        (lambda: beta_draws([1.0], [1.0], 0, 1), "draws 应为不小于 1 的整数"),
    ],
)
def test_what_cannot_be_is_refused(wrong: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        wrong()


def test_chance_is_added_by_each_unit_s_own_error() -> None:
    drawn = np.tile([50.0, 60.0, 70.0], (4_000, 1))
    moved = with_chance(drawn, [0.0, 1.0, 5.0], seed=3)
    assert (moved[:, 0] == 50).all()
    assert moved.mean(axis=0) == pytest.approx([50, 60, 70], abs=0.3)
    assert moved.std(axis=0) == pytest.approx([0, 1, 5], rel=0.05)
    assert (moved == with_chance(drawn, [0.0, 1.0, 5.0], seed=3)).all()


@pytest.mark.parametrize(("draws", "errors"), [([1.0], [1.0]), ([[1.0, 2.0]], [1.0]), ([[1.0]], [-1.0])])
def test_chance_without_its_shape_is_refused(draws: list[object], errors: list[float]) -> None:
    with pytest.raises(ValueError, match="应为"):
        with_chance(draws, errors, seed=1)
