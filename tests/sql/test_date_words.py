"""What ends at midnight, and what the words of extensions, deadlines and failed visits mean."""

from __future__ import annotations

import pytest
from house import House, problem


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


@pytest.mark.parametrize(
    "until",
    [
        "2026年11月15日前",
        "2026年11月底",
        "延期至2026-11-30",
        "同意延期到2026-11-30",
        "经批准延长至2026.11.30",
        "2026年11月底前完成整改",
    ],
)
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


def test_a_failed_visit_that_names_no_problem_is_told() -> None:
    house = House()
    house.ledger("problem", [problem("A1", rectified_at="2026-10-18", site="示例厂")])
    visit = {"site": "示例厂", "by_grid": "安化县", "done_at": "2026-10-25", "kind": "复查", "problem_no": ""}
    house.ledger("follow_up", [visit | {"result": "不合格"}, visit | {"result": "合格", "done_at": "2026-10-26"}])
    house.build()
    told = house.rows("select row_id, severity, value from published.quarantine where rule = 'visit_unnumbered'")
    assert [(row["severity"], row["value"]) for row in told] == [("warn", "示例厂")]
    assert told[0]["row_id"].endswith("!2")


@pytest.mark.parametrize(
    ("due", "state_of_document", "due_at"),
    [
        ("9.30→10.31", "on_time", None),
        ("2026-10-15前（已延期至11月15日）", "on_time", None),
        ("接文后15日内", "on_time", "2026-10-25 23:59:59"),
        ("尽快", "overdue", None),
        ("", "overdue", None),
    ],
)
def test_a_deadline_that_is_written_but_unread_is_none_that_was_not_set(
    due: str, state_of_document: str, due_at: str | None
) -> None:
    house = House()
    served = {"document_no": "示环改〔2026〕1号", "document_issued_at": "2026-10-10"}
    house.ledger("problem", [problem("A1", due=due, **served)])
    house.build()
    found = house.one(
        "select * from published.obligation where metric_id = 'document_complete' and subject_kind = 'problem'"
    )
    assert found["state"] == state_of_document
    assert ("未明确整改时限" in found["due_basis"]) == (state_of_document == "overdue")
    told = house.one("select rectify_due_at from published.problem")["rectify_due_at"]
    assert (str(told) if told else None) == due_at
    asked = house.values("select rule from published.quarantine where column_name = 'rectify_due'")
    assert asked == ["deadline_unreadable"] * (due not in ("", "接文后15日内"))
