"""What a later ledger may and may not undo: added columns, planned dates, unreadable cells, older months, visits."""

from __future__ import annotations

import pytest
from house import House, patrol, person, problem

VISITS = ["problem_no", "by_grid", "done_at", "kind", "result", "new_due"]
BARE = ["problem_no", "description", "source", "grid", "category", "discovered_at", "rectify_due"]


def visit(number: str, day: str, result: str, new_due: str = "") -> dict[str, str]:
    return {
        "problem_no": number,
        "by_grid": "安化县",
        "done_at": day,
        "kind": "复查",
        "result": result,
        "new_due": new_due,
    }


def states(house: House, number: str = "A") -> list[str]:
    return house.values(
        "select state from published.obligation where metric_id = 'rectification'"
        f" and subject_id = 'anhua/{number}' order by round"
    )


def coverage(house: House, grid_id: str = "g430923209") -> list[str]:
    return house.values(
        "select state from published.obligation where metric_id = 'patrol_coverage'"
        f" and grid_id = '{grid_id}' and period = '2026-10'"
    )


def test_an_empty_column_added_later_makes_the_duty_known() -> None:
    house = House()
    house.ledger("problem", [problem("A")], fields=BARE, received="2026-10-09 10:00")
    house.ledger("problem", [problem("A")], fields=[*BARE, "rectified_at"])
    assert states(house.build()) == ["overdue"]


def test_a_completion_by_closing_stands_when_the_own_column_comes_later_and_empty() -> None:
    house = House()
    closed = problem("A", closed_at="2026-10-18")
    house.ledger("problem", [closed], fields=[*BARE, "closed_at"], received="2026-10-20 10:00")
    house.ledger("problem", [closed], fields=[*BARE, "closed_at", "rectified_at"])
    assert states(house.build()) == ["on_time"]


@pytest.mark.parametrize(("text", "rule"), [("已完成", "date_unreadable"), ("2026年10月32日", "date_impossible")])
def test_an_unreadable_completion_does_not_take_back_the_one_before(text: str, rule: str) -> None:
    house = House()
    house.ledger("problem", [problem("A", rectified_at="2026-10-18")], received="2026-10-20 10:00")
    house.ledger("problem", [problem("A", rectified_at=text)])
    house.build()
    assert states(house) == ["on_time"]
    assert str(house.one("select rectified_at from staging.problem_now")["rectified_at"]) == "2026-10-18 00:00:00"
    assert house.rows("select rule, severity from published.quarantine") == [{"rule": rule, "severity": "warn"}]


@pytest.mark.parametrize("text", ["未完成", "未整改", "整改中", "未销号"])
def test_not_yet_is_an_empty_cell_and_takes_the_completion_back(text: str) -> None:
    house = House()
    house.ledger("problem", [problem("A", rectified_at="2026-10-18")], received="2026-10-20 10:00")
    house.ledger("problem", [problem("A", rectified_at=text)])
    house.build()
    assert states(house) == ["overdue"]
    assert house.values("select rule from published.quarantine") == []


def test_a_date_written_before_it_came_is_a_plan_not_a_deed() -> None:
    house = House(as_of="2026-12-10 09:00")
    house.ledger("problem", [problem("A", due="2026-11-30", rectified_at="2026-11-28")])
    planned = problem("B", rectified_at="2026-10-18", reinspected_at="2026-11-28", reinspection_result="不合格")
    house.ledger("problem", [planned])
    house.build()
    assert (states(house), states(house, "B")) == (["overdue"], ["on_time"])


def test_a_plan_told_again_after_its_day_is_a_deed() -> None:
    house = House(as_of="2026-12-10 09:00")
    for month, received in (("2026-10", "2026-11-02 10:00"), ("2026-11", "2026-12-02 10:00")):
        house.ledger(
            "problem", [problem("A", due="2026-11-30", rectified_at="2026-11-28")], month=month, received=received
        )
    assert states(house.build()) == ["on_time"]


def test_an_older_month_sent_again_does_not_undo_the_newer_ledger() -> None:
    house = House()
    old = problem("A", "2026-09-20", "2026-10-20")
    house.ledger("problem", [old], month="2026-09", received="2026-10-03 10:00")
    house.ledger("problem", [problem("A", "2026-09-20", "2026-10-20", rectified_at="2026-10-15")])
    house.ledger("problem", [{**old, "village": "示例村"}], month="2026-09", received="2026-11-03 10:00")
    assert states(house.build()) == ["on_time"]


def test_a_failure_in_the_ledger_is_not_hidden_by_a_visit_book_without_result() -> None:
    house = House()
    row = problem("A", rectified_at="2026-10-12", reinspected_at="2026-10-15", reinspection_result="不合格")
    house.ledger("problem", [{**row, "new_due": "2026-10-25"}])
    house.ledger("follow_up", [visit("A", "2026-10-15", "")], fields=VISITS)
    assert states(house.build()) == ["on_time", "overdue"]


def test_failed_in_the_morning_and_passed_in_the_afternoon_is_mended() -> None:
    house = House()
    house.ledger("problem", [problem("A", rectified_at="2026-10-12")])
    visits = [visit("A", "2026-10-15 09:00", "不合格", "2026-10-30"), visit("A", "2026-10-15 16:00", "合格")]
    house.ledger("follow_up", visits, fields=VISITS)
    assert states(house.build()) == ["on_time", "on_time"]


def test_a_passed_visit_proves_what_nobody_wrote_down() -> None:
    house = House()
    house.ledger("problem", [problem("A")])
    house.ledger("follow_up", [visit("A", "2026-10-18", "合格")], fields=VISITS)
    assert states(house.build()) == ["on_time"]


def test_a_visit_to_another_problem_does_not_stand_for_the_one_dropped() -> None:
    house = House()
    house.ledger("problem", [problem(number, rectified_at="2026-10-18") for number in "ABC"])
    failed = [visit("A", "2026-10-22", "不合格", "2026-10-30"), visit("C", "2026-10-22", "合格")]
    house.ledger("follow_up", failed, fields=VISITS)
    again = [visit("B", "2026-10-22", "合格"), visit("C", "2026-10-22", "合格")]
    house.ledger("follow_up", again, fields=VISITS, received="2026-11-03 10:00")
    assert states(house.build()) == ["on_time", "overdue"]


def test_step_by_step_corrections_stay_one_record() -> None:
    house = House()
    rows = [
        problem("A", description="示例一"),
        problem("A", grid="马路镇", description="示例一"),
        problem("A", "2026-10-09", grid="马路镇", description="示例二", rectified_at="2026-10-18"),
    ]
    for day, row in enumerate(rows, 25):
        house.ledger("problem", [row], received=f"2026-10-{day} 10:00")
    assert states(house.build()) == ["on_time"]


def test_corrected_on_the_spot_gives_way_to_a_later_completion() -> None:
    house = House()
    house.ledger("problem", [problem("A", corrected_on_spot="是", rectified_at="2026-11-01")])
    assert states(house.build()) == ["late"]


@pytest.mark.parametrize(
    "absence",
    [
        {"name": "示例甲", "kind": "请假", "deputy": "示例丁"},
        {"name": "示例丁", "kind": "代理", "deputy": ""},
    ],
)
def test_a_deputy_s_patrol_counts_while_he_stands_in(absence: dict[str, str]) -> None:
    house = House()
    away = {**person("", "田庄乡", since="2026-10-01", valid_to="2026-10-31"), **absence}
    house.ledger("person", [{**person("示例甲", "田庄乡"), "kind": "", "deputy": ""}, away])
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-05", "示例丁")])
    assert coverage(house.build()) == ["on_time"]


def test_who_led_the_patrol_went_too() -> None:
    house = House()
    house.ledger("person", [person("示例甲", "田庄乡"), person("示例长", "田庄乡", "机构负责人")])
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-05", "示例外人", leader="示例长")])
    assert coverage(house.build()) == ["on_time"]


def test_a_part_without_a_date_does_not_relieve_the_whole() -> None:
    house = House()
    house.ledger("problem", [problem("A"), problem("A1", due="", parent_problem_no="A")])
    house.build()
    assert (states(house), states(house, "A1")) == (["overdue"], ["no_deadline"])
