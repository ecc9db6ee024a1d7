"""Counties side by side: limits, outliers, shrunk rates, and ranks only of those with enough duties."""

from __future__ import annotations

from math import comb
from typing import Any

import pyarrow as pa
import pytest
from house import House, problem

from pipelines.points import funnel_point

GIVEN = {"anhua": (4, 20), "taojiang": (19, 20), "nanxian": (18, 20), "yuanjiang": (38, 40), "heshan": (1, 3)}
NAMES = {"anhua": "田庄乡", "taojiang": "修山镇", "nanxian": "南洲镇", "yuanjiang": "琼湖街道", "heshan": "会龙山街道"}


@pytest.fixture(scope="module")
def points() -> dict[str, dict[str, Any]]:
    house = House()
    for county, (done, due) in GIVEN.items():
        rows = [
            problem(
                f"{n}", "2026-10-01", "2026-10-20", grid=NAMES[county], rectified_at="2026-10-05" if n < done else ""
            )
            for n in range(due)
        ]
        house.ledger("problem", rows, county=county)
    found = house.build().rows(
        "select * from points.funnel_point where metric_id = 'rectification' and level = 2 and period_kind = 'month'"
        " and period = '2026-10'"
    )
    return {row["grid_id"]: row for row in found}


def tail(x: int, n: int, p: float) -> float:
    """P(X ≤ x), by hand."""
    return sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(x + 1))


def test_all_lie_around_the_rate_of_all(points: dict[str, dict[str, Any]]) -> None:
    assert {grid: (row["numerator"], row["denominator"]) for grid, row in points.items()} == GIVEN
    assert {row["centre"] for row in points.values()} == {80 / 103}
    assert {row["owner_level"] for row in points.values()} == {"all"}
    assert {row["tau_squared"] for row in points.values()} == {None}, "five counties tell no spread"


def test_outside_is_what_chance_hardly_brings(points: dict[str, dict[str, Any]]) -> None:
    for grid, row in points.items():
        below = tail(row["numerator"], row["denominator"], row["centre"])
        assert (row["position"] == -2) == (below < 0.001), grid
        assert (row["position"] < 0) == (below < 0.025), grid
    assert [grid for grid, row in points.items() if row["is_outlier"]] == ["anhua"]
    for row in points.values():
        assert row["low_998"] <= row["low_95"] <= row["centre"] <= row["high_95"] <= row["high_998"]


def test_few_duties_are_drawn_and_not_ranked(points: dict[str, dict[str, Any]]) -> None:
    few = points.pop("heshan")
    assert (few["rank"], few["rank_low"], few["is_outlier"]) == (None, None, False)
    assert few["rate"] < few["shrunk_rate"] < few["centre"], "a third of three is drawn towards all"
    ranks = {grid: row["rank"] for grid, row in points.items()}
    assert sum(ranks.values()) == pytest.approx(1 + 2 + 3 + 4)
    assert max(ranks, key=ranks.__getitem__) == "anhua"
    assert (points["anhua"]["rank_low"], points["anhua"]["rank_high"]) == (4, 4)
    assert points["taojiang"]["rank_low"] < points["taojiang"]["rank_high"]


def months(pairs: list[list[tuple[int, int]]], *, kind: str = "month", first: int = 10) -> pa.Table:
    """Months of grids a, b, c, …: one list a month."""
    lines = [
        ("m", 2, "all", kind, f"2026-{first + at:02d}", 2026 * 12 + first + at if kind == "month" else None,
         "abcdefgh"[unit], x, n, "up", 10, True)
        for at, month in enumerate(pairs) for unit, (x, n) in enumerate(month)
    ]  # fmt: skip
    names = ("metric_id", "level", "owner_level", "period_kind", "period", "month_no", "grid_id", "numerator",
             "denominator", "direction", "min_n", "is_ranked")  # fmt: skip
    given = pa.table({name: [line[place] for line in lines] for place, name in enumerate(names)})
    whole = ("level", "month_no", "numerator", "denominator", "min_n")
    kinds = {**dict.fromkeys(whole, pa.int64()), "is_ranked": pa.bool_()}
    schema = [pa.field(name, kinds.get(name, pa.string())) for name in names]
    return given.cast(pa.schema(schema))


BAD, GOOD = [(7, 12), (45, 50), (45, 50)], [(11, 12), (45, 50), (45, 50)]


def outliers(given: pa.Table) -> list[str]:
    return [
        f"{row['grid_id']}{row['period'][5:]}" for row in funnel_point.compute(given).to_pylist() if row["is_outlier"]
    ]


def test_two_of_three_months_outside_95_make_an_outlier() -> None:
    assert [row["position"] for row in funnel_point.compute(months([BAD])).to_pylist()] == [-1, 0, 0]
    assert outliers(months([BAD])) == []
    assert outliers(months([BAD, BAD], first=1)) == ["a02"]
    assert outliers(months([BAD, GOOD, BAD], first=1)) == ["a03"]
    assert outliers(months([BAD, GOOD, GOOD, BAD], first=1)) == []
    assert outliers(months([BAD, BAD], kind="to_date", first=1)) == [], "periods that overlap say one thing twice"


def test_a_month_between_that_has_no_duties_still_passes() -> None:
    absent = GOOD[1:]
    given = months([BAD, [(0, 0), *absent], BAD], first=1)
    assert outliers(given.filter(pa.compute.greater(given["denominator"], 0))) == ["a03"]
    given = months([BAD, [(0, 0), *absent], [(0, 0), *absent], BAD], first=1)
    assert outliers(given.filter(pa.compute.greater(given["denominator"], 0))) == []


def test_the_order_of_months_and_what_else_there_is_move_no_rank() -> None:
    alone = funnel_point.compute(months([BAD], first=2)).to_pylist()
    among = funnel_point.compute(months([GOOD, BAD, GOOD], first=1)).to_pylist()
    ranked = [{**row, "is_outlier": None} for row in among if row["period"] == "2026-02"]
    assert ranked == [{**row, "is_outlier": None} for row in alone]


def test_nothing_comes_of_nothing() -> None:
    full = funnel_point.compute(months([BAD]))
    empty = funnel_point.compute(months([BAD]).slice(0, 0))
    assert empty.num_rows == 0
    assert empty.schema.types == full.schema.types


def test_twelve_months_to_a_month_are_summed_from_the_twelfth_on() -> None:
    """Twelve months of one problem of 田庄乡's each; October 2026 looks back to November 2025."""
    house = House()
    for n in range(13):
        month = f"{2025 + (n + 9) // 12}-{(n + 9) % 12 + 1:02d}"  # 2025-10 … 2026-10
        rows = [problem(month, f"{month}-01", f"{month}-10", duty_grid="田庄乡", rectified_at=f"{month}-05")]
        house.ledger("problem", rows, month=month, received=f"{month}-28 10:00")
    found = house.build().rows(
        "select period, numerator, denominator, rank from points.funnel_point where metric_id = 'rectification'"
        " and level = 3 and period_kind = 'rolling' and grid_id = 'g430923209' order by period"
    )
    assert [tuple(row.values()) for row in found] == [("2026-09", 12, 12, None), ("2026-10", 12, 12, None)]
