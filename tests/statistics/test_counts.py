"""Counts among peers: tails by hand and by mixing, dispersion recovered, Poisson refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from pipelines.statistics.counts import MIN_DISPERSION, lower_tail, peer_rates, upper_tail


def test_a_streak_without_findings() -> None:
    """Mean 6 and φ = 0.5: (1 + 3)^(−2) = 1/16, where Poisson would say 1 in 403."""
    assert lower_tail(0, 6.0, 0.5) == pytest.approx(1 / 16)
    assert stats.poisson.pmf(0, 6) == pytest.approx(1 / 403, rel=0.01)


@pytest.mark.parametrize(("x", "mean", "dispersion"), [(0, 3.0, 0.4), (2, 5.5, 1.0), (9, 4.0, 0.2)])
def test_tails_are_poisson_mixed_over_gamma_rates(x: int, mean: float, dispersion: float) -> None:
    rates = stats.gamma(1 / dispersion, scale=mean * dispersion)
    mixed, _ = integrate.quad(lambda rate: stats.poisson.cdf(x, rate) * rates.pdf(rate), 0, np.inf)
    assert lower_tail(x, mean, dispersion) == pytest.approx(mixed, abs=1e-7)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 60), st.floats(0, 80), st.floats(0.01, 5))
def test_tails_share_what_was_observed(x: int, mean: float, dispersion: float) -> None:
    here = float(upper_tail(x, mean, dispersion) - upper_tail(x + 1, mean, dispersion))
    assert float(lower_tail(x, mean, dispersion) + upper_tail(x, mean, dispersion)) == pytest.approx(1 + here, abs=1e-9)
    assert upper_tail(0, mean, dispersion) == 1
    assert lower_tail(x, mean, dispersion) <= lower_tail(x + 1, mean, dispersion)


@settings(max_examples=30, deadline=None)
@given(st.floats(0.5, 50))
def test_people_who_differ_more_make_a_streak_less_strange(mean: float) -> None:
    tails = [float(lower_tail(0, mean, dispersion)) for dispersion in (0.01, 0.1, 1.0, 3.0)]
    assert tails == sorted(tails)
    assert tails[0] > stats.poisson.pmf(0, mean)


def test_a_person_without_exposure_is_no_case() -> None:
    assert lower_tail([0, 0], [0.0, 2.0], 0.5)[0] == 1
    assert upper_tail(0, 0.0, 0.5) == 1


def test_dispersion_is_recovered() -> None:
    random = np.random.default_rng(4)
    exposures = random.integers(5, 60, 4000)
    events = random.poisson(exposures * random.gamma(1 / 0.6, 0.3 * 0.6, 4000))
    found = peer_rates(events, exposures)
    assert found.rate == pytest.approx(0.3, rel=0.05)
    assert found.dispersion == pytest.approx(0.6, rel=0.1)


def test_dispersion_by_hand() -> None:
    """Counts 0, 10, 20 of exposure 10: rate 1, X² = 20, φ = (20 − 2)/(30 − 10)."""
    assert peer_rates([0, 10, 20], [10, 10, 10]).dispersion == pytest.approx(0.9)


@pytest.mark.parametrize("events", [[0, 0, 0], [5, 5, 5], [5, 6, 5]])
def test_peers_who_look_alike_still_differ_a_little(events: list[int]) -> None:
    found = peer_rates(events, [10, 10, 10])
    assert found.rate == pytest.approx(sum(events) / 30)
    assert found.dispersion == MIN_DISPERSION


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 50)), min_size=2, max_size=20), st.randoms())
def test_neither_order_nor_unit_of_exposure_matters(peers: list[tuple[int, int]], random: object) -> None:
    one = peer_rates(*map(list, zip(*peers, strict=True)))
    events, exposures = zip(*random.sample(peers, len(peers)), strict=True)
    other = peer_rates(events, np.array(exposures) / 100)
    assert other.rate == pytest.approx(100 * one.rate)
    assert other.dispersion == pytest.approx(one.dispersion)


@pytest.mark.parametrize("dispersion", [0.0, -1.0, np.inf, np.nan])
def test_plain_poisson_is_refused(dispersion: float) -> None:
    for tail in (lower_tail, upper_tail):
        with pytest.raises(ValueError, match="不用泊松分布"):
            tail(0, 3.0, dispersion)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: lower_tail(-1, 2.0, 1.0), "不小于 0 的整数"),
        (lambda: lower_tail(1, -2.0, 1.0), "expected 应为不小于 0 的数"),
        (lambda: lower_tail([1, 2], [1.0, 2.0, 3.0], 1.0), "同样长"),
        (lambda: peer_rates([1], [1]), "至少 2 个数"),
        (lambda: peer_rates([1, 2], [1, 0]), "大于 0 的数"),
        (lambda: peer_rates([1, 2, 3], [1, 2]), "同样长"),
    ],
)
def test_what_cannot_be_is_refused(wrong: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        wrong()
