"""What a county owes as a sender: each ledger in time, and in it each column that is asked for."""

from __future__ import annotations

from typing import Any

import pytest
from house import PROBLEM_FIELDS, House, patrol, problem

FIELDS = ["patrol_no", "grid", "started_at", "inspectors", "findings"]
WITHOUT_DUE = [name for name in PROBLEM_FIELDS if name != "rectify_due"]


def sent(month: str, received: str, *, rows: int = 1, as_of: str = "2026-11-06 09:00") -> House:
    house = House(as_of)
    lines = [patrol(f"P{n}", "田庄乡", f"{month}-{n % 27 + 1:02}", "张示例") for n in range(rows)]
    house.ledger("patrol", lines, month=month, received=received, fields=FIELDS)
    return house


def ledger(house: House, month: str, table: str = "patrol", county: str = "anhua") -> dict[str, Any]:
    return house.one(
        f"select * from published.obligation where obligation_id = 'export_submission/{county}/{month}/{table}'"
    )


def column(house: House, month: str, name: str, table: str = "patrol") -> dict[str, Any]:
    return house.one(
        f"select * from published.obligation where obligation_id = 'field_completeness/anhua/{month}/{table}/{name}'"
    )


@pytest.mark.parametrize(
    ("month", "received", "due", "state"),
    [
        ("2026-09", "2026-10-03 10:00", "2026-10-08 23:59:59", "on_time"),  # the 5th lies in the holidays
        ("2026-09", "2026-10-08 23:59:59", "2026-10-08 23:59:59", "on_time"),
        ("2026-09", "2026-10-09 00:00:00", "2026-10-08 23:59:59", "late"),
        ("2026-08", "2026-09-06 08:00", "2026-09-07 23:59:59", "on_time"),  # the 5th is a Saturday
        ("2026-10", "2026-11-05 18:00", "2026-11-05 23:59:59", "on_time"),
    ],
)
def test_a_ledger_is_due_on_the_fifth_or_the_next_working_day(month: str, received: str, due: str, state: str) -> None:
    found = ledger(sent(month, received).build(), month)
    assert (str(found["due_at"]), found["state"]) == (due, state)
    assert (found["owner_level"], found["about_month"], found["period"]) == (2, month, due[:7])
    assert found["met_row_id"].endswith("#csv!1") and found["duty_row_id"] is None


def test_what_did_not_come_is_overdue_and_before_the_fifth_pending() -> None:
    assert ledger(sent("2026-10", "2026-11-02 10:00").build(), "2026-10", "problem")["state"] == "overdue"
    early = sent("2026-10", "2026-11-02 10:00", as_of="2026-11-04 09:00").build()
    assert ledger(early, "2026-10", "problem")["state"] == "pending"
    assert early.values("select count(*) from published.obligation where about_month = '2026-11'") == [0]


def test_a_day_the_calendar_does_not_hold_is_no_deadline_yet() -> None:
    found = ledger(sent("2026-12", "2027-01-20 10:00", as_of="2027-02-01 09:00").build(), "2026-12")
    assert (found["state"], found["due_at"], found["period"]) == ("pending", None, "2027-01")
    assert "日历未发布" in found["due_basis"]


def test_a_ledger_from_before_the_months_end_counts_and_says_so() -> None:
    found = ledger(sent("2026-09", "2026-09-25 10:00").build(), "2026-09")
    assert found["state"] == "on_time"
    assert found["due_basis"].endswith("；月底前收到，可能未含全月")
    house = sent("2026-09", "2026-09-25 10:00")
    house.ledger(
        "patrol", [patrol("Z", "田庄乡", "2026-09-29", "张示例")], month="2026-09", received="2026-10-02 10:00"
    )
    assert "月底前" not in ledger(house.build(), "2026-09")["due_basis"]


def test_an_empty_ledger_has_come_and_one_that_went_back_whole_has_not() -> None:
    house = House()
    house.ledger("problem", [problem("N", "2026-09-02", grid="南洲镇")], county="nanxian", month="2026-09")
    house.ledger("patrol", [], month="2026-09", received="2026-10-03 10:00", fields=FIELDS)
    house.ledger("problem", [problem("A", discovered="2027-09-09")], month="2026-09", received="2026-10-03 10:00")
    house.build()
    assert ledger(house, "2026-09")["state"] == "on_time"
    assert column(house, "2026-09", "inspectors")["state"] == "on_time"
    back = ledger(house, "2026-09", "problem")
    assert (back["state"], back["met_at"]) == ("overdue", None)
    assert back["due_basis"].endswith("各行全部退回，不算报送")
    assert column(house, "2026-09", "grid", "problem")["state"] == "unreported"


def test_the_detachment_owes_no_sending_and_figures_climb_to_the_city() -> None:
    house = sent("2026-09", "2026-10-03 10:00").build()
    owners = house.values("select distinct county_id from published.obligation where metric_id = 'export_submission'")
    assert len(owners) == 8 and "city" not in owners
    for grid, due in (("anhua", 2), ("u1", 4), ("city", 16)):
        for level in ("2", "all"):
            value = house.one(
                "select * from published.metric_value where metric_id = 'export_submission' and period_kind = 'month'"
                f" and period = '2026-10' and grid_id = '{grid}' and owner_level = '{level}'"
            )
            assert (value["on_time"], value["due"]) == (1, due)
    told = house.rows("select * from published.measurable where metric_id = 'export_submission' and month = '2026-10'")
    assert {(row["measurable"], row["is_delivered"]) for row in told} == {("yes", True)} and len(told) == 8


def test_a_missing_column_is_overdue_and_names_column_and_file() -> None:
    house = House()
    rows = [problem(f"A{n}", "2026-09-08", rectified_at="") for n in range(3)]
    house.ledger("problem", rows, month="2026-09", received="2026-10-03 10:00", fields=WITHOUT_DUE)
    house.build()
    found = column(house, "2026-09", "rectify_due", "problem")
    assert (found["state"], found["met_row_id"]) == ("overdue", None)
    assert found["due_basis"].endswith("；表头无“整改时限”列（2026-09/anhua/1.csv）")
    assert column(house, "2026-09", "rectified_at", "problem")["state"] == "on_time"  # may rightly be empty
    asked = house.values("select field from published.asked_field where table_name = 'problem' order by field")
    must_be_filled = {"problem_no", "description", "source", "grid", "category", "discovered_at"}
    assert must_be_filled | {"rectify_due", "rectified_at", "registered_at"} <= set(asked)
    assert {"closed_at", "village"} & set(asked) == {"closed_at"}


def test_a_column_brought_later_is_late_and_a_late_ledgers_columns_are_not() -> None:
    house = House()
    rows = [problem(f"A{n}", "2026-09-08") for n in range(3)]
    house.ledger("problem", rows, month="2026-09", received="2026-10-03 10:00", fields=WITHOUT_DUE)
    house.ledger("problem", rows, month="2026-09", received="2026-10-20 10:00")
    house.ledger(
        "patrol", [patrol("P", "田庄乡", "2026-09-05", "张示例")], month="2026-09", received="2026-10-20 10:00"
    )
    house.build()
    assert column(house, "2026-09", "rectify_due", "problem")["state"] == "late"
    assert column(house, "2026-09", "source", "problem")["state"] == "on_time"
    assert ledger(house, "2026-09")["state"] == "late"
    found = column(house, "2026-09", "grid")
    assert (found["state"], str(found["due_at"])) == ("on_time", "2026-10-20 10:00:00")
    assert str(found["original_due_at"]) == "2026-10-20 10:00:00", "nothing was extended"
    assert found["due_basis"].endswith("；巡查记录迟于 2026-10-08 报来，以收到之时为限")


@pytest.mark.parametrize(("rows", "state"), [(19, "on_time"), (18, "overdue")])
def test_cells_that_must_be_filled_are_by_ninety_five_in_a_hundred(rows: int, state: str) -> None:
    """One empty cell among twenty rows is borne, among nineteen it is not; the row itself goes back either way."""
    house = House()
    lines = [patrol(f"P{n}", "田庄乡", f"2026-09-{n + 1:02}", "张示例") for n in range(rows)]
    lines.append(patrol("LAST", "田庄乡", "2026-09-28", ""))
    house.ledger("patrol", lines, month="2026-09", received="2026-10-03 10:00", fields=FIELDS)
    house.build()
    found = column(house, "2026-09", "inspectors")
    assert found["state"] == state
    assert ("只填 18 行" in found["due_basis"]) == (state == "overdue")
    assert column(house, "2026-09", "findings")["state"] == "on_time"


def test_an_empty_ledger_in_time_does_not_make_the_rows_of_two_weeks_later_punctual() -> None:
    house = House()
    house.ledger("patrol", [], month="2026-09", received="2026-10-03 10:00", fields=FIELDS)
    house.ledger(
        "patrol", [patrol("P", "田庄乡", "2026-09-05", "张示例")], month="2026-09", received="2026-10-20 10:00"
    )
    house.build()
    found = ledger(house, "2026-09")
    assert (found["state"], str(found["met_at"])) == ("late", "2026-10-20 10:00:00")
    assert found["met_row_id"].startswith("anhua/2026-09/00000002")


def test_a_header_alone_does_not_stand_for_rows_that_all_went_back() -> None:
    house = House()
    house.ledger("problem", [problem("A", "2026-09-02")], month="2026-09", received="2026-10-03 10:00")
    house.ledger("patrol", [], month="2026-09", received="2026-10-03 10:00", fields=FIELDS)
    bad = [patrol("P", "田庄乡", "2026-09-05", "")]
    house.ledger("patrol", bad, month="2026-09", received="2026-10-04 10:00", fields=FIELDS)
    house.build()
    found = ledger(house, "2026-09")
    assert (found["state"], found["met_at"]) == ("overdue", None)
    assert found["due_basis"].endswith("各行全部退回，不算报送")
    assert house.values(
        "select distinct state from published.obligation where metric_id = 'patrol_coverage' and period = '2026-09'"
        " and county_id = 'anhua'"
    ) == ["unreported"]
    told = house.one(
        "select reason_zh from published.measurable where metric_id = 'patrol_coverage' and county_id = 'anhua'"
        " and month = '2026-09'"
    )
    assert "全部退回" in told["reason_zh"]


def due_column(*files: tuple[str, int, list[str]]) -> dict[str, Any]:
    """The duty of 整改时限 where these ledgers came: when, how many problems, with which columns.

    The first holds its own problem; all others are the same ledger, sent again.
    """
    house = House("2026-11-20 09:00")
    for place, (received, rows, fields) in enumerate(files):
        lines = [problem(f"{'T' if place else 'S'}{n}", "2026-09-08") for n in range(rows)]
        house.ledger("problem", lines, month="2026-09", received=received, fields=fields)
    return column(house.build(), "2026-09", "rectify_due", "problem")


def test_what_is_enough_is_asked_of_all_files_together_at_the_deadline() -> None:
    """One full row first, then thirty without the column: the re-send that brings it comes late."""
    short = ("2026-10-04 10:00", 30, WITHOUT_DUE)
    assert due_column(("2026-10-03 10:00", 1, PROBLEM_FIELDS), short)["state"] == "overdue"
    late = due_column(("2026-10-03 10:00", 1, PROBLEM_FIELDS), short, ("2026-10-20 10:00", 30, PROBLEM_FIELDS))
    assert (late["state"], str(late["met_at"])) == ("late", "2026-10-20 10:00:00")
    assert late["met_row_id"].startswith("anhua/2026-09/00000003")
    in_time = due_column(("2026-10-03 10:00", 1, PROBLEM_FIELDS), short, ("2026-10-07 10:00", 30, PROBLEM_FIELDS))
    assert (in_time["state"], str(in_time["met_at"])) == ("on_time", "2026-10-07 10:00:00")


def test_what_was_enough_at_the_deadline_and_is_again_was_in_time() -> None:
    full = ("2026-10-03 10:00", 30, PROBLEM_FIELDS)
    later = ("2026-10-20 10:00", 5, WITHOUT_DUE)
    assert due_column(full, later)["state"] == "overdue"
    found = due_column(full, later, ("2026-10-25 10:00", 5, PROBLEM_FIELDS))
    assert (found["state"], str(found["met_at"])) == ("on_time", "2026-10-03 10:00:00")
    assert found["met_row_id"].startswith("anhua/2026-09/00000001")


@pytest.mark.parametrize(
    ("more", "state", "filled"),
    [
        ({}, "overdue", "读到 4 行，只填 2 行"),
        ({"corrected_on_spot": "否"}, "overdue", "读到 4 行，只填 2 行"),
        ({"corrected_on_spot": "是"}, "on_time", ""),
        ({"is_duplicate": "是"}, "on_time", ""),
    ],
)
def test_a_deadline_left_empty_is_not_filled_unless_none_is_needed(
    more: dict[str, str], state: str, filled: str
) -> None:
    house = House()
    rows = [problem(f"A{n}", "2026-09-08", **(more | {"due": ""} if n > 2 else {})) for n in range(1, 5)]
    house.ledger("problem", rows, month="2026-09", received="2026-10-03 10:00")
    house.build()
    found = column(house, "2026-09", "rectify_due", "problem")
    assert found["state"] == state and filled in found["due_basis"]
    assert column(house, "2026-09", "rectified_at", "problem")["state"] == "on_time", "not done yet may stay empty"


def test_a_late_ledgers_columns_are_not_extended() -> None:
    house = sent("2026-09", "2026-10-20 10:00").build()
    value = house.one(
        "select rate, rate_original, on_time, on_time_original from published.metric_value"
        " where metric_id = 'field_completeness' and period_kind = 'month' and period = '2026-10'"
        " and grid_id = 'anhua' and owner_level = 'all'"
    )
    assert value["on_time"] == value["on_time_original"] == 4
    assert value["rate"] == value["rate_original"]


def test_rows_mended_by_a_later_file_are_empty_no_more() -> None:
    house = House()
    first = [patrol(f"P{n}", "田庄乡", f"2026-09-0{n}", "张示例" if n > 2 else "") for n in range(1, 7)]
    house.ledger("patrol", first, month="2026-09", received="2026-10-03 10:00", fields=FIELDS)
    mended = [patrol(f"P{n}", "田庄乡", f"2026-09-0{n}", "张示例") for n in (1, 2)]
    house.ledger("patrol", mended, month="2026-09", received="2026-10-07 10:00", fields=FIELDS)
    found = column(house.build(), "2026-09", "inspectors")
    assert (found["state"], str(found["met_at"])) == ("on_time", "2026-10-07 10:00:00")
