"""Patrol frequency: how many days a grid owes, which day meets which, and what silence means."""

from __future__ import annotations

from typing import Any

import pytest
from grid_rows import grid as register
from house import House, patrol, person

TIANZHUANG, NANJIN = "g430923209", "g430923211"
SPECIAL = {
    "special_name": "国庆", "special_from": "2026-10-01", "special_to": "2026-10-07", "notice_no": "示例〔2026〕5号",
    "notice_on": "2026-09-25",
}  # fmt: skip
PLAN_FIELDS = [
    "grid", "whole_county", "plan_month", "required_patrols", "special_name", "special_from", "special_to", "notice_no",
    "notice_on",
]  # fmt: skip


def plan(required: str, grid: str = "田庄乡", **more: str) -> dict[str, str]:
    given = {"grid": grid, "plan_month": "2026-10", "required_patrols": required, **more}
    return {name: given.get(name, "") for name in PLAN_FIELDS}


def house(*days: str, as_of: str = "2026-11-06 09:00", received: str = "2026-11-02 10:00", **more: str) -> House:
    """Patrols of 示例甲 in 田庄乡 on these days; whoever inspects the other grids named is on the roster too."""
    made = House(as_of)
    made.ledger(
        "person",
        [person("示例甲", "田庄乡"), person("示例乙", "安化县"), person("示例丙", "南金乡")],
        received="2026-10-01 08:00",
    )
    rows = [patrol(str(n), "田庄乡", day, "示例甲", **more) for n, day in enumerate(days)]
    made.ledger("patrol", rows, received=received, fields=["patrol_no", "grid", "started_at", "inspectors", *more])
    return made


def turns(made: House, grid: str = TIANZHUANG, month: str = "2026-10") -> dict[str, str]:
    """What follows the month in the id → state."""
    rows = made.rows(
        "select obligation_id, state from published.obligation where metric_id = 'patrol_frequency'"
        f" and grid_id = '{grid}' and period = '{month}' order by obligation_id"
    )
    return {row["obligation_id"].split("/", 3)[3]: row["state"] for row in rows}


def duty(made: House, part: str, grid: str = TIANZHUANG) -> dict[str, Any]:
    return made.one(
        f"select * from published.obligation where obligation_id = 'patrol_frequency/{grid}/2026-10/{part}'"
    )


def test_each_day_meets_one_turn_and_two_patrols_of_a_day_are_one() -> None:
    made = house("2026-10-08 15:00", "2026-10-08 09:30", "2026-10-09", "2026-10-20 08:00").build()
    assert turns(made) == {"1": "on_time", "2": "on_time", "3": "on_time", "4": "overdue"}
    first = duty(made, "1")
    assert str(first["met_at"]) == "2026-10-08 09:30:00" and first["met_row_id"].endswith("#csv!3")
    assert (str(first["started_at"]), str(first["due_at"])) == ("2026-10-01 00:00:00", "2026-10-31 23:59:59")
    assert (first["owner_level"], first["subject_kind"], first["subject_id"]) == (3, "grid", TIANZHUANG)
    assert turns(made, "anhua") == {"1": "overdue", "2": "overdue"}, "people of a township are not the county's"
    assert turns(made, "u1") == {"1": "unreported"}, "the detachment sent nothing"
    assert len(turns(made, NANJIN)) == 4


def test_people_of_another_grid_do_not_count() -> None:
    made = house()
    made.ledger("patrol", [patrol("9", "田庄乡", "2026-10-08", "示例丙")], received="2026-11-02 11:00")
    made.build()
    assert set(turns(made).values()) == {"overdue"} and set(turns(made, NANJIN).values()) == {"overdue"}


def test_the_running_month_is_pending_and_the_moment_decides() -> None:
    made = house("2026-10-08", as_of="2026-10-31 23:59", received="2026-10-30 10:00").build()
    assert turns(made) == {"1": "on_time", "2": "pending", "3": "pending", "4": "pending"}
    before = house("2026-10-08", "2026-10-31 15:00", as_of="2026-10-31 12:00", received="2026-10-31 10:00").build()
    assert list(turns(before).values()) == ["on_time", "pending", "pending", "pending"]


def test_a_ledger_that_did_not_come_is_unreported() -> None:
    made = house("2026-10-08").build()
    assert set(turns(made, "taojiang").values()) == {"unreported"}


@pytest.mark.parametrize(
    ("plans", "here", "there", "county"),
    [
        ([plan("2")], 2, 4, 2),
        ([plan("6", "", whole_county="安化县")], 6, 6, 2),
        ([plan("6", "", whole_county="安化县"), plan("1")], 1, 6, 2),
        ([plan("3", "安化县")], 4, 4, 3),
        ([plan("0")], 0, 4, 2),
        ([plan("60")], 31, 4, 2),
    ],
    ids=["grid", "county for its townships", "the nearest wins", "the county itself", "none", "no more than days"],
)
def test_a_plan_goes_before_the_level(plans: list[dict[str, str]], here: int, there: int, county: int) -> None:
    made = house("2026-10-08")
    made.ledger("patrol_plan", plans, county="city", received="2026-10-02 08:00")
    made.build()
    assert [len(turns(made, grid)) for grid in (TIANZHUANG, NANJIN, "anhua")] == [here, there, county]
    assert len(turns(made, month="2026-11")) == 4, "a plan holds for its month"


def test_a_plan_names_its_row_and_words() -> None:
    made = house("2026-10-08")
    made.ledger("patrol_plan", [plan("6")], received="2026-10-02 08:00")
    made.build()
    second = duty(made, "2")
    assert second["duty_row_id"].endswith("#csv!2") and second["due_basis"] == "巡查计划：当月 6 次；第 2 次"
    assert duty(made, "1", NANJIN)["duty_row_id"] is None


def test_the_detachments_plan_goes_before_the_countys_own() -> None:
    made = house("2026-10-08")
    made.ledger("patrol_plan", [plan("1")], received="2026-10-05 08:00")
    made.ledger("patrol_plan", [plan("5")], county="city", received="2026-10-02 08:00")
    made.build()
    assert len(turns(made)) == 5


@pytest.mark.parametrize(
    ("first", "second", "owed"),
    [
        ("2026-09-28 08:00", "2026-10-20 08:00", 6),  # changed while the month ran
        ("2026-09-28 08:00", "2026-11-03 08:00", 8),  # changed once it was over: a failure is not planned away
        ("2026-10-30 08:00", "2026-11-05 08:00", 6),  # a slip of the pen, mended within seven days
        ("2026-11-01 08:00", "2026-11-05 08:00", 4),  # first told once the month was over
    ],
)
def test_a_plan_changed_after_its_month_changes_nothing(first: str, second: str, owed: int) -> None:
    made = house("2026-10-08")
    made.ledger("patrol_plan", [plan("8")], received=first)
    made.ledger("patrol_plan", [plan("6")], received=second)
    made.build()
    assert len(turns(made)) == owed


@pytest.mark.parametrize(("required", "basis"), [("1", 1), ("0", 0)])
def test_a_countys_own_plan_asks_for_no_less_than_the_rule(required: str, basis: int) -> None:
    made = house("2026-10-08")
    made.ledger("patrol_plan", [plan(required)], received="2026-10-02 08:00")
    made.build()
    assert turns(made) == {"1": "on_time", "2": "overdue", "3": "overdue", "4": "overdue"}
    said = duty(made, "2")["due_basis"]
    assert said.startswith(f"巡查计划：当月 {basis} 次；县区自定不得低于级别所定，按 ") and said.endswith("；第 2 次")


def test_a_countys_own_plan_asks_for_no_less_than_the_detachments() -> None:
    made = house("2026-10-08")
    made.ledger("patrol_plan", [plan("5"), plan("0", **SPECIAL)], received="2026-10-02 08:00")
    whole = [plan("7", "", whole_county="安化县"), plan("3", "", whole_county="安化县", **SPECIAL)]
    made.ledger("patrol_plan", whole, county="city", received="2026-10-01 08:00")
    made.build()
    found = turns(made)
    assert len([part for part in found if "special" not in part]) == 7
    assert duty(made, "7")["due_basis"] == "巡查计划：当月 5 次；县区自定不得少于支队所定，按 7 次；第 7 次"
    assert len([part for part in found if "special" in part]) == 3


@pytest.mark.parametrize("required", ["1", "6"])
def test_a_plan_first_told_once_its_month_is_over_plans_nothing(required: str) -> None:
    made = house("2026-10-08", as_of="2026-12-22 09:00")
    made.ledger("patrol_plan", [plan(required)], county="city", month="2026-12", received="2026-12-20 08:00")
    made.build()
    assert turns(made) == {"1": "on_time", "2": "overdue", "3": "overdue", "4": "overdue"}
    assert duty(made, "1")["due_basis"].endswith(
        f"；巡查计划（当月 {required} 次）2026-12-20 才首次报来，当月已过，不算；第 1 次"
    )
    assert duty(made, "1")["duty_row_id"] is None
    told = made.one("select rule, message_zh from published.quarantine")
    assert told["rule"] == "plan_told_late" and told["message_zh"].startswith(
        "2026-10 的巡查计划在其结束之后才首次报来"
    )


def test_a_special_period_first_told_once_it_is_over_asks_for_nothing_and_one_told_stays() -> None:
    late = house("2026-10-20")
    late.ledger("patrol_plan", [plan("2", **SPECIAL)], county="city", received="2026-10-08 00:10")
    assert list(turns(late.build())) == ["1", "2", "3", "4"]
    assert late.values("select message_zh from published.quarantine")[0].startswith(
        "2026-10-01 至 2026-10-07 的巡查计划"
    )
    gone = house("2026-10-20")
    gone.ledger("patrol_plan", [plan("2", **SPECIAL)], county="city", received="2026-10-01 08:00")
    gone.ledger("patrol_plan", [plan("2", **{**SPECIAL, "notice_no": ""})], county="city", received="2026-10-20 08:00")
    assert len([part for part in turns(gone.build()) if "special" in part]) == 2


def test_a_special_period_with_a_notice_asks_for_more() -> None:
    made = house("2026-10-07 10:00", "2026-10-08")
    made.ledger("patrol_plan", [plan("2", **SPECIAL)], received="2026-10-02 08:00")
    made.build()
    found = turns(made)
    assert found["special/2026-10-01/1"] == "on_time" and found["special/2026-10-01/2"] == "overdue"
    assert (found["1"], found["2"], found["3"]) == ("on_time", "on_time", "overdue"), "that day counts for both"
    second = duty(made, "special/2026-10-01/2")
    assert (str(second["started_at"]), str(second["due_at"])) == ("2026-10-01 00:00:00", "2026-10-07 23:59:59")
    assert second["due_basis"] == "国庆（2026-10-01 至 2026-10-07，示例〔2026〕5号）另巡查 2 次；第 2 次"
    assert len(turns(made, NANJIN)) == 4


@pytest.mark.parametrize(
    "change",
    [{"notice_no": ""}, {"notice_on": ""}, {"notice_on": "2026-10-08"}, {"special_to": ""}],
    ids=["no number", "no day", "a notice after the period", "no end"],
)
def test_a_special_period_without_a_notice_in_time_asks_for_nothing(change: dict[str, str]) -> None:
    made = house("2026-10-08")
    made.ledger("patrol_plan", [plan("2", **{**SPECIAL, **change})], received="2026-10-02 08:00")
    made.build()
    assert list(turns(made)) == ["1", "2", "3", "4"]


def test_days_before_the_notice_do_not_count() -> None:
    made = house("2026-10-02", "2026-10-05")
    made.ledger("patrol_plan", [plan("2", **{**SPECIAL, "notice_on": "2026-10-04"})], received="2026-10-02 08:00")
    made.build()
    found = turns(made)
    assert (found["special/2026-10-01/1"], found["special/2026-10-01/2"]) == ("on_time", "overdue")
    assert str(duty(made, "special/2026-10-01/1")["started_at"]) == "2026-10-04 00:00:00"


def test_two_periods_from_one_day_and_one_period_told_in_two_months() -> None:
    made = house("2026-10-02")
    longer = {**SPECIAL, "special_name": "秋冬", "special_to": "2026-10-31"}
    made.ledger("patrol_plan", [plan("1", **SPECIAL), plan("2", **longer)], received="2026-10-02 08:00")
    both = {**SPECIAL, "special_name": "汛期", "special_from": "2026-10-30", "special_to": "2026-11-02"}
    made.ledger(
        "patrol_plan", [plan("1", **both), plan("1", plan_month="2026-11", **both)], received="2026-10-03 08:00"
    )
    made.build()
    assert [part for part in turns(made) if "special" in part] == [
        "special/2026-10-01/1", "special/2026-10-01_2026-10-31/1", "special/2026-10-01_2026-10-31/2",
    ]  # fmt: skip
    assert {part: state for part, state in turns(made, month="2026-11").items() if "special" in part} == {
        "special/2026-10-30/1": "pending"
    }, "over, but November's ledger is not yet asked for"


def test_a_special_period_begins_with_its_first_day() -> None:
    made = house("2026-10-08")
    later = {**SPECIAL, "special_from": "2026-11-07", "special_to": "2026-11-09"}
    made.ledger("patrol_plan", [plan("1", plan_month="2026-11", **later)], received="2026-10-02 08:00")
    assert list(turns(made.build(), month="2026-11")) == ["1", "2", "3", "4"]


def test_patrols_of_nobody_known_leave_the_grid_open_until_enough_days_are_known() -> None:
    blank = {"by_grid": ""}
    rows = [patrol(str(n), "马路镇", f"2026-10-{n:02}", "示例某", by_grid="马路镇") for n in range(1, 4)]
    made = House()
    file_id = made.ledger("patrol", [*rows, patrol("9", "马路镇", "2026-10-09", "示例某某", **blank)])
    made.build()
    assert turns(made, "g430923120") == {}
    told = made.rows("select * from published.unmeasurable_grid where month = '2026-10'")
    by_metric = {(row["metric_id"], row["grid_id"]): row["reason_zh"] for row in told}
    rows_zh = {(row["metric_id"], row["grid_id"]): row["rows_zh"] for row in told}
    assert rows_zh["patrol_frequency", "g430923120"] == f"行编号 {file_id}#csv!5"
    assert ("patrol_coverage", "g430923120") not in by_metric, "it was patrolled at all"
    assert "说不出是谁的人" in by_metric["patrol_frequency", "g430923120"]
    measurable = made.one(
        "select * from published.measurable where metric_id = 'patrol_frequency' and county_id = 'anhua'"
        " and month = '2026-10'"
    )
    assert measurable["measurable"] == "partial" and "马路镇" in measurable["reason_zh"]
    assert f"{file_id}#csv!5" in measurable["reason_zh"]
    assert set(turns(made).values()) == {"overdue"}

    made = House()
    made.ledger("patrol", [*rows, patrol("4", "马路镇", "2026-10-04", "示例某", by_grid="马路镇"),
                           patrol("9", "马路镇", "2026-10-09", "示例某某", **blank)])  # fmt: skip
    made.build()
    assert list(turns(made, "g430923120").values()) == ["on_time"] * 4


def test_a_grid_that_begins_or_ends_within_the_month_owes_nothing_and_a_renamed_one_owes_once() -> None:
    made = house("2026-10-08")
    made.ledger(
        "grid",
        [
            register("430923999", "示例新镇", "2026-10-10"),
            register("430923211", "南金乡", "2021-05-07", valid_to="2026-10-20"),
            register("430923209", "田庄镇", "2026-10-15"),
        ],
        received="2026-10-20 08:00",
    )
    made.build()
    assert len(turns(made)) == 4, "renamed within the month, it is one grid all along"
    assert turns(made, NANJIN) == {}
    new = made.values("select grid_id from published.grid where name = '示例新镇'")
    assert new and turns(made, new[0]) == {} and len(turns(made, new[0], "2026-11")) == 4
