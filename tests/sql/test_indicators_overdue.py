"""What lay open past its date at each month's end: a stock, in bands, the oldest; it is never added up over months."""

from __future__ import annotations

import pytest
from house import House, patrol, problem
from indicator_house import TIANZHUANG, facts, number, subjects, value

BANDS = ("open_overdue_0_7", "open_overdue_8_30", "open_overdue_31_90", "open_overdue_over_90")


@pytest.fixture(scope="module")
def house() -> House:
    house = House()
    house.ledger(
        "patrol", [patrol("1", "田庄乡", "2026-09-08", "示例甲")], month="2026-09", received="2026-10-02 10:00"
    )
    house.ledger(
        "problem",
        [
            problem("A", "2026-09-01", "2026-09-20"),
            problem("B", "2026-09-01", "2026-09-20", rectified_at="2026-10-05"),
            problem("C", "2026-10-01", "2026-10-31"),
            problem("D", "2026-05-20", "2026-06-01", duty_grid="田庄乡"),
            problem("E", "2026-09-01", "2026-09-20", closure="作废"),
            problem("F", "2026-09-01", "2026-09-20", rectified_at="2026-09-20"),
            problem("G", "2026-10-01", ""),
            problem("H", "2026-10-01", "2026-11-06 09:00"),
        ],
    )
    house.ledger(
        "problem",
        [problem("X", "2026-09-01", "2026-09-20", rectified_at="2026-10-05", grid="修山镇")],
        county="taojiang",
    )
    return house.build()


def open_in(house: House, month: str, indicator_id: str = "open_overdue") -> list[str]:
    return sorted(str(s).split("/")[2] for _, at, s, _, _ in facts(house, indicator_id) if at == month)


def test_each_month_counts_what_lay_open_at_its_end(house: House) -> None:
    assert open_in(house, "2026-09") == ["A", "B", "D", "X"]
    assert open_in(house, "2026-10") == ["A", "D"], "what is due on the last day is not past due that day"
    assert open_in(house, "2026-11") == ["A", "C", "D"], "the current month as of the moment, whose second still counts"


def test_the_bands_add_up_to_the_total(house: House) -> None:
    assert open_in(house, "2026-11", "open_overdue_0_7") == ["C"]
    assert open_in(house, "2026-09", "open_overdue_8_30") == ["A", "B", "X"]
    assert open_in(house, "2026-11", "open_overdue_31_90") == ["A"]
    assert open_in(house, "2026-09", "open_overdue_over_90") == ["D"]
    total = sum(len(facts(house, band)) for band in BANDS)
    assert total == len(facts(house, "open_overdue")) == 9


def test_the_grid_that_owes_and_all_above_it(house: House) -> None:
    assert number(house, "open_overdue", TIANZHUANG, "2026-10") == 1
    assert number(house, "open_overdue", "anhua", "2026-10") == 2
    assert number(house, "open_overdue", "city", "2026-09") == 4


def test_a_year_and_a_period_to_date_take_their_last_month(house: House) -> None:
    assert number(house, "open_overdue", "anhua", "2026-10", "to_date") == 2
    assert number(house, "open_overdue", "anhua", "2026", "year") == 3
    assert value(house, "open_overdue", "taojiang", "2026", "year") is None, "nothing lay open at the end"


def test_the_oldest_is_the_largest_of_grids_and_months(house: House) -> None:
    assert number(house, "oldest_overdue_days", "anhua", "2026-09") == 121
    assert number(house, "oldest_overdue_days", "anhua", "2026", "year") == 158
    assert number(house, "oldest_overdue_days", "taojiang", "2026", "year") == 10
    assert subjects(house, "oldest_overdue_days").count("r1") == 7, "one a grid and month"


def test_the_moment_cuts(house: House) -> None:
    earlier = House("2026-10-04 09:00")
    earlier.ledger(
        "problem",
        [problem("B", "2026-09-01", "2026-09-20", rectified_at="2026-10-05")],
        month="2026-09",
        received="2026-10-03 10:00",
    )
    earlier.build()
    assert open_in(earlier, "2026-10") == ["B"], "done tomorrow is not done"
    assert {month for _, month, *_ in facts(earlier, "open_overdue")} == {"2026-09", "2026-10"}
