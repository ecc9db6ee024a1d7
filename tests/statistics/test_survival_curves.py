"""Many curves at once: each is the curve that it is alone."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.statistics.restricted_mean import restricted_mean
from pipelines.statistics.survival import kaplan_meier, median_time
from pipelines.statistics.survival_curves import kaplan_meiers, median_times, restricted_means

CURVE = st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=25)


def rows(cases: list[list[tuple[int, bool]]]) -> list[np.ndarray]:
    """Curve, time, events, censored."""
    found = []
    for number, case in enumerate(cases):
        told = Counter(case)
        for time in sorted({time for time, _ in case}):
            found.append((number, time, told[time, True], told[time, False]))
    return [np.array(column) for column in zip(*found, strict=True)]


@settings(max_examples=100)
@given(st.lists(CURVE, min_size=1, max_size=5), st.integers(1, 45))
def test_each_is_as_it_is_alone(cases: list[list[tuple[int, bool]]], horizon: int) -> None:
    curves = kaplan_meiers(*rows(cases))
    middle, mean = median_times(curves), restricted_means(curves, horizon)
    for number, case in enumerate(cases):
        alone = kaplan_meier([time for time, _ in case], [ended for _, ended in case])
        mine = curves.curve == number
        for name in ("time", "at_risk", "events", "censored", "survival", "low", "high"):
            np.testing.assert_array_equal(getattr(curves, name)[mine], getattr(alone, name))
        told, expected = median_time(alone), restricted_mean(alone, horizon)
        for name in ("value", "low", "high"):
            one, other = getattr(middle, name)[number], getattr(told, name)
            assert np.isnan(one) if other is None else one == other
            one, other = getattr(mean, name)[number], getattr(expected, name, None)
            assert np.isnan(one) if other is None else one == pytest.approx(other, abs=1e-9)


@pytest.mark.parametrize(
    "wrong",
    [
        ([0, 0], [3.0, 3.0], [1, 1], [0, 0]),
        ([0, 2], [3.0, 3.0], [1, 1], [0, 0]),
        ([1], [3.0], [1], [0]),
        ([0], [-1.0], [1], [0]),
        ([0], [1.0], [0], [0]),
        ([0, 0], [1.0, 2.0], [0.5, 1], [0, 0]),
    ],
)
def test_rows_out_of_order_are_refused(wrong: tuple[list[float], ...]) -> None:
    with pytest.raises(ValueError, match="应为"):
        kaplan_meiers(*(np.array(column) for column in wrong))


def test_a_horizon_is_a_length() -> None:
    curves = kaplan_meiers(np.array([0]), np.array([1.0]), np.array([1]), np.array([0]))
    with pytest.raises(ValueError, match="horizon"):
        restricted_means(curves, 0)
