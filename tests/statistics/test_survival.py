"""Time to an end with some still open: the published remission times, scipy's curve, halves, horizons."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pipelines.statistics.restricted_mean import restricted_mean
from pipelines.statistics.survival import kaplan_meier, median_time

# Freireich et al. 1963, as in Klein & Moeschberger 2003, tables 1.1 and 4.1: weeks of remission, drug and placebo.
DRUG = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
OPEN_OR_NOT = st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=1, max_size=40)


def test_published_curve() -> None:
    curve = kaplan_meier(DRUG, RELAPSED)
    ended = curve.events > 0
    assert curve.time[ended].tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.at_risk[ended].tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert [round(s, 3) for s in curve.survival[ended]] == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]


def test_published_medians_with_log_log_limits() -> None:
    drug, placebo = median_time(kaplan_meier(DRUG, RELAPSED)), median_time(kaplan_meier(PLACEBO, [True] * 21))
    assert (drug.value, drug.low, drug.high) == (23, 13, None)
    assert (placebo.value, placebo.low, placebo.high) == (8, 4, 11)


def test_published_restricted_means() -> None:
    drug = restricted_mean(kaplan_meier(DRUG, RELAPSED), 35)
    placebo = restricted_mean(kaplan_meier(PLACEBO, [True] * 21), 23)
    assert (round(drug.value, 2), round(drug.standard_error, 2)) == (23.29, 2.83)
    assert (round(placebo.value, 2), round(placebo.standard_error, 2)) == (8.67, 1.38)


@settings(max_examples=30, deadline=None)
@given(OPEN_OR_NOT)
def test_the_same_as_scipy(spells: list[tuple[int, bool]]) -> None:
    durations, observed = np.array([a for a, _ in spells]), np.array([b for _, b in spells])
    curve = kaplan_meier(durations, observed)
    data = stats.CensoredData.right_censored(durations, ~observed)
    other = stats.ecdf(data).sf
    assert curve.survival == pytest.approx(other.evaluate(curve.time), abs=1e-12)
    inner = (curve.survival > 0) & (curve.survival < 1)
    with warnings.catch_warnings(action="ignore"):
        limits = other.confidence_interval(0.95, method="log-log")
    assert curve.low[inner] == pytest.approx(limits.low.evaluate(curve.time[inner]), abs=1e-9)
    assert curve.high[inner] == pytest.approx(limits.high.evaluate(curve.time[inner]), abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(OPEN_OR_NOT, st.randoms())
def test_the_curve_falls_within_its_limits_whatever_the_order(spells: list[tuple[int, bool]], random: object) -> None:
    curve = kaplan_meier([a for a, _ in spells], [b for _, b in spells])
    assert (np.diff(curve.survival) <= 0).all()
    known = ~np.isnan(curve.low)
    assert (curve.low[known] <= curve.survival[known]).all()
    assert (curve.survival[known] <= curve.high[known]).all()
    assert known.tolist() == (curve.survival > 0).tolist()
    assert curve.events.sum() + curve.censored.sum() == len(spells)
    shuffled = random.sample(spells, len(spells))
    assert median_time(kaplan_meier(*map(list, zip(*shuffled, strict=True)))) == median_time(curve)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 50), min_size=1, max_size=30))
def test_without_censoring_the_mean_is_the_mean(durations: list[int]) -> None:
    horizon = max(durations) + 1
    found = restricted_mean(kaplan_meier(durations, [True] * len(durations)), horizon)
    assert found.value == pytest.approx(np.mean(durations), abs=1e-9)
    assert found.standard_error == pytest.approx(np.std(durations) / len(durations) ** 0.5, abs=1e-9)
    assert 0 <= found.low <= found.value <= found.high <= horizon


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 50), min_size=1, max_size=30), st.integers(1, 60))
def test_a_horizon_cuts_every_duration(durations: list[int], horizon: int) -> None:
    found = restricted_mean(kaplan_meier(durations, [True] * len(durations)), horizon)
    assert found.value == pytest.approx(np.minimum(durations, horizon).mean(), abs=1e-9)


def test_an_exact_half_counts_although_the_product_is_a_hair_above() -> None:
    """Six of six open, three end one by one: 5/6 · 4/5 · 3/4 is 0.5, or 0.5000000000000001."""
    for size in range(2, 200, 2):
        half = size // 2
        observed = [True] * half + [False] * half
        curve = kaplan_meier(list(range(1, half + 1)) + [half + 1] * half, observed)
        assert curve.survival[-1] == pytest.approx(0.5)
        assert median_time(curve).value == half


def test_all_still_open() -> None:
    curve = kaplan_meier([3, 9, 9], [False] * 3)
    assert curve.survival.tolist() == curve.low.tolist() == curve.high.tolist() == [1.0, 1.0]
    assert curve.censored.tolist() == [1, 2]
    assert median_time(curve) == type(median_time(curve))(None, None, None)
    assert restricted_mean(curve, 9).value == 9
    assert restricted_mean(curve, 9).standard_error == 0
    assert restricted_mean(curve, 10) is None


def test_one_duty() -> None:
    ended, still_open = kaplan_meier([5], [True]), kaplan_meier([5], [False])
    assert median_time(ended).value == 5
    assert (median_time(ended).low, median_time(ended).high) == (None, None)
    assert restricted_mean(ended, 30).value == 5
    assert median_time(still_open).value is None
    assert restricted_mean(still_open, 30) is None


def test_who_is_censored_at_the_time_of_an_event_was_at_risk_of_it() -> None:
    curve = kaplan_meier([4, 4, 4, 8], [True, False, True, True])
    assert curve.at_risk.tolist() == [4, 1]
    assert curve.survival.tolist() == [0.5, 0.0]
    assert np.isnan(curve.high[-1])


def test_ended_at_once() -> None:
    curve = kaplan_meier([0, 0, 5], [True, True, True])
    assert median_time(curve).value == 0
    assert restricted_mean(curve, 10).value == pytest.approx(5 / 3)


@pytest.mark.parametrize(
    ("durations", "observed", "message"),
    [
        ([], [], "至少 1 个数"),
        ([1, 2], [True], "同样长"),
        ([-1], [True], "不小于 0 的时长，现为 -1"),
        ([np.nan], [True], "有限"),
    ],
)
def test_what_cannot_be_is_refused(durations: list[float], observed: list[bool], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        kaplan_meier(durations, observed)


@pytest.mark.parametrize("horizon", [0.0, -3.0, np.inf, np.nan])
def test_a_horizon_that_is_none_is_refused(horizon: float) -> None:
    with pytest.raises(ValueError, match="horizon 应为大于 0 的有限时长"):
        restricted_mean(kaplan_meier([1], [True]), horizon)
