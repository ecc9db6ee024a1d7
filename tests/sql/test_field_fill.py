"""字段填报: which cells count as empty once a ledger was mended in part, withdrawn from, or replaced."""

from __future__ import annotations

import pytest
from house import PROBLEM_FIELDS, House, patrol, problem

FIELDS = ["patrol_no", "grid", "started_at", "inspectors", "findings"]


def column(house: House, month: str, name: str, table: str = "patrol") -> dict[str, object]:
    return house.one(
        "select state, due_basis, met_at from published.obligation"
        f" where obligation_id = 'field_completeness/anhua/{month}/{table}/{name}'"
    )


def due_column(house: House) -> dict[str, object]:
    return column(house, "2026-10", "rectify_due", "problem")


def test_empty_cells_filled_by_a_part_of_the_ledger_are_filled() -> None:
    house = House("2026-11-10 09:00")
    rows = [problem(f"A{n}", **({"due": ""} if n < 3 else {})) for n in range(1, 21)]
    house.ledger("problem", rows, fields=PROBLEM_FIELDS)
    house.ledger("problem", [problem("A1"), problem("A2")], received="2026-11-03 10:00", fields=PROBLEM_FIELDS)
    assert due_column(house.build())["state"] == "on_time"


def test_what_was_withdrawn_needs_no_deadline() -> None:
    house = House("2026-11-10 09:00")
    rows = [problem(f"A{n}", **({"due": "", "closure": "作废"} if n < 3 else {})) for n in range(1, 21)]
    house.ledger("problem", rows, fields=PROBLEM_FIELDS)
    assert due_column(house.build())["state"] == "on_time"


def test_rows_of_a_file_that_was_replaced_repeat_nothing() -> None:
    house = House("2026-11-10 09:00")
    rows = [patrol(f"P{n}", "田庄乡", f"2026-10-{n % 27 + 1:02}", "张示例") for n in range(36)]
    house.ledger("patrol", rows, fields=FIELDS)
    broken = patrol("P99", "田庄乡", "2026-10-28", "")
    house.ledger("patrol", [*rows[:18], broken], received="2026-11-03 10:00", fields=FIELDS)
    house.ledger("patrol", rows[18:35], received="2026-11-04 10:00", fields=FIELDS)
    assert column(house.build(), "2026-10", "inspectors")["state"] == "on_time", "35 of 36"


@pytest.mark.parametrize("cut", [0, 1, 11, 20, 22])
def test_a_record_told_twice_in_one_delivery_is_counted_once(cut: int) -> None:
    """19 of 20 filled are enough; the empty one told three times, in one file or in two, is still one of twenty."""
    house = House()
    lines = [problem(f"A{n}", "2026-09-08", **({"due": ""} if n == 1 else {})) for n in range(1, 21)]
    lines = [*lines, lines[0], lines[0]]
    for part in (lines[:cut], lines[cut:]):
        if part:
            house.ledger("problem", part, month="2026-09", received="2026-10-03 10:00", fields=PROBLEM_FIELDS)
    found = column(house.build(), "2026-09", "rectify_due", "problem")
    assert (found["state"], str(found["met_at"])) == ("on_time", "2026-10-03 10:00:00")


def test_a_returned_row_told_twice_is_one_row_until_it_is_mended() -> None:
    house = House()
    lines = [patrol(f"P{n}", "田庄乡", f"2026-09-{n:02}", "张示例") for n in range(1, 20)]
    broken = patrol("P20", "田庄乡", "2026-09-20", "")
    house.ledger("patrol", [*lines, broken, broken], month="2026-09", received="2026-10-03 10:00", fields=FIELDS)
    assert column(house.build(), "2026-09", "inspectors")["state"] == "on_time", "19 of 20 are 95 %"
