"""Funnels: the published limit, the probability of a false alarm, what spreads, who stands outside."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pipelines.statistics.funnel import funnel, is_outlier
from pipelines.statistics.funnel_limits import binomial_limits, exact_limits, normal_limits
from pipelines.statistics.overdispersion import overdispersion

CENTRES = st.floats(0.02, 0.98)


def test_eight_trials_at_85_per_cent() -> None:
    assert round(float(exact_limits(0.85, 8).low), 3) == 0.505
    assert round(float(normal_limits(0.85, 8).low), 3) == 0.603


@settings(max_examples=30, deadline=None)
@given(CENTRES, st.integers(1, 60), st.sampled_from([0.95, 0.998]))
def test_a_false_alarm_is_as_rare_as_promised_on_both_sides(centre: float, n: int, level: float) -> None:
    limits = exact_limits(centre, n, level)
    rates, chance = np.arange(n + 1) / n, stats.binom.pmf(np.arange(n + 1), n, centre)
    assert chance[rates < limits.low - 1e-9].sum() <= (1 - level) / 2 + 1e-12
    assert chance[rates > limits.high + 1e-9].sum() <= (1 - level) / 2 + 1e-12


@pytest.mark.parametrize(("centre", "n"), [(0.85, 8), (0.5, 20), (0.3, 45)])
def test_one_result_further_in_would_be_no_rare_one(centre: float, n: int) -> None:
    limits = exact_limits(centre, n)
    assert stats.binom.cdf(np.ceil(limits.low * n), n, centre) > 0.025
    assert stats.binom.sf(np.floor(limits.high * n) - 1, n, centre) > 0.025


@settings(max_examples=30, deadline=None)
@given(CENTRES, st.integers(1, 300), st.sampled_from([0.95, 0.998]))
def test_limits_hold_the_centre_and_narrow_with_size(centre: float, n: int, level: float) -> None:
    for kind in (normal_limits, exact_limits, binomial_limits):
        small, large = kind(centre, n, level), kind(centre, 8 * n, level)
        assert 0 <= small.low <= centre <= small.high <= 1
        assert large.high - large.low <= small.high - small.low + 1e-9
    mirrored = exact_limits(1 - centre, n, level)
    assert mirrored.low == pytest.approx(1 - exact_limits(centre, n, level).high, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(CENTRES, st.integers(1, 300))
def test_the_outer_limits_enclose_the_inner_ones(centre: float, n: int) -> None:
    for kind in (normal_limits, exact_limits, binomial_limits):
        inner, outer = kind(centre, n, 0.95), kind(centre, n, 0.998)
        assert outer.low <= inner.low <= inner.high <= outer.high


def test_exact_below_fifty_and_normal_from_there_on() -> None:
    limits, exact, normal = (kind(0.9, [49, 50]) for kind in (binomial_limits, exact_limits, normal_limits))
    assert limits.low.tolist() == [exact.low[0], normal.low[1]]
    assert limits.high.tolist() == [exact.high[0], normal.high[1]]


@pytest.mark.parametrize("centre", [0.0, 1.0])
def test_where_all_are_alike_the_limits_are_the_centre(centre: float) -> None:
    for kind in (exact_limits, normal_limits):
        limits = kind(centre, [1, 8, 80])
        assert limits.low.tolist() == limits.high.tolist() == [centre] * 3


def test_tau_squared_by_hand() -> None:
    """Twenty units of 100 at 0.4 or 0.6 around 0.5: z = ±2, φ = 4, w = 400, τ² = (80 − 19)/(8000 − 400)."""
    found = overdispersion([40, 60] * 10, [100] * 20)
    assert found.phi == pytest.approx(4.0)
    assert found.tau_squared == pytest.approx(61 / 7600)
    assert found.units == 20


def test_tau_squared_recovers_what_was_put_in() -> None:
    random = np.random.default_rng(7)
    n = random.integers(200, 2000, 400)
    true = np.clip(random.normal(0.8, 0.05, 400), 0, 1)
    found = overdispersion(random.binomial(n, true), n, winsorised=0.0)
    assert found.tau_squared == pytest.approx(0.05**2, rel=0.15)
    alike = overdispersion(random.binomial(n, 0.8), n, winsorised=0.0)
    assert alike.tau_squared < 0.0001
    assert alike.phi == pytest.approx(1.0, abs=0.2)


def test_outliers_do_not_hide_themselves() -> None:
    x = [80, 82, 78, 81, 79, 83, 77, 80, 81, 79] * 2
    wild = [*x[:-1], 5]
    pulled, raw = overdispersion(wild, [100] * 20, 0.8), overdispersion(wild, [100] * 20, 0.8, winsorised=0.0)
    assert pulled.phi < 1.0 < raw.phi
    assert pulled.tau_squared == 0.0 < raw.tau_squared


def test_constant_units_do_not_spread() -> None:
    assert overdispersion([9] * 20, [10] * 20).tau_squared == 0.0
    assert overdispersion([10] * 20, [10] * 20).phi == 0.0


def test_nineteen_units_are_too_few_to_tell_spread() -> None:
    with pytest.raises(ValueError, match="至少 20 个单位，现为 19"):
        overdispersion([1] * 19, [2] * 19)
    assert funnel([1] * 19, [2] * 19).spread is None
    assert funnel([1] * 20, [2] * 20).spread is not None


def test_positions_count_the_limits_crossed() -> None:
    found = funnel([950, 60, 68, 80, 1], [1000, 100, 80, 100, 1], centre=0.8)
    assert found.position.tolist() == [2, -2, 0, 0, 0]
    mild = funnel([72], [100], centre=0.8)
    assert mild.position.tolist() == [-1]
    assert mild.rate[0] < mild.inner.low[0]
    assert mild.rate[0] > mild.outer.low[0]


def test_a_perfect_small_unit_is_no_outlier() -> None:
    assert funnel([8, 4], [8, 4], centre=0.85).position.tolist() == [0, 0]


def test_spread_widens_the_funnel_and_never_narrows_it() -> None:
    x, n = [*[40, 60] * 10, 3], [*[100] * 20, 6]
    found = funnel(x, n)
    assert found.spread is not None
    assert found.spread.tau_squared > 0
    by_chance = binomial_limits(found.centre, n)
    assert (found.inner.low < by_chance.low + 1e-12).all()
    assert (found.inner.high > by_chance.high - 1e-12).all()
    assert found.position.tolist() == [0] * 21


@pytest.mark.parametrize(
    ("positions", "expected"),
    [
        ([2], True),
        ([-2], True),
        ([1], False),
        ([1, 1], True),
        ([-1, 0, -1], True),
        ([-2, 0, -1], True),
        ([1, 0, -1], False),
        ([1, 1, 0], False),
        ([-1, 0, 0, -1], False),
        ([2, 2, 0], False),
    ],
)
def test_one_month_outside_95_per_cent_is_not_enough(positions: list[int], expected: bool) -> None:
    assert is_outlier(positions) is expected


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=30), st.randoms())
def test_the_order_of_units_does_not_matter(units: list[tuple[int, int]], random: object) -> None:
    x = np.array([a for a, _ in units])
    n = np.array([a + b + (a + b == 0) for a, b in units])
    order = np.argsort([random.random() for _ in units])
    one, other = funnel(x, n), funnel(x[order], n[order])
    assert one.position[order].tolist() == other.position.tolist()
    assert one.inner.low[order] == pytest.approx(other.inner.low)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="不小于 1 的整数"):
        funnel([0], [0])
    with pytest.raises(ValueError, match="每单位一个数"):
        funnel([], [])
    with pytest.raises(ValueError, match="0 至 1 的比率"):
        exact_limits(1.2, 5)
    with pytest.raises(ValueError, match="tau_squared"):
        normal_limits(0.5, 5, tau_squared=-0.1)
    with pytest.raises(ValueError, match="winsorised"):
        overdispersion([1] * 20, [2] * 20, winsorised=0.5)
    for wrong in ([], [3]):
        with pytest.raises(ValueError, match="positions"):
            is_outlier(wrong)
