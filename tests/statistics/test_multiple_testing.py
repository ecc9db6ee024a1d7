"""False discoveries: the fifteen p-values of the paper, and what holds for any family."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipelines.statistics.multiple_testing import benjamini_hochberg

# Benjamini & Hochberg 1995, section 5: fifteen comparisons of two treatments of the heart.
P_VALUES = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
    1.0000,
]  # fmt: skip
FAMILY = st.lists(st.floats(0, 1), min_size=1, max_size=40)


def test_four_of_the_fifteen_are_rejected() -> None:
    q = benjamini_hochberg(P_VALUES)
    assert (q <= 0.05).tolist() == [True] * 4 + [False] * 11
    assert q[3] == pytest.approx(0.0095 * 15 / 4)
    assert benjamini_hochberg(P_VALUES[::-1]).tolist() == q[::-1].tolist()


@settings(max_examples=30, deadline=None)
@given(FAMILY, st.floats(0.001, 0.5))
def test_rejections_are_those_of_the_step_up_procedure(p_values: list[float], level: float) -> None:
    q, ordered, m = benjamini_hochberg(p_values), sorted(p_values), len(p_values)
    assume(all(abs(p * m / i - level) > 1e-9 for i, p in enumerate(ordered, start=1)))
    passed = [i for i, p in enumerate(ordered, start=1) if p * m / i <= level]
    assert int((q <= level).sum()) == max(passed, default=0)


@settings(max_examples=30, deadline=None)
@given(FAMILY)
def test_q_is_not_below_p_and_keeps_its_order(p_values: list[float]) -> None:
    p, q = np.array(p_values), benjamini_hochberg(p_values)
    assert ((q >= p) & (q <= 1)).all()
    assert (np.diff(q[np.argsort(p, kind="stable")]) >= 0).all()


def test_one_test_no_test_and_equal_tests() -> None:
    assert benjamini_hochberg([0.03]).tolist() == [0.03]
    assert benjamini_hochberg([]).tolist() == []
    assert benjamini_hochberg([0.04] * 10) == pytest.approx([0.04] * 10)


@pytest.mark.parametrize("wrong", [[1.2], [-0.1], [np.nan], [[0.1, 0.2]]])
def test_what_cannot_be_is_refused(wrong: list[float]) -> None:
    with pytest.raises(ValueError, match="p_values 应为"):
        benjamini_hochberg(wrong)
