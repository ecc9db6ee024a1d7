"""A row that names the returned row it stands for: whatever its key, whatever becomes of it, and never out of place."""

from __future__ import annotations

from house import PROBLEM_FIELDS, House, patrol, problem

from pipelines.contracts import Profile

FIELDS = ["patrol_no", "grid", "started_at", "inspectors", "findings"]
BAD = patrol("", "无此乡", "2026-10-05", "示例甲")
GOOD = patrol("", "田庄乡", "2026-10-05", "示例甲")


def awaiting(house: House) -> list[str]:
    """Rows that went back and wait for correction."""
    return house.values(
        "select distinct row_id from published.quarantine where severity = 'reject' and not is_mended order by 1"
    )


def sent(house: House, file_id: str) -> list[str]:
    return house.values(f"select disposition from staging.row_outcome where file_id = '{file_id}' order by row_id")


def warnings(house: House) -> list[tuple[str, str]]:
    found = house.rows("select column_zh, value from published.quarantine where rule = 'mends_unknown' order by value")
    return [(row["column_zh"], row["value"]) for row in found]


def mended(first: str, row: dict[str, str], line: int = 2) -> dict[str, str]:
    return row | {"mends_row": f"{first}#csv!{line}"}


def test_a_row_with_another_key_stands_for_the_one_it_names() -> None:
    house = House()
    first = house.ledger("patrol", [BAD], fields=FIELDS)
    house.ledger("patrol", [mended(first, GOOD)], received="2026-11-03 10:00", fields=FIELDS)
    full = house.ledger("patrol", [GOOD], received="2026-11-04 10:00", fields=FIELDS)
    house.build()
    assert awaiting(house) == []
    assert sent(house, full) == ["identical"]
    assert warnings(house) == []


def test_a_row_that_goes_back_again_takes_the_place_of_the_first() -> None:
    house = House()
    first = house.ledger("patrol", [BAD], fields=FIELDS)
    still = BAD | {"grid": "也无此乡"}
    second = house.ledger("patrol", [mended(first, still)], received="2026-11-03 10:00", fields=FIELDS)
    assert awaiting(house.build()) == [f"{second}#csv!2"]


def test_an_id_that_names_nothing_returned_here_is_told_and_ignored() -> None:
    house = House()
    first = house.ledger("patrol", [BAD, patrol("", "东坪镇", "2026-10-06", "示例甲")], fields=FIELDS)
    elsewhere = house.ledger("patrol", [BAD], county="nanxian", fields=FIELDS)
    wrong = [
        mended(elsewhere, patrol("", "田庄乡", "2026-10-07", "示例甲")),
        mended(first, patrol("", "田庄乡", "2026-10-08", "示例甲"), 3),
        GOOD | {"mends_row": "随手写的"},
    ]
    later = house.ledger("patrol", wrong, received="2026-11-03 10:00", fields=FIELDS)
    house.build()
    assert awaiting(house) == [f"{first}#csv!2", f"{elsewhere}#csv!2"]
    assert sent(house, later) == ["accepted"] * 3
    assert warnings(house) == [
        ("退回行标识", f"{first}#csv!3"), ("退回行标识", f"{elsewhere}#csv!2"), ("退回行标识", "随手写的")
    ]  # fmt: skip


def test_a_row_cannot_mend_what_came_after_it() -> None:
    house = House()
    late = "anhua/2026-10/00000002"
    house.ledger("patrol", [mended(late, GOOD)], fields=FIELDS)
    assert house.ledger("patrol", [BAD], received="2026-11-03 10:00", fields=FIELDS) == late
    assert awaiting(house.build()) == [f"{late}#csv!2"]


def test_a_mended_row_does_not_pass_for_its_twin_that_stands() -> None:
    """Two rounds of one day by the same person, one of them with an unreadable count: mended, both stand."""
    house = House()
    twin = GOOD | {"findings": "0"}
    first = house.ledger("patrol", [twin, GOOD | {"findings": "若干"}], fields=FIELDS)
    house.ledger("patrol", [mended(first, GOOD | {"findings": "2"}, 3)], received="2026-11-03 10:00", fields=FIELDS)
    house.build()
    assert house.values("select findings from published.patrol order by 1") == [0, 2]
    assert awaiting(house) == []


def test_a_row_moved_onto_a_key_that_stands_is_a_second_one_and_stays_it_when_mended_again() -> None:
    house = House()
    first = house.ledger("patrol", [GOOD, BAD], fields=FIELDS)
    moved = GOOD | {"findings": "若干"}
    second = house.ledger("patrol", [mended(first, moved, 3)], received="2026-11-03 10:00", fields=FIELDS)
    house.ledger("patrol", [mended(second, GOOD | {"findings": "3"})], received="2026-11-04 10:00", fields=FIELDS)
    house.build()
    assert house.values("select findings from published.patrol order by 1") == [0, 3]
    assert awaiting(house) == []


def test_rows_moved_onto_one_key_by_two_workbooks_are_two() -> None:
    house = House()
    first = house.ledger("patrol", [GOOD, BAD, BAD | {"findings": "2"}], fields=FIELDS)
    for day, line, found in ((3, 3, "1"), (4, 4, "2"), (5, 3, "3")):
        again = mended(first, GOOD | {"findings": found}, line)
        house.ledger("patrol", [again], received=f"2026-11-0{day} 10:00", fields=FIELDS)
    house.build()
    assert house.values("select findings from published.patrol order by 1") == [0, 2, 3]
    assert awaiting(house) == []


def test_ids_copied_into_the_whole_ledger_do_no_harm() -> None:
    house = House()
    first = house.ledger("patrol", [GOOD, BAD], fields=FIELDS)
    second = house.ledger(
        "patrol", [mended(first, GOOD | {"findings": "2"}, 3)], received="2026-11-03 10:00", fields=FIELDS
    )
    other = patrol("", "东坪镇", "2026-10-09", "示例甲")
    copied = [GOOD, mended(first, GOOD | {"findings": "2"}, 3), mended(second, other)]
    full = house.ledger("patrol", copied, received="2026-11-04 10:00", fields=FIELDS)
    house.build()
    assert awaiting(house) == []
    assert "rejected" not in sent(house, full)
    assert house.values("select findings from published.patrol order by 1") == [0, 0, 2]


def sending(house: House) -> dict[str, tuple[str, str]]:
    """By month, what became of the duty to send the patrols, and when they came."""
    rows = house.rows(
        "select about_month, state, met_at from published.obligation where metric_id = 'export_submission'"
        " and county_id = 'anhua' and subject_id = 'patrol' order by about_month"
    )
    return {row["about_month"]: (row["state"], str(row["met_at"])[:10]) for row in rows}


def coverage(house: House, month: str) -> set[str]:
    return set(
        house.values(
            "select state from published.obligation where metric_id = 'patrol_coverage' and county_id = 'anhua'"
            f" and period = '{month}'"
        )
    )


def test_a_returned_workbook_in_the_next_months_folder_is_not_that_months_ledger() -> None:
    house = House("2026-12-10 09:00")
    first = house.ledger("patrol", [GOOD, BAD], fields=FIELDS)
    back = [mended(first, BAD | {"grid": "东坪镇"}, 3)]
    house.ledger("patrol", back, month="2026-11", received="2026-11-12 10:00", fields=FIELDS)
    house.build()
    assert awaiting(house) == []
    assert sending(house) == {"2026-10": ("on_time", "2026-11-02"), "2026-11": ("overdue", "None")}
    assert coverage(house, "2026-11") == {"unreported"}
    assert house.values(
        "select distinct state from published.obligation where metric_id = 'field_completeness'"
        " and county_id = 'anhua' and about_month = '2026-11'"
    ) == ["unreported"]
    assert house.values("select count(*) from published.patrol") == [2]


def test_where_all_went_back_the_returned_workbook_is_the_first_to_deliver_its_month() -> None:
    house = House("2026-12-10 09:00")
    first = house.ledger("patrol", [BAD], fields=FIELDS)
    house.ledger("problem", [problem("A")])
    back = [mended(first, GOOD)]
    house.ledger("patrol", back, month="2026-11", received="2026-11-12 10:00", fields=FIELDS)
    house.build()
    assert sending(house) == {"2026-10": ("late", "2026-11-12"), "2026-11": ("overdue", "None")}
    assert coverage(house, "2026-10") == {"overdue"}, "nobody knows whose 示例甲 is: 田庄乡 cannot be judged"


def test_a_mended_row_among_the_next_months_own_leaves_the_ledger_that_months() -> None:
    house = House("2026-12-10 09:00")
    first = house.ledger("patrol", [GOOD, BAD], fields=FIELDS)
    november = patrol("", "田庄乡", "2026-11-05", "示例甲")
    rows = [mended(first, BAD | {"grid": "东坪镇"}, 3), november]
    house.ledger("patrol", rows, month="2026-11", received="2026-12-03 10:00", fields=FIELDS)
    house.build()
    assert sending(house)["2026-11"] == ("on_time", "2026-12-03")


def test_numbers_begun_anew_each_month_stay_those_of_the_row_that_went_back() -> None:
    """October's 2 comes back mended in November's folder: it is not November's 2, which has its own row."""
    house = House("2026-12-20 09:00", profiles=(Profile("anhua", key_scope={"problem": "month"}),))
    bad = problem("2", category="", description="示例排水")
    first = house.ledger("problem", [problem("1"), bad], fields=PROBLEM_FIELDS)
    still = mended(first, bad, 3)
    second = house.ledger("problem", [still], month="2026-11", received="2026-11-12 10:00", fields=PROBLEM_FIELDS)
    good = mended(second, bad | {"category": "水"})
    house.ledger("problem", [good], month="2026-12", received="2026-12-01 10:00", fields=PROBLEM_FIELDS)
    own = [problem("2", "2026-11-06", "2026-11-20", description="示例扬尘")]
    house.ledger("problem", own, month="2026-11", received="2026-12-02 10:00", fields=PROBLEM_FIELDS)
    house.build()
    assert awaiting(house) == []
    told = house.rows("select problem_id, description from published.problem order by problem_id")
    assert [tuple(row.values()) for row in told] == [
        ("anhua/2026-10/1", "示例问题"), ("anhua/2026-10/2", "示例排水"), ("anhua/2026-11/2", "示例扬尘")
    ]  # fmt: skip
