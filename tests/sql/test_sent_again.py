"""Rows that came again: which row a repeat equals, what still awaits, what is mended, and years written wrongly."""

from __future__ import annotations

from typing import Any

from house import House, problem


def returned(house: House) -> list[dict[str, Any]]:
    return house.rows(
        "select row_id, rule, is_mended, is_awaiting from published.quarantine where severity = 'reject'"
        " order by row_id"
    )


def test_a_number_used_for_another_record_is_not_mended_by_the_first_one_told_again() -> None:
    house = House(as_of="2026-12-10 09:00")
    first = problem("1", "2026-10-08", description="河边垃圾未清", rectified_at="2026-10-18")
    other = problem("1", "2026-11-20", "2026-11-30", description="沙场扬尘", grid="马路镇")
    house.ledger("problem", [first])
    house.ledger("problem", [other], month="2026-11", received="2026-12-02 10:00")
    house.ledger("problem", [{**first, "village": "示例村"}], received="2026-12-03 10:00")
    house.build()
    assert [(row["rule"], row["is_mended"], row["is_awaiting"]) for row in returned(house)] == [
        ("another_record", False, True)
    ]


def test_of_a_row_that_went_back_several_times_the_last_one_awaits() -> None:
    house = House()
    bad = [problem("1", "上旬"), problem("2", "中旬"), problem("3", "下旬")]
    first = house.ledger("problem", bad)
    second = house.ledger("problem", [bad[0], {**bad[1], "discovered_at": "十月中"}], received="2026-11-03 10:00")
    third = house.ledger("problem", [bad[0], problem("2")], received="2026-11-04 10:00")
    house.build()
    awaiting = [row["row_id"] for row in returned(house) if row["is_awaiting"]]
    assert awaiting == [f"{first}#csv!4", f"{third}#csv!2"]
    assert {row["row_id"]: row["is_mended"] for row in returned(house)} == {
        f"{first}#csv!2": True, f"{first}#csv!3": True, f"{first}#csv!4": False,
        f"{second}#csv!2": True, f"{second}#csv!3": True, f"{third}#csv!2": False,
    }  # fmt: skip


def test_two_records_of_one_number_both_await() -> None:
    house = House(as_of="2027-01-10 09:00")
    months = (("2026-10", "2026-11"), ("2026-11", "2026-12"), ("2026-12", "2027-01"))
    for number, (month, received) in enumerate(months):
        row = problem(
            "1", f"{month}-15", f"{month}-25", description=f"第{number}事", grid=("田庄乡", "马路镇", "奎溪镇")[number]
        )
        house.ledger("problem", [row], month=month, received=f"{received}-02 10:00")
    house.build()
    assert [(row["rule"], row["is_awaiting"]) for row in returned(house)] == [("another_record", True)] * 2


def test_a_repeated_row_names_the_row_that_counts() -> None:
    house = House()
    first = house.ledger("problem", [problem("1"), problem("2")])
    second = house.ledger("problem", [problem("1"), problem("2", village="示例村")], received="2026-11-03 10:00")
    third = house.ledger("problem", [problem("2", village="示例村")], received="2026-11-04 10:00")
    house.build()
    assert house.rows("select * from published.repeated_row order by row_id") == [
        {"row_id": f"{second}#csv!2", "same_as_row_id": f"{first}#csv!2"},
        {"row_id": f"{third}#csv!2", "same_as_row_id": f"{second}#csv!3"},
    ]


def far(house: House) -> list[tuple[str, str, str]]:
    found = house.rows("select column_name, severity, value from published.quarantine where rule = 'far_from_month'")
    return [tuple(row.values()) for row in found]  # type: ignore[misc]


def test_a_year_mistyped_throughout_a_row_is_asked_about() -> None:
    house = House()
    wrong = problem("2", "2025-10-08", "2025-10-20", rectified_at="2025-10-18")
    house.ledger("problem", [problem("1"), wrong, problem("3", "2026-09-20")])
    house.ledger("problem", [problem("9", "2025-10-31", "2025-11-20", grid="修山镇")], county="taojiang")
    house.build()
    assert sorted(far(house)) == [("discovered_at", "warn", "2025-10-08"), ("discovered_at", "warn", "2025-10-31")]
    assert house.values("select sum(warned) from published.submission") == [2]


def test_a_running_ledger_may_hold_old_problems() -> None:
    house = House()
    house.ledger("problem", [problem("1"), problem("2", "2026-05-08"), problem("3", "2025-10-08", "2025-10-20")])
    house.build()
    assert far(house) == []
