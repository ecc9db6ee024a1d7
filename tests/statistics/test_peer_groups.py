"""Many groups at once: each group is judged as it is alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.statistics.funnel import funnel
from pipelines.statistics.peer_groups import beta_binomials, funnels
from pipelines.statistics.shrinkage import beta_binomial

UNIT = st.integers(1, 80).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
GROUPS = st.lists(st.lists(UNIT, min_size=1, max_size=25), min_size=1, max_size=4)


def flat(groups: list[list[tuple[int, int]]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rows = [(number, x, n) for number, units in enumerate(groups) for x, n in units]
    group, x, n = (np.array(column) for column in zip(*rows, strict=True))
    return group, x, n


@settings(max_examples=60, deadline=None)
@given(GROUPS)
def test_each_funnel_is_as_it_is_alone(groups: list[list[tuple[int, int]]]) -> None:
    group, x, n = flat(groups)
    found = funnels(group, x, n)
    for number in range(len(groups)):
        mine = group == number
        alone = funnel(x[mine], n[mine])
        assert found.centre[mine] == pytest.approx(alone.centre)
        for side in ("inner", "outer"):
            for end in ("low", "high"):
                np.testing.assert_allclose(getattr(getattr(found, side), end)[mine], getattr(getattr(alone, side), end))
        np.testing.assert_array_equal(found.position[mine], alone.position)
        assert np.isnan(found.tau_squared[mine]).all() == (alone.spread is None)
        if alone.spread is not None:
            np.testing.assert_allclose(found.tau_squared[mine], alone.spread.tau_squared)


@settings(max_examples=60, deadline=None)
@given(GROUPS)
def test_each_rate_is_shrunk_as_it_is_alone(groups: list[list[tuple[int, int]]]) -> None:
    group, x, n = flat(groups)
    found = beta_binomials(group, x, n)
    for number, units in enumerate(groups):
        mine = group == number
        if len(units) == 1:
            assert np.isnan(found.value[mine]).all()
            continue
        alone = beta_binomial(x[mine], n[mine])
        for name in ("alpha", "beta", "value"):
            np.testing.assert_allclose(getattr(found, name)[mine], getattr(alone, name), rtol=1e-6)


def test_the_order_of_the_units_is_of_no_concern() -> None:
    group, x, n = np.array([0, 1, 0, 1]), np.array([3, 9, 1, 2]), np.array([9, 9, 9, 9])
    found, again = funnels(group, x, n), funnels(group[::-1], x[::-1], n[::-1])
    np.testing.assert_array_equal(found.inner.low, again.inner.low[::-1])
    np.testing.assert_array_equal(
        beta_binomials(group, x, n).value, beta_binomials(group[::-1], x[::-1], n[::-1]).value[::-1]
    )


@pytest.mark.parametrize("group", [[0], [1, 1], [0, 2]])
def test_groups_are_numbered_from_0(group: list[int]) -> None:
    with pytest.raises(ValueError, match="group"):
        funnels(group, [1, 2], [3, 3])
