"""Roll-ups add, divide once, and never average; periods add up; checks can fail."""

from __future__ import annotations

from typing import Any

import pytest
from house import RULES, House, patrol, person, problem

from pipelines import steps


@pytest.fixture(scope="module")
def house() -> House:
    house = House()
    house.ledger("person", [person("示例甲", "田庄乡"), person("示例乙", "安化县")], month="2026-09")
    for month in ("2026-09", "2026-10"):
        house.ledger("patrol", [patrol(f"{month}-1", "田庄乡", f"{month}-08", "示例甲、示例乙")], month=month)
    house.ledger(
        "problem",
        [
            problem("A", "2026-09-01", "2026-09-20", rectified_at="2026-09-19"),
            problem("B", "2026-09-01", "2026-09-20", rectified_at="2026-09-25"),
            problem("C", "2026-10-01", "2026-10-20", rectified_at="2026-10-19", duty_grid="田庄乡"),
            problem("D", "2026-10-01", ""),
        ],
    )
    return house.build()


def value(house: House, grid: str, level: str, kind: str, period: str, metric: str = "rectification") -> dict[str, Any]:
    return house.one(
        f"select * from published.metric_value where metric_id = '{metric}' and grid_id = '{grid}'"
        f" and owner_level = '{level}' and period_kind = '{kind}' and period = '{period}'"
    )


def test_numerators_and_denominators_climb_the_ladder(house: House) -> None:
    for grid in ("anhua", "u1", "city"):
        found = value(house, grid, "2", "month", "2026-09")
        assert (found["on_time"], found["late"], found["due"], found["rate"]) == (1, 1, 2, 0.5)
    assert value(house, "city", "3", "month", "2026-10")["on_time"] == 1


def test_to_date_and_year_divide_the_sums(house: House) -> None:
    found = value(house, "anhua", "all", "to_date", "2026-10")
    assert (found["on_time"], found["due"], found["no_deadline"]) == (2, 3, 1)
    assert found["rate"] == pytest.approx(2 / 3)
    assert value(house, "anhua", "all", "year", "2026")["due"] == 3


def test_what_was_due_before_the_first_month_of_the_ledgers_counts_to_date() -> None:
    """An evaluation is due in January, also where patrols and problems come from September on."""
    house = House()
    told = {
        "grid": "田庄乡", "year": "2025", "item": "日常巡查", "shortfall": "夜间巡查少", "improvement": "每周夜查一次",
        "owner": "示例甲", "improvement_due": "2026年6月底前", "submitted_at": "2026-01-28",
    }  # fmt: skip
    house.ledger("self_evaluation", [told], month="2026-09")
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-09-08", "示例甲")], month="2026-09")
    house.build()
    found = house.rows(
        "select period, on_time, due, rate from published.metric_value where metric_id = 'improvement_defined'"
        " and grid_id = 'anhua' and owner_level = '3' and period_kind = 'to_date' order by period"
    )
    counted = {"on_time": 1, "due": 1, "rate": 1.0}
    assert found == [{"period": period, **counted} for period in ("2026-09", "2026-10", "2026-11")]


def test_silence_does_not_pay(house: House) -> None:
    found = value(house, "city", "2", "month", "2026-09", "patrol_coverage")
    assert (found["on_time"], found["due"], found["unreported"]) == (1, 1, 7)
    assert (found["rate"], found["rate_if_unmet"]) == (1.0, 0.125)


def test_nothing_due_has_no_rate(house: House) -> None:
    found = value(house, "taojiang", "2", "month", "2026-10")
    assert (found["due"], found["rate"], found["unreported"], found["rate_closed_only"]) == (0, None, 1, None)


def test_every_rate_has_its_interval_and_nothing_else_has_one(house: House) -> None:
    found = value(house, "city", "2", "month", "2026-09")
    assert (found["on_time"], found["due"]) == (1, 2)
    assert (found["low"], found["high"]) == (pytest.approx(0.0945, abs=5e-5), pytest.approx(0.9055, abs=5e-5))
    assert (
        house.rows("select * from published.metric_value where (rate is null) <> (low is null or high is null)") == []
    )
    assert house.rows("select * from published.metric_value where rate < low or rate > high") == []


def test_targets_come_from_the_catalogue(house: House) -> None:
    assert value(house, "city", "all", "month", "2026-10")["target"] == 0.95
    assert value(house, "city", "3", "month", "2026-10", "patrol_coverage")["target"] == 1.0


SABOTAGE = {
    "files_landed": "delete from raw.content",
    "rows_accounted": "update published.submission set found = found + 1",
    "rows_outside_submission": "delete from published.submission",
    "states_sum": "update published.metric_value set late = late + 1",
    "city_holds_all": "delete from published.metric_value where grid_id = 'city'",
    "known_states": "update published.obligation set state = 'done' where state = 'on_time'",
    "indicator_sums": "update published.indicator_value set numerator = numerator + 1 where grid_id = 'anhua'",
    "rows_have_source": "delete from published.source_row",
    "owners_known": "update published.obligation set grid_id = 'nowhere'",
    "unique_keys": "insert into published.obligation select * from published.obligation",
}


def test_every_check_is_sabotaged_below() -> None:
    assert {check.table for check in RULES.checks} == set(SABOTAGE)


@pytest.mark.parametrize("name", SABOTAGE)
def test_a_check_sees_what_it_is_there_for(house: House, name: str) -> None:
    (check,) = [check for check in RULES.checks if check.table == name]
    assert steps.offences(house.con, check) == []
    house.con.execute("begin")
    try:
        house.con.execute(SABOTAGE[name])
        assert steps.offences(house.con, check) != []
    finally:
        house.con.execute("rollback")
