"""Control charts: published limits, short and constant series, gaps, phases, baselines, what holds for any series."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.statistics.chart_points import ChartPoint
from pipelines.statistics.chart_rules import signals
from pipelines.statistics.control_chart import p_chart, xmr

# Montgomery 2013, Introduction to Statistical Quality Control: costs of processing loans, example 6.5.
LOANS = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304]
# The same, example 7.1: faulty cans among 50, thirty samples.
CANS = [
    12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6,
]  # fmt: skip
QUIET = [10.0, 12.0] * 6


def marked(chart: tuple[ChartPoint, ...], mark: str) -> list[int]:
    return [i for i, point in enumerate(chart) if mark in point.marks]


def test_published_xmr_limits() -> None:
    point = xmr(LOANS)[-1]
    assert point.centre == pytest.approx(300.5)
    assert point.high == pytest.approx(321.22, abs=0.01)
    assert point.low == pytest.approx(279.78, abs=0.01)
    assert marked(xmr(LOANS), "outside") == []


def test_published_p_chart() -> None:
    chart = p_chart(CANS, [50] * 30)
    assert chart[0].centre == pytest.approx(0.2313, abs=5e-5)
    assert chart[0].low == pytest.approx(0.0524, abs=1e-4)
    assert chart[0].high == pytest.approx(0.4102, abs=1e-4)
    assert marked(chart, "outside") == [14, 22]


def test_a_range_too_large_is_dropped_once() -> None:
    """35 ranges of 2, then 18 and 18: their mean 2.86 rules out those above 9.4, the limits rest on the others."""
    chart = xmr([*QUIET * 3, 30.0, 12.0])
    assert chart[0].high == pytest.approx(chart[0].centre + 2.66 * 2)
    assert marked(chart, "outside") == [36]


@pytest.mark.parametrize("value", [0.0, 0.1, 7.0, 1e9])
def test_a_constant_series_has_its_mean_as_limits(value: float) -> None:
    for point in xmr([value] * 12):
        assert point.low == pytest.approx(value)
        assert point.high == pytest.approx(value)
        assert point.marks == ()


def test_a_constant_share_has_no_signal_and_any_other_is_one() -> None:
    assert {point.marks for point in p_chart([8] * 9, [8] * 9)} == {()}
    chart = p_chart([8] * 9 + [7], [8] * 10, baseline=9)
    assert chart[-1].marks == ("outside",)
    assert chart[-1].side == -1


def test_what_is_too_short_has_no_limits() -> None:
    assert xmr([]) == ()
    alone = ChartPoint(5.0, 5.0, None, None, 0, (), 0)
    assert xmr([5.0]) == (alone,)
    assert {point.low for point in xmr([5.0, None, 7.0, None, 900.0])} == {None}
    assert [point.centre for point in xmr([None, None])] == [None, None]
    assert p_chart([0, None], [0, 4])[0] == ChartPoint(None, None, None, None, 0, (), 0)


def test_a_gap_has_no_range_and_ends_a_run() -> None:
    """Only neighbouring months make ranges: here all of 2, although the level jumps over the gap."""
    chart = xmr([10.0, 12.0, 10.0, None, 30.0, 32.0, 30.0])
    assert chart[0].high - chart[0].centre == pytest.approx(2.66 * 2)
    run = [0.5] * 6
    assert {signal.marks for signal in signals([1.0] * 13, [*run, None, *run])} == {()}


def test_each_phase_has_its_own_limits_and_no_run_crosses() -> None:
    one = xmr([*QUIET, *[value + 20 for value in QUIET]])
    assert marked(one, "shift") == list(range(24))
    two = xmr([*QUIET, *[value + 20 for value in QUIET]], starts=(0, 12))
    assert [point.phase for point in two] == [0] * 12 + [1] * 12
    assert (two[0].centre, two[12].centre) == (11.0, 31.0)
    assert {point.marks for point in two} == {()}
    rising = [float(i) for i in range(12)]
    assert marked(xmr(rising, starts=(0, 6)), "trend") == []
    assert marked(xmr(rising), "trend") == list(range(12))


def test_a_baseline_holds_for_the_rest_of_its_phase() -> None:
    chart = xmr([None, 10.0, 12.0, 10.0, 12.0, 90.0, 95.0], baseline=4)
    assert {point.centre for point in chart} == {11.0}
    assert marked(chart, "outside") == [5, 6]
    assert xmr(QUIET, baseline=99) == xmr(QUIET)
    shares = p_chart([8, 9, 2], [10, 10, 10], baseline=2)
    assert shares[2].centre == pytest.approx(0.85)


def test_limits_are_cut_only_for_drawing() -> None:
    chart = xmr([0.0, 4.0, 0.0, 4.0, 0.0], floor=0.0)
    assert chart[0].low == 0.0
    assert xmr([0.0, 4.0, 0.0, 4.0, 0.0])[0].low == pytest.approx(1.6 - 2.66 * 4)
    few, many = p_chart([1, 90], [1, 100])
    assert few.high == 1.0
    assert many.high - many.low < few.high - few.low


SERIES = st.lists(st.none() | st.integers(-1000, 1000).map(float), min_size=2, max_size=40)


@settings(max_examples=30, deadline=None)
@given(SERIES, st.integers(-500, 500), st.sampled_from([-2.0, 0.5, 3.0]))
def test_signals_do_not_depend_on_the_unit(series: list[float | None], offset: int, scale: float) -> None:
    moved = [None if value is None else value * scale + offset for value in series]
    one, other = xmr(series), xmr(moved)
    assert [p.marks for p in one] == [p.marks for p in other]
    assert [p.side for p in one] == [int(math.copysign(1, scale)) * p.side for p in other]


@settings(max_examples=30, deadline=None)
@given(SERIES)
def test_limits_hold_the_centre_and_marks_stand_on_values(series: list[float | None]) -> None:
    for given_value, p in zip(series, xmr(series), strict=True):
        assert p.value == given_value
        if p.low is not None:
            assert p.low <= p.centre <= p.high
        assert (p.side != 0) == bool(p.marks)
        assert not (p.marks and p.value is None)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: xmr([1.0, math.nan]), "缺月用 None"),
        (lambda: xmr([1.0, 2.0], starts=(1,)), "starts"),
        (lambda: xmr([1.0, 2.0], starts=(0, 2)), "由 0 递增且小于 2"),
        (lambda: xmr([1.0, 2.0], starts=()), "starts"),
        (lambda: xmr([1.0, 2.0], baseline=1), "baseline 应为不小于 2 的整数，现为 1"),
        (lambda: p_chart([1], [1, 2]), "同样多"),
        (lambda: p_chart([3], [2]), "0 至分母 2 的整数，现为 3"),
    ],
)
def test_what_cannot_be_is_refused(wrong: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        wrong()
