"""Intervals of shares and counts: published limits, scipy's own, ends, and what holds for all of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pipelines.statistics.intervals import byar, clopper_pearson, plus_four_error, wilson

# Newcombe 1998, Statistics in Medicine 17, table I: x, n, score interval, exact interval.
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662, 0.2527, 0.3676),
    (15, 148, 0.0624, 0.1605, 0.0578, 0.1617),
    (0, 20, 0.0, 0.1611, 0.0, 0.1684),
    (1, 29, 0.0061, 0.1718, 0.0009, 0.1776),
]
SHARES = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(("x", "n", "low", "high", "exact_low", "exact_high"), NEWCOMBE)
def test_published_limits(x: int, n: int, low: float, high: float, exact_low: float, exact_high: float) -> None:
    score, exact = wilson(x, n), clopper_pearson(x, n)
    assert (round(float(score.low), 4), round(float(score.high), 4)) == (low, high)
    assert (round(float(exact.low), 4), round(float(exact.high), 4)) == (exact_low, exact_high)


@settings(max_examples=30, deadline=None)
@given(SHARES, st.sampled_from([0.8, 0.95, 0.998]))
def test_the_same_as_scipy(share: tuple[int, int], level: float) -> None:
    test = stats.binomtest(*share)
    for own, method in ((wilson, "wilson"), (clopper_pearson, "exact")):
        other = test.proportion_ci(level, method)
        assert own(*share, level).low == pytest.approx(other.low, abs=1e-9)
        assert own(*share, level).high == pytest.approx(other.high, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(SHARES)
def test_what_was_missed_has_the_mirrored_interval(share: tuple[int, int]) -> None:
    x, n = share
    for own in (wilson, clopper_pearson):
        met, missed = own(x, n), own(n - x, n)
        assert met.low == pytest.approx(1 - missed.high, abs=1e-12)
        assert 0 <= met.low <= x / n <= met.high <= 1
        longer = own(10 * x, 10 * n)
        assert longer.high - longer.low < met.high - met.low


def test_nothing_due_has_no_interval_and_the_ends_are_exact() -> None:
    for own in (wilson, clopper_pearson):
        found = own([0, 0, 7, 3], [0, 7, 7, 8])
        assert np.isnan(found.low).tolist() == [True, False, False, False]
        assert np.isnan(found.high).tolist() == [True, False, False, False]
        assert found.low[1] == 0.0
        assert found.high[2] == 1.0
        assert found.high[1] < 1.0


@pytest.mark.parametrize("x", [5, 10, 24, 100, 1000])
def test_byar_is_close_to_the_exact_poisson_limits(x: int) -> None:
    found = byar(x)
    assert found.low == pytest.approx(stats.chi2.ppf(0.025, 2 * x) / 2, rel=0.01)
    assert found.high == pytest.approx(stats.chi2.ppf(0.975, 2 * x + 2) / 2, rel=0.001)


def test_byar_of_no_event_and_of_a_rate() -> None:
    none = byar(0)
    assert none.low == 0.0
    assert none.high == pytest.approx(3.689, abs=0.03)
    per_hundred = byar([12, 12, 0], [3.0, 0.0, 2.0])
    assert per_hundred.low[0] == pytest.approx(float(byar(12).low) / 3)
    assert np.isnan(per_hundred.low).tolist() == [False, True, False]
    assert per_hundred.low[2] == 0.0


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 3000), st.floats(0.5, 0.999))
def test_byar_holds_the_count(x: int, level: float) -> None:
    found = byar(x, level=level)
    assert 0 <= found.low <= x <= found.high


@pytest.mark.parametrize(
    ("x", "n", "level", "message"),
    [
        (-1, 3, 0.95, "不小于 0 的整数"),
        (1.5, 3, 0.95, "不小于 0 的整数"),
        (4, 3, 0.95, "不大于 trials"),
        (float("nan"), 3, 0.95, "有限数值"),
        ("x", 3, 0.95, "数值"),
        ([1, 2], [3, 4, 5], 0.95, "同样长"),
        (1, 3, 1.0, "0 与 1 之间"),
    ],
)
def test_what_cannot_be_is_refused(x: object, n: object, level: float, message: str) -> None:
    for own in (wilson, clopper_pearson):
        with pytest.raises(ValueError, match=message):
            own(x, n, level)


def test_a_negative_exposure_is_refused() -> None:
    with pytest.raises(ValueError, match="exposure 应为不小于 0 的数，现为 -1"):
        byar(3, -1)


@settings(max_examples=30, deadline=None)
@given(SHARES)
def test_two_of_each_added_lies_around_the_score_interval(share: tuple[int, int]) -> None:
    """Agresti and Coull: at z = 2 their interval has Wilson's centre and is never narrower."""
    x, n = share
    other, error = wilson(x, n, float(2 * stats.norm.cdf(2.0) - 1)), float(plus_four_error(x, n))
    if 0 < x < n:
        assert (x + 2) / (n + 4) == pytest.approx(float(other.low + other.high) / 2)
    assert 4 * error >= float(other.high - other.low) - 1e-12
    assert error > 0


def test_chance_moves_one_of_one_and_nothing_of_nothing() -> None:
    assert plus_four_error([1, 0, 1000], [1, 0, 1000]).round(4).tolist() == [0.2191, 0.25, 0.0014]
