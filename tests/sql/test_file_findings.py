"""What is odd about a whole file: a column that was there the month before, rows of another month, no row at all."""

from __future__ import annotations

from house import House, patrol, problem

FIELDS = ["patrol_no", "grid", "started_at", "inspectors", "findings"]


def sent(house: House, month: str, number: str, *fields: str, county: str = "anhua") -> str:
    """A patrol ledger of one row with these columns beside the usual ones."""
    row = patrol(number, {"anhua": "田庄乡", "nanxian": "南洲镇"}[county], f"{month}-05", "张示例")
    return house.ledger("patrol", [row], month=month, county=county, fields=[*FIELDS, *fields])


def found(house: House, rule: str) -> list[tuple[str, ...]]:
    rows = house.rows(f"select * from published.file_finding where rule = '{rule}' order by file_id, column_name")
    return [(row["file_id"], row["table_name"], row["column_zh"], row["value"]) for row in rows]


def test_a_column_that_was_there_the_month_before_is_missed_once_with_the_file_that_had_it() -> None:
    house = House()
    sent(house, "2026-07", "1", "by_grid", "note")
    second = sent(house, "2026-09", "2", "note")
    sent(house, "2026-10", "3", "note")
    house.build()
    assert found(house, "column_vanished") == [(second, "patrol", "实施网格", "2026-07/anhua/1.csv")]
    (row,) = house.rows("select * from published.file_finding")
    assert row["message_zh"] == "“实施网格”列上一次还有（2026-07/anhua/1.csv），本件没有了"
    assert row["mend_zh"].startswith("请核对是否漏了“实施网格”列，补上后重新报送")
    assert (row["severity"], row["county_id"], row["month"]) == ("warn", "anhua", "2026-09")


def test_a_second_file_of_the_month_that_has_it_ends_the_alarm() -> None:
    house = House()
    sent(house, "2026-09", "1", "by_grid")
    sent(house, "2026-10", "2")
    sent(house, "2026-10", "2", "by_grid")
    assert found(house.build(), "column_vanished") == []


def test_each_sender_and_table_is_compared_with_itself() -> None:
    house = House()
    sent(house, "2026-09", "1", "by_grid")
    sent(house, "2026-10", "1", county="nanxian")
    house.ledger("problem", [problem("A")], month="2026-10")
    assert found(house.build(), "column_vanished") == []


def test_a_required_column_is_missed_too_and_a_day_no_longer_apart_from_its_clock_is_not() -> None:
    house = House()
    sent(house, "2026-09", "1", "started_on")
    row = {**patrol("2", "田庄乡", "2026-10-05", "张示例")}
    second = house.ledger("patrol", [row], fields=[name for name in FIELDS if name != "findings"])
    assert found(house.build(), "column_vanished") == [(second, "patrol", "发现问题数", "2026-09/anhua/1.csv")]


def test_rows_of_other_months_are_told_once_a_file_and_kept_by_their_date() -> None:
    house = House()
    days = ("2026-08-31", "2026-09-30", "2026-09-01", "2026-10-01")
    rows = [patrol(f"P{n}", "田庄乡", day, "张示例") for n, day in enumerate(days)]
    file_id = house.ledger("patrol", rows)
    house.build()
    assert found(house, "other_month") == [(file_id, "patrol", "", "2026-08 1 行、2026-09 2 行")]
    told = house.one("select message_zh from published.file_finding")["message_zh"]
    assert told == "有 3 行的日期不在 2026-10：2026-08 1 行、2026-09 2 行；各行按其日期计入"
    assert house.values("select count(*) from published.patrol") == [4]
    assert house.values("select count(*) from published.quarantine where rule = 'other_month'") == [0]


def test_of_many_months_the_first_and_last_are_named() -> None:
    house = House()
    rows = [patrol(f"P{n}", "田庄乡", f"2026-{n:02}-05", "张示例") for n in range(1, 11)]
    file_id = house.ledger("patrol", rows)
    assert found(house.build(), "other_month") == [(file_id, "patrol", "", "2026-01 至 2026-09 的 9 个月")]


def test_a_cumulative_problem_ledger_and_a_roster_are_not_warned_of() -> None:
    house = House()
    house.ledger("problem", [problem("A", "2026-08-08"), problem("B", "2026-10-08")])
    house.ledger("person", [{"name": "张示例", "grid": "田庄乡", "post": "网格员", "valid_from": "2026-01-01"}])
    assert house.build().values("select count(*) from published.file_finding") == [0]


def test_rows_that_went_back_are_not_counted() -> None:
    house = House()
    house.ledger(
        "patrol", [patrol("1", "查无此乡", "2026-09-05", "张示例"), patrol("2", "田庄乡", "2026-10-05", "张示例")]
    )
    assert found(house.build(), "other_month") == []


def test_a_header_without_a_row_reports_that_there_was_nothing_and_is_asked_about() -> None:
    house = House()
    empty = house.ledger("patrol", [], month="2026-10", fields=FIELDS)
    house.ledger("person", [], month="2026-10", fields=["name", "grid", "post", "valid_from"])
    house.build()
    assert found(house, "empty_ledger") == [(empty, "patrol", "", "")]
    assert "算已报送" in house.one("select message_zh from published.file_finding")["message_zh"]
    assert house.values("select count(*) from core.delivered where table_name = 'patrol'") == [1]


def test_an_empty_sheet_beside_one_with_rows_is_not_asked_about() -> None:
    house = House()
    house.ledger("patrol", [], month="2026-10", fields=FIELDS)
    sent(house, "2026-10", "1")
    assert found(house.build(), "empty_ledger") == []
