"""The rules of a control chart at the point where each begins to speak, and what they amount to in a word."""

from __future__ import annotations

import pytest

from pipelines.statistics.chart_points import ChartPoint
from pipelines.statistics.chart_rules import signals
from pipelines.statistics.chart_verdict import assurance, variation


@pytest.mark.parametrize(("length", "expected"), [(6, []), (7, list(range(7))), (9, list(range(9)))])
def test_a_shift_takes_seven_on_one_side(length: int, expected: list[int]) -> None:
    places = [*[-0.3] * length, 0.3]
    found = signals([1.0] * len(places), places)
    assert [i for i, signal in enumerate(found) if "shift" in signal.marks] == expected
    assert [found[i].side for i in expected] == [-1] * len(expected)


def test_a_point_on_the_centre_ends_a_shift() -> None:
    assert {signal.marks for signal in signals([1.0] * 9, [0.3] * 4 + [0.0] + [0.3] * 4)} == {()}


@pytest.mark.parametrize(("length", "expected"), [(6, []), (7, list(range(7)))])
def test_a_trend_takes_seven_rising_points(length: int, expected: list[int]) -> None:
    values = [float(i) for i in range(length)] + [length - 1.0]
    places = [0.1, -0.1] * 4
    found = signals(values, places[: len(values)])
    assert [i for i, signal in enumerate(found) if "trend" in signal.marks] == expected
    falling = signals([-value for value in values], places[: len(values)])
    assert [falling[i].side for i in expected] == [-1] * len(expected)
    assert [found[i].side for i in expected] == [1] * len(expected)


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([0.7, 0.7], [0, 1]),
        ([0.7, 0.0, 0.7], [0, 2]),
        ([0.7, -0.2, 0.7], [0, 2]),
        ([0.7, 0.0, 0.0, 0.7], []),
        ([0.7, -0.7, 0.1], []),
        ([2 / 3, 2 / 3], []),
        ([1.5, 0.0, 0.7], [0, 2]),
        ([0.7, None, 0.7], [0, 2]),
    ],
)
def test_two_of_three_beyond_two_thirds_on_one_side(places: list[float | None], expected: list[int]) -> None:
    found = signals([1.0] * len(places), places)
    assert [i for i, signal in enumerate(found) if "two_of_three" in signal.marks] == expected


def test_outside_is_beyond_the_limit_not_on_it() -> None:
    found = signals([1.0] * 5, [1.0, 0.0, 0.0, -1.001, 0.0])
    assert [signal.marks for signal in found] == [(), (), (), ("outside",), ()]
    assert found[3].side == -1


def point(value: float | None, low: float | None, high: float | None, side: int) -> ChartPoint:
    return ChartPoint(value, 0.5, low, high, 0, ("shift",) if side else (), side)


@pytest.mark.parametrize(
    ("side", "direction", "expected"),
    [
        (0, "up", "common_cause"),
        (1, "up", "improvement"),
        (-1, "up", "concern"),
        (1, "down", "concern"),
        (-1, "down", "improvement"),
        (1, "neutral", "higher"),
        (-1, "neutral", "lower"),
        (0, "neutral", "common_cause"),
    ],
)
def test_variation(side: int, direction: str, expected: str) -> None:
    assert variation(point(0.5, 0.2, 0.8, side), direction) == expected


def test_a_fall_is_of_concern_while_it_is_still_above_the_centre() -> None:
    found = signals([9.0 - i for i in range(7)], [0.5, 0.4, 0.3, 0.2, 0.1, 0.0, -0.1])
    assert found[0].side == -1
    assert variation(point(0.9, 0.2, 0.8, found[0].side), "up") == "concern"


@pytest.mark.parametrize(
    ("low", "high", "target", "direction", "expected"),
    [
        (0.96, 1.0, 0.95, "up", "pass"),
        (0.7, 0.9, 0.95, "up", "fail"),
        (0.9, 0.97, 0.95, "up", "hit_or_miss"),
        (1.0, 1.0, 1.0, "up", "pass"),
        (0.7, 0.95, 0.95, "up", "hit_or_miss"),
        (1.0, 4.0, 5.0, "down", "pass"),
        (6.0, 9.0, 5.0, "down", "fail"),
        (4.0, 9.0, 5.0, "down", "hit_or_miss"),
        (0.0, 0.0, 0.0, "down", "pass"),
        (0.9, 1.0, 0.95, "neutral", None),
        (0.9, 1.0, None, "up", None),
        (None, None, 0.95, "up", None),
    ],
)
def test_assurance(
    low: float | None, high: float | None, target: float | None, direction: str, expected: str | None
) -> None:
    assert assurance(point(0.9, low, high, 0), target, direction) == expected


def test_no_verdict_on_a_gap_or_without_limits() -> None:
    assert variation(point(None, 0.2, 0.8, 0), "up") is None
    assert variation(point(0.5, None, None, 0), "up") is None
    for verdict in (lambda: variation(point(0.5, 0.2, 0.8, 0), "left"), lambda: assurance(point(0, 0, 1, 0), 1, "")):
        with pytest.raises(ValueError, match="direction 应为up、down 或 neutral"):
            verdict()
