"""Which series are judged, when, and that a month once judged stays so; the verdict stands on the published figure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from house import House, problem
from hypothesis import given
from hypothesis import strategies as st

from pipelines.points import series_point
from pipelines.statistics import chart_verdict
from pipelines.statistics.chart_points import ChartPoint

MONTHS = [f"{2025 + n // 12}-{n % 12 + 1:02d}" for n in range(8, 22)]  # 2025-09 … 2026-10


def laid(house: House, months: list[str], late: str = "", bare: str = "") -> House:
    """Each month 安化县 has six problems, one of them late; in `late` all are, in `bare` there are none."""
    for month in months:
        first = date.fromisoformat(f"{month}-01")
        done = [first + timedelta(days=20 if month == late or n == 0 else 5) for n in range(6)]
        rows = [
            problem(f"{month}-{n}", f"{month}-01", f"{month}-10", rectified_at=str(done[n]))
            for n in range(6)
            if month != bare
        ]
        after = (first + timedelta(days=31)).strftime("%Y-%m")
        if rows:
            house.ledger("problem", rows, month=month, received=f"{after}-03 10:00")
    return house.build()


def points(house: House, metric: str = "rectification", grid: str = "anhua", level: str = "2") -> list[dict[str, Any]]:
    return house.rows(
        f"select * from points.series_point where metric_id = '{metric}' and grid_id = '{grid}'"
        f" and owner_level = '{level}' order by period"
    )


@pytest.fixture(scope="module")
def told() -> list[dict[str, Any]]:
    house = laid(House(), MONTHS, late="2026-10")
    found = points(house)
    carried = house.rows(
        "select period, variation, assurance from published.metric_value where metric_id = 'rectification'"
        " and grid_id = 'anhua' and owner_level = '2' and period_kind = 'month' order by period"
    )
    # the figure of a month carries the verdict of its point
    assert [tuple(row.values()) for row in carried] == [
        (point["period"], point["variation"], point["assurance"]) for point in found
    ]
    return found


def test_the_first_verdict_comes_with_the_twelfth_month(told: list[dict[str, Any]]) -> None:
    assert [point["period"] for point in told] == MONTHS
    assert {point["variation"] for point in told[:11]} == {None}
    assert {point["centre"] for point in told[:11]} == {None}
    assert [point["variation"] for point in told[11:]] == ["common_cause", "common_cause", "concern"]
    assert (told[13]["chart"], told[13]["mark"], told[13]["value"], told[13]["phase"]) == ("p", "outside", 0.0, 0)


def test_limits_are_those_of_the_months_so_far(told: list[dict[str, Any]]) -> None:
    """Five of six in each of twelve months; then 65 of 84."""
    half = 3 * (5 / 6 * 1 / 6 / 6) ** 0.5
    assert (told[11]["centre"], told[11]["low"], told[11]["high"]) == pytest.approx((5 / 6, 5 / 6 - half, 1.0))
    assert told[11]["assurance"] == "hit_or_miss"
    assert told[13]["centre"] == pytest.approx(65 / 84)


def test_a_month_stays_as_it_was_judged(told: list[dict[str, Any]]) -> None:
    """A year's run seen from 2026-10-06: nothing of later months is known, nothing of earlier ones was otherwise."""
    earlier = points(laid(House("2026-10-06 09:00"), MONTHS[:-1]))
    assert earlier == told[:-1]


def test_the_running_month_is_not_judged(told: list[dict[str, Any]]) -> None:
    running = points(laid(House("2026-10-31 12:00"), MONTHS, late="2026-10"))
    assert [point["period"] for point in running] == MONTHS[:-1]


def test_a_month_without_duties_is_a_gap() -> None:
    found = points(laid(House(), MONTHS, bare="2026-03"))
    assert "2026-03" not in [point["period"] for point in found]
    assert [point["period"] for point in found if point["variation"]] == ["2026-09", "2026-10"]


def rows(values: list[float], *, direction: str = "down", limit_no: list[int] | None = None) -> pa.Table:
    """A series of counts, month after month."""
    n = len(values)
    columns = {
        "metric_id": ["m"] * n, "grid_id": ["city"] * n, "owner_level": ["all"] * n,
        "limit_no": limit_no or [0] * n, "period": [f"{2025 + i // 12}-{i % 12 + 1:02d}" for i in range(n)],
        "month_no": [2025 * 12 + 1 + i for i in range(n)], "chart": ["xmr"] * n,
        "numerator": pa.array([int(value) for value in values], pa.int64()), "denominator": pa.nulls(n, pa.int64()),
        "value": values, "events": pa.array([int(value) for value in values], pa.int64()),
        "direction": [direction] * n, "target": pa.nulls(n, pa.float64()),
    }  # fmt: skip
    return pa.table(columns)


def verdicts(given: pa.Table) -> list[str | None]:
    return list(series_point.compute(given)["variation"].to_pylist())


@pytest.mark.parametrize(("direction", "word"), [("down", "concern"), ("up", "improvement"), ("neutral", "higher")])
def test_more_is_worse_better_or_merely_more(direction: str, word: str) -> None:
    calm = [10.0, 12.0] * 6
    assert verdicts(rows([*calm, 40.0], direction=direction))[11:] == ["common_cause", word]


LIMIT = st.one_of(st.none(), st.tuples(st.floats(0, 1), st.floats(0, 0.5)))


@given(
    LIMIT, st.sampled_from([-1, 0, 1]), st.sampled_from(["up", "down", "neutral"]), st.sampled_from([None, 0.5, 1.0])
)
def test_words_are_those_of_a_single_point(
    limit: tuple[float, float] | None, side: int, direction: chart_verdict.Direction, target: float | None
) -> None:
    low, high = (None, None) if limit is None else (limit[0], limit[0] + limit[1])
    point = ChartPoint(0.5, None, low, high, 0, ("outside",) if side else (), side)
    columns = [np.array([np.nan if number is None else number]) for number in (low, high, target)]
    better, told = np.array([{"up": 1, "down": -1, "neutral": 0}[direction]]), np.array([low is not None])
    word = series_point.VARIATIONS[series_point.variations(np.array([side]), better, told)[0]]
    assert word == chart_verdict.variation(point, direction)
    assured = series_point.ASSURANCES[series_point.assurances(*columns, better)[0]]
    assert assured == chart_verdict.assurance(point, target, direction)


def test_a_series_that_grows_is_admitted_once_it_averages_five() -> None:
    """Fourteen months of 4, then 19 makes 75 in 15: the fifteenth month is the first with five a month."""
    found = verdicts(rows([4.0] * 14 + [19.0]))
    assert found == [None] * 14 + ["concern"]


def test_a_series_of_few_is_not_drawn() -> None:
    assert series_point.compute(rows([4.0] * 30)).num_rows == 0


def test_a_changed_limit_begins_a_phase() -> None:
    given = rows([10.0, 12.0] * 13, limit_no=[1] * 13 + [2] * 13)
    found = series_point.compute(given)
    assert found["phase"].to_pylist() == [0] * 13 + [1] * 13
    assert [n for n, word in enumerate(found["variation"].to_pylist()) if word] == [11, 12, 24, 25]


def test_nothing_comes_of_nothing() -> None:
    found = series_point.compute(rows([10.0]).slice(0, 0))
    assert (found.num_rows, found.schema.field("variation").type) == (0, pa.string())
