"""Charts month by month: in every month what the chart of the months so far says of its last point."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.statistics.chart_history import MARKS, History, p_history, xmr_history
from pipelines.statistics.chart_points import ChartPoint
from pipelines.statistics.control_chart import p_chart, xmr

LEVELS = st.one_of(st.none(), st.integers(0, 12))
PAIRS = st.integers(0, 9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def same(history: History, month: int, point: ChartPoint) -> None:
    """Holds a month of the first series against a point."""
    told = point.value is not None
    for name in ("value", "centre", "low", "high"):
        number = getattr(history, name)[0, month]
        expected = getattr(point, name) if told else None
        assert np.isnan(number) if expected is None else number == pytest.approx(expected, abs=1e-9), name
    mark = history.mark[0, month]
    assert (MARKS[mark - 1] if mark else None) == (point.marks[0] if point.marks else None)
    assert history.side[0, month] == point.side


@settings(max_examples=150)
@given(st.lists(LEVELS, min_size=1, max_size=20))
def test_xmr_as_it_stood(values: list[int | None]) -> None:
    history = xmr_history(np.array([[np.nan if value is None else value for value in values]], dtype=float), 0.0)
    for month in range(len(values)):
        same(history, month, xmr(values[: month + 1], floor=0.0)[-1])


@settings(max_examples=150)
@given(st.lists(PAIRS, min_size=1, max_size=20))
def test_p_chart_as_it_stood(pairs: list[tuple[int, int]]) -> None:
    hits, due = ([float(pair[i]) for pair in pairs] for i in (0, 1))
    history = p_history(np.array([hits]), np.array([due]))
    for month in range(len(pairs)):
        so_far = pairs[: month + 1]
        same(history, month, p_chart([x for x, _ in so_far], [n for _, n in so_far])[-1])


def test_later_months_change_nothing_of_earlier_ones() -> None:
    calm = [10.0, 12.0] * 8
    short, long = xmr_history(np.array([calm])), xmr_history(np.array([[*calm, 40.0, 40.0, 41.0]]))
    for name in ("centre", "low", "high", "mark", "side", "known"):
        np.testing.assert_array_equal(getattr(long, name)[:, :16], getattr(short, name))
    assert long.mark[0, 16] == 1
    assert long.side[0, 16] == 1


def test_seven_rising_months_are_news_in_the_seventh() -> None:
    history = xmr_history(np.array([[20.0, 1.0, 20.0, 1.0, 20.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0]]))
    assert history.mark[0].tolist() == [0] * 11 + [4]
    assert history.side[0, -1] == 1


def test_series_side_by_side_do_not_meet() -> None:
    hits, due = np.array([[1.0, 2.0, 3.0], [4.0, 0.0, 4.0]]), np.array([[4.0, 4.0, 4.0], [4.0, 0.0, 4.0]])
    both = p_history(hits, due)
    for row in range(2):
        alone = p_history(hits[row : row + 1], due[row : row + 1])
        np.testing.assert_array_equal(both.low[row], alone.low[0])
    assert np.isnan(both.value[1, 1])
    assert both.known[1].tolist() == [1, 1, 2]


@pytest.mark.parametrize("wrong", [np.array([1.0, 2.0]), np.array([[np.inf]])])
def test_what_is_no_table_of_finite_numbers_is_refused(wrong: np.ndarray) -> None:
    with pytest.raises(ValueError, match="values"):
        xmr_history(wrong)
