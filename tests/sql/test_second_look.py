"""What a second look at real-looking rows found: who is named, what ends at midnight, what a deadline's words mean."""

from __future__ import annotations

import pytest
from house import PROBLEM_FIELDS, House, patrol, person, problem


def state(house: House, number: str = "A1", round_no: int = 1) -> str:
    return str(
        house.one(
            "select state from published.obligation where metric_id = 'rectification'"
            f" and obligation_id = 'rectification/anhua/{number}/r{round_no}'"
        )["state"]
    )


@pytest.mark.parametrize("done", ["2026-10-20 24:00", "2026-10-20 24:00:00", "2026年10月20日24时"])
def test_midnight_at_the_end_of_a_day_is_that_day(done: str) -> None:
    house = House()
    house.ledger("problem", [problem("A1", rectified_at=done)])
    assert state(house.build()) == "on_time"
    assert str(house.one("select rectified_at from published.problem")["rectified_at"]) == "2026-10-20 23:59:59"


@pytest.mark.parametrize("until", ["2026年11月15日前", "2026年11月底", "延期至2026-11-30", "2026年11月底前完成整改"])
def test_an_extension_is_read_as_a_deadline_is(until: str) -> None:
    house = House()
    approved = {"extension_approved_by": "市生态环境局", "extension_approved_at": "2026-10-19"}
    house.ledger("problem", [problem("A1", extended_due=until, **approved)])
    assert state(house.build()) == "pending"


@pytest.mark.parametrize("text", ["20日前", "限20日前完成", "20日之前"])
def test_a_day_of_no_month_is_not_so_many_days(text: str) -> None:
    house = House()
    house.ledger("problem", [problem("A1", "2026-10-18", text)])
    assert state(house.build()) == "no_deadline"
    assert house.values("select rule from published.quarantine where column_name = 'rectify_due'") == [
        "deadline_unreadable"
    ]


@pytest.mark.parametrize("word", ["不通过", "未整改到位", "仍不合格", "未达标"])
def test_a_failed_reinspection_in_other_words_opens_a_round(word: str) -> None:
    house = House()
    failed = {"reinspected_at": "2026-10-25", "reinspection_result": word, "new_due": "2026年11月3日前"}
    house.ledger("problem", [problem("A1", rectified_at="2026-10-18", **failed)])
    assert state(house.build(), round_no=2) == "overdue"


@pytest.mark.parametrize(
    ("name", "more", "rules"),
    [
        ("示例乙、示例丙", {}, ["several_people"]),
        ("示例丁（已调离）", {}, ["left_office"]),
        ("示例丁（已调离）", {"valid_to": "2026-09-30"}, []),
        ("示例丁（网格员）", {}, []),
    ],
)
def test_a_row_of_the_roster_is_one_person_in_office(name: str, more: dict[str, str], rules: list[str]) -> None:
    house = House()
    house.ledger("person", [person(name, "田庄乡", **more)])
    house.build()
    assert house.values("select rule from published.quarantine where severity = 'reject'") == rules


def test_what_went_back_in_the_later_file_has_not_gone_from_it() -> None:
    house = House()
    house.ledger("problem", [problem(f"A{n}") for n in range(1, 5)])
    again = [problem(f"A{n}") for n in range(1, 4)]
    twice = [problem("A4", description="示例甲"), problem("A4", description="示例乙")]
    house.ledger("problem", again + twice, received="2026-11-04 10:00")
    house.build()
    assert house.values("select row_key from staging.absent_row") == []


def test_a_patrol_ledger_without_a_row_of_its_month_does_not_deliver_it() -> None:
    house = House("2026-12-10 09:00")
    for month, received in (("2026-10", "2026-11-02 10:00"), ("2026-11", "2026-12-02 10:00")):
        house.ledger("person", [person("张示例", "田庄乡")], month=month, received=received)
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-05", "张示例")])
    house.ledger(
        "patrol", [patrol("2", "田庄乡", "2026-10-06", "张示例")], month="2026-11", received="2026-12-02 10:00"
    )
    house.build()
    sent = "select state from published.obligation where obligation_id = 'export_submission/anhua/{}/patrol'"
    assert house.values(sent.format("2026-11")) == ["overdue"]
    assert house.values(sent.format("2026-10")) == ["on_time"]
    assert house.values(
        "select state from published.obligation where metric_id = 'patrol_coverage' and period = '2026-11'"
        " and grid_id = 'g430923209'"
    ) == ["unreported"]


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


@pytest.mark.parametrize(
    "who",
    [
        "示例张三等3人", "示例张三 等", "组长：示例张三；成员：示例李四", "示例张三和示例李四", "示例张三同志",
        "示例张三13800000000", "示例张三+示例李四", "示例张三|示例李四", "示例李四、示例张三（组长）等二人", "示例张三 及 示例李四",
    ],
)  # fmt: skip
def test_an_inspector_is_known_in_whatever_company(who: str) -> None:
    house = House()
    house.ledger("person", [person("示例张三", "田庄乡")])
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-05", who)])
    covered = house.build().one(
        "select state from published.obligation where obligation_id = 'patrol_coverage/g430923209/2026-10'"
    )
    assert covered["state"] == "on_time"


@pytest.mark.parametrize("name", ["张和平", "欧阳和", "和平", "与林"])
def test_a_name_with_and_in_it_is_one_name(name: str) -> None:
    house = House()
    house.ledger("person", [person(name, "田庄乡")])
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-05", f"{name}、示例李四")])
    house.build()
    assert set(house.one("select inspectors from staging.patrol")["inspectors"]) == {name, "示例李四"}
    assert house.one("select name from published.person")["name"] == name


def test_a_failed_visit_that_names_no_problem_is_told() -> None:
    house = House()
    house.ledger("problem", [problem("A1", rectified_at="2026-10-18", site="示例厂")])
    visit = {"site": "示例厂", "by_grid": "安化县", "done_at": "2026-10-25", "kind": "复查", "problem_no": ""}
    house.ledger("follow_up", [visit | {"result": "不合格"}, visit | {"result": "合格", "done_at": "2026-10-26"}])
    house.build()
    told = house.rows("select row_id, severity, value from published.quarantine where rule = 'visit_unnumbered'")
    assert [(row["severity"], row["value"]) for row in told] == [("warn", "示例厂")]
    assert told[0]["row_id"].endswith("!2")
