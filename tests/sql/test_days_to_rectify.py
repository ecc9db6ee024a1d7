"""How long putting right takes: those still open count with the days they have lasted, and are not left out."""

from __future__ import annotations

import pytest
from house import House, problem
from indicator_house import TIANZHUANG, facts
from naive.inputs import load
from naive.second import Second
from roots import SQL

WHAT = "median_days_to_rectify"


@pytest.fixture(scope="module")
def house() -> House:
    house = House()
    house.ledger(
        "problem",
        [
            problem("A", "2026-10-07", corrected_on_spot="是", rectified_at="2026-10-07"),
            problem("B", "2026-10-01", rectified_at="2026-10-06"),
            problem("C", "2026-10-01", rectified_at="2026-10-11", duty_grid="田庄乡"),
            problem("D", "2026-10-17", ""),
            problem("E", "2026-10-01", closure="作废"),
            problem("F", "2026-10-20", rectified_at="2026-10-12"),
            problem("G", "2026-09-02", "2026-09-30"),
        ],
    )
    return house.build()


def curve(house: House, grid: str, period: str, kind: str = "month") -> dict[str, object]:
    return house.one(
        f"select * from published.survival_summary where grid_id = '{grid}' and period = '{period}'"
        f" and period_kind = '{kind}'"
    )


def test_each_problem_is_a_fact_of_days_and_whether_they_ended(house: House) -> None:
    found = {str(subject).split("/")[1]: rest for _, _, subject, *rest in facts(house, WHAT)}
    assert found == {"A": [0, 1], "B": [5, 1], "C": [10, 1], "D": [20, 0], "G": [65, 0]}, "no void, no contradiction"
    assert [grid for grid, _, subject, *_ in facts(house, WHAT) if str(subject).endswith("/C")] == [TIANZHUANG]


FAILED = {"by_grid": "安化县", "done_at": "2026-10-25", "kind": "复查", "result": "不合格"}
REFERRED = {"beyond_authority": "是", "referred_to": "示例部门", "referred_at": "2026-10-27"}


def test_a_completion_that_failed_ends_nothing_and_begins_nothing() -> None:
    """Claimed after two days and failed on day 24: still open, put right on day 27, failed twice, handed on."""
    house = House()
    rows = [
        problem("open", "2026-10-01", rectified_at="2026-10-03"),
        problem("again", "2026-10-01", rectified_at="2026-10-28"),
        problem("twice", "2026-10-01", rectified_at="2026-10-31"),
        problem("handed", "2026-10-01", rectified_at="2026-10-03", **REFERRED),
        problem("passed", "2026-10-01", rectified_at="2026-10-03"),
    ]
    house.ledger("problem", [{**dict.fromkeys(REFERRED, ""), **row} for row in rows])
    visits = [{"problem_no": name, "new_due": "2026-11-20", **FAILED} for name in ("open", "again", "twice", "handed")]
    visits += [{"problem_no": "twice", "new_due": "", **FAILED, "done_at": "2026-10-29"}]
    visits += [{"problem_no": "passed", "new_due": "", **FAILED, "result": "合格"}]
    house.ledger("follow_up", visits, fields=["problem_no", "by_grid", "done_at", "kind", "result", "new_due"])
    house.build()
    found = {str(subject).split("/")[1].lower(): (month, *rest) for _, month, subject, *rest in facts(house, WHAT)}
    assert found == {
        "open": ("2026-10", 36, 0), "again": ("2026-10", 27, 1), "twice": ("2026-10", 30, 1),
        "handed": ("2026-10", 24, 0), "passed": ("2026-10", 2, 1),
    }  # fmt: skip
    assert curve(house, "anhua", "2026-10")["median"] == 30.0
    again = [fact[1:] for fact in Second(load(house.con, SQL), SQL).facts() if fact[0] == WHAT]
    query = "select grid_id, month, on_day, numerator, denominator from published.indicator_row"
    rows_told = house.rows(f"{query} where indicator_id = '{WHAT}'")
    assert sorted(again) == sorted(tuple(row.values()) for row in rows_told)
    lost = "row_id not in (select row_id from published.source_row)"
    assert (
        house.values(f"select subject_id from published.indicator_row where indicator_id = '{WHAT}' and {lost}") == []
    )


def test_half_are_done_by_the_median(house: House) -> None:
    """Four rounds of October: after 0 days three are open, after 5 just one half."""
    value = house.one(
        f"select * from published.indicator_value where indicator_id = '{WHAT}' and grid_id = 'anhua'"
        " and period = '2026-10' and period_kind = 'month'"
    )
    assert (value["value"], value["numerator"], value["denominator"], value["n"]) == (5.0, 35, 3, 4)
    assert value["low"] == 0.0
    found = curve(house, "anhua", "2026-10")
    assert (found["n"], found["events"], found["median"], found["rmst_30"]) == (4, 3, 5.0, None)
    points = house.rows(
        "select day, at_risk, events, censored, survival from published.survival_point where grid_id = 'u1'"
        " and period = '2026-10' and period_kind = 'month' order by day"
    )
    assert [tuple(point.values()) for point in points] == [
        (0, 4, 1, 0, 0.75), (5, 3, 1, 0, 0.5), (10, 2, 1, 0, 0.25), (20, 1, 0, 1, 0.25),
    ]  # fmt: skip


def test_while_more_than_half_are_open_there_is_no_median(house: House) -> None:
    found = curve(house, "anhua", "2026-09")
    assert (found["n"], found["events"], found["median"]) == (1, 0, None)
    value = house.one(
        f"select value, n from published.indicator_value where indicator_id = '{WHAT}' and grid_id = 'anhua'"
        " and period = '2026-09' and period_kind = 'month'"
    )
    assert value == {"value": None, "n": 1}


def test_the_restricted_mean_is_the_area_under_the_curve(house: House) -> None:
    """Of the year: five at risk, ends at 0, 5 and 10, then 20 and 65 days open: 5·4/5 + 5·3/5 + 20·2/5."""
    found = curve(house, "anhua", "2026", "year")
    assert found["median"] == 10.0
    assert found["rmst_30"] == pytest.approx(5 * 4 / 5 + 5 * 3 / 5 + 20 * 2 / 5)
    assert found["rmst_60"] == pytest.approx(5 * 4 / 5 + 5 * 3 / 5 + 50 * 2 / 5)


def test_townships_have_a_median_and_no_curve(house: House) -> None:
    assert curve(house, TIANZHUANG, "2026-10")["median"] == 10.0
    drawn = house.values("select distinct grid_id from published.survival_point order by grid_id")
    assert drawn == ["anhua", "city", "u1"]


def test_intervals_stand_where_there_is_a_rule(house: House) -> None:
    found = {
        row["indicator_id"]: (row["low"], row["high"])
        for row in house.rows(
            "select * from published.indicator_value where grid_id = 'anhua' and period = '2026-10'"
            " and period_kind = 'month'"
        )
    }
    assert found["open_overdue"] == (None, None)
    low, high = found["non_self_found_share"]
    # 0 of the 5 that count: Wilson's upper end is z²/(n + z²)
    assert (low, high) == pytest.approx((0.0, 1.96**2 / (5 + 1.96**2)), abs=1e-4)
