"""字段填报: which cells count as empty once a ledger was mended in part, withdrawn from, or replaced."""

from __future__ import annotations

from house import PROBLEM_FIELDS, House, patrol, problem


def due_column(house: House) -> dict[str, object]:
    return house.one(
        "select state, due_basis from published.obligation"
        " where obligation_id = 'field_completeness/anhua/2026-10/problem/rectify_due'"
    )


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
    fields = ["patrol_no", "grid", "started_at", "inspectors", "findings"]
    rows = [patrol(f"P{n}", "田庄乡", f"2026-10-{n % 27 + 1:02}", "张示例") for n in range(36)]
    house.ledger("patrol", rows, fields=fields)
    broken = patrol("P99", "田庄乡", "2026-10-28", "")
    house.ledger("patrol", [*rows[:18], broken], received="2026-11-03 10:00", fields=fields)
    house.ledger("patrol", rows[18:35], received="2026-11-04 10:00", fields=fields)
    found = house.build().one(
        "select state from published.obligation"
        " where obligation_id = 'field_completeness/anhua/2026-10/patrol/inspectors'"
    )
    assert found["state"] == "on_time", "35 of 36"
