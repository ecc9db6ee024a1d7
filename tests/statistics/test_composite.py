"""Scores of several parts: by hand, with parts missing, and under other people's weights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pipelines.statistics.composite import composite, composite_draws, dirichlet_weights, partly_judged
from pipelines.statistics.ranking import expected_ranks

NAN = float("nan")
PARTS = arrays(np.float64, (5, 3), elements=st.integers(0, 100).map(float) | st.just(NAN))
WEIGHTS = st.lists(st.integers(1, 40), min_size=3, max_size=3)


def test_by_hand() -> None:
    found = composite([[90, 40], [65, 65], [100, 0]], [1, 1])
    assert found.arithmetic.tolist() == [65, 65, 50]
    assert found.geometric == pytest.approx([60, 65, 0])
    assert found.assessable.tolist() == [1, 1, 1]


def test_what_was_not_judged_is_left_out_and_said() -> None:
    found = composite([[80, NAN, 50], [NAN, NAN, NAN], [80, NAN, NAN]], [50, 38, 12])
    assert found.assessable.tolist() == [0.62, 0.0, 0.5]
    assert found.arithmetic[0] == pytest.approx((50 * 80 + 12 * 50) / 62)
    assert found.geometric[2] == pytest.approx(80)
    assert np.isnan([found.arithmetic[1], found.geometric[1]]).all()


def test_a_part_judged_in_part_weighs_as_much_as_was_judged() -> None:
    # 30 of 60 and, of a weight of 40, a tenth got and a quarter judged: (30 + 4) / (60 + 10).
    found = partly_judged([[0.5, 0.1], [0, 0]], [[1, 0.25], [0, 0]], [[60, 40]])
    assert found[0, 0] == pytest.approx(34 / 70)
    assert np.isnan(found[0, 1])
    whole = composite_draws([[0.5, NAN]], [[60, 40], [1, 9]])
    assert partly_judged([[0.5, 0]], [[1, 0]], [[60, 40], [1, 9]]).tolist() == whole.tolist()


def test_a_part_without_weight_changes_nothing() -> None:
    found = composite([[80, 0], [NAN, 7]], [3, 0])
    assert (found.arithmetic[0], found.geometric[0]) == pytest.approx((80, 80))
    assert found.assessable.tolist() == [1, 0]
    assert np.isnan([found.arithmetic[1], found.geometric[1]]).all()


@settings(max_examples=30, deadline=None)
@given(PARTS, WEIGHTS, st.permutations(range(3)))
def test_between_the_parts_and_the_geometric_one_below(parts: np.ndarray, weights: list[int], order: list[int]) -> None:
    found = composite(parts, weights)
    for unit, row in enumerate(parts):
        known = row[~np.isnan(row)]
        if not known.size:
            assert np.isnan(found.arithmetic[unit])
            continue
        assert known.min() - 1e-9 <= found.geometric[unit] <= found.arithmetic[unit] <= known.max() + 1e-9
    other = composite(parts[:, order], np.array(weights)[order] * 2.5)
    assert other.arithmetic == pytest.approx(found.arithmetic, nan_ok=True)
    assert other.geometric == pytest.approx(found.geometric, nan_ok=True)


@settings(max_examples=30, deadline=None)
@given(PARTS, WEIGHTS)
def test_a_draw_is_the_score_under_its_weights(parts: np.ndarray, weights: list[int]) -> None:
    drawn = dirichlet_weights(weights, 50, 4, seed=9)
    scores = composite_draws(parts, drawn)
    assert scores.shape == (4, 5)
    for row, one in zip(drawn, scores, strict=True):
        assert one == pytest.approx(composite(parts, row).arithmetic, nan_ok=True)


def test_weights_scatter_around_the_given_ones() -> None:
    drawn = dirichlet_weights([20, 50, 30, 0], 50, 20000, seed=1)
    assert drawn.sum(axis=1) == pytest.approx(np.ones(20000))
    assert drawn.mean(axis=0) == pytest.approx([0.2, 0.5, 0.3, 0], abs=0.002)
    assert drawn[:, 0].std() == pytest.approx((0.2 * 0.8 / 51) ** 0.5, rel=0.03)
    assert (drawn[:, 3] == 0).all()


def test_the_same_seed_gives_the_same_weights() -> None:
    one, same, other = (dirichlet_weights([1, 2], 50, 6, seed) for seed in (3, 3, 4))
    assert one.tolist() == same.tolist()
    assert one.tolist() != other.tolist()
    assert dirichlet_weights([5], 50, 2, 1) == pytest.approx(np.ones((2, 1)))


def test_a_unit_better_in_everything_is_first_under_any_weights() -> None:
    parts = [[90, 80, 95], [60, 90, 50], [50, 60, 40], [NAN, NAN, NAN]]
    ranks = expected_ranks(composite_draws(parts, dirichlet_weights([1, 1, 1], 10, 500, seed=1)))
    assert (ranks.low[2], ranks.high[2]) == (3, 3)
    assert ranks.low[:2].tolist() == [1, 1] or ranks.high[:2].tolist() == [1, 2]
    assert np.isnan(ranks.expected[3])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: composite([[1, 2]], [1, 2, 3]), r"\(单位数, 3\)"),
        (lambda: composite([1, 2], [1, 2]), "单位数"),
        (lambda: composite([[-1, 2]], [1, 2]), "不小于 0 的有限数，未评分用 nan，现为 -1"),
        (lambda: composite([[1, 2]], [0, 0]), "不全为 0 的权重"),
        (lambda: composite([[1, 2]], [1, -1]), "权重"),
        (lambda: composite_draws([[1, 2]], [1, 2]), "抽样次数"),
        (lambda: dirichlet_weights([1, 2], 0, 5, 1), "agreement 应为大于 0"),
        (lambda: dirichlet_weights([1, 2], 5, 0, 1), "draws 应为不小于 1 的整数"),
    ],
)
def test_what_cannot_be_is_refused(wrong: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        wrong()
