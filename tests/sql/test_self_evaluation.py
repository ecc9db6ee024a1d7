"""Self-evaluations: items, receipts without items, deadlines of measures, what goes back."""

from __future__ import annotations

from datetime import datetime

import pytest
from house import House

FIELDS = [
    "grid", "year", "item", "max_score", "self_score", "shortfall", "improvement", "owner", "improvement_due",
    "improvement_done_at", "submitted_at", "document_no",
]  # fmt: skip


def item(name: str = "日常巡查", **more: str) -> dict[str, str]:
    given = {
        "grid": "田庄乡", "year": "2025年度", "item": name, "max_score": "20", "self_score": "18",
        "shortfall": "夜间巡查少", "improvement": "每周夜查一次", "owner": "示例甲", "improvement_due": "2026年6月底前",
        "improvement_done_at": "2026-05-20", "submitted_at": "2026-01-28", **more,
    }  # fmt: skip
    return {name: given.get(name, "") for name in FIELDS}


def receipt(**more: str) -> dict[str, str]:
    return {"grid": "安化县", "year": "2025", "submitted_at": "2026-01-30 16:00", **more}


def built(*rows: dict[str, str], as_of: str = "2026-11-06 09:00") -> House:
    house = House(as_of)
    house.ledger("self_evaluation", list(rows))
    return house.build()


def test_an_item_is_published_with_its_row() -> None:
    house = built(item())
    row = house.one("select * from published.self_evaluation")
    assert (row["grid_id"], row["year"], row["item"], row["is_receipt"]) == ("g430923209", 2025, "日常巡查", False)
    assert (row["max_score"], row["self_score"], row["owner"]) == (20.0, 18.0, "示例甲")
    assert row["improvement_due_at"] == datetime(2026, 6, 30, 23, 59, 59)
    assert row["improvement_done_at"] == datetime(2026, 5, 20)
    assert row["submitted_at"] == row["first_submitted_at"] == datetime(2026, 1, 28)
    assert house.values("select row_id from published.source_row where kind = 'body'") == [row["row_id"]]


def test_a_report_without_items_is_a_receipt_and_accepted() -> None:
    house = House()
    house.ledger("self_evaluation", [receipt()])
    house.ledger("self_evaluation", [{**item(""), "self_score": "", "shortfall": ""}])
    house.build()
    assert house.rows("select grid_id, item, is_receipt, self_score from published.self_evaluation order by 1") == [
        {"grid_id": "anhua", "item": None, "is_receipt": True, "self_score": None},
        {"grid_id": "g430923209", "item": None, "is_receipt": True, "self_score": None},
    ]
    assert house.values("select count(*) from published.quarantine") == [0]


def test_what_goes_back_and_what_is_kept_with_a_warning() -> None:
    changes = [
        ({"grid": ""}, "missing", "grid", "reject"),
        ({"grid": "无此乡"}, "grid_unknown", "grid", "reject"),
        ({"year": "去年"}, "year_unreadable", "year", "reject"),
        ({"year": "2027"}, "year_not_begun", "year", "reject"),
        ({"submitted_at": ""}, "missing", "submitted_at", "reject"),
        ({"submitted_at": "2026-11-05"}, "in_future", "submitted_at", "reject"),
        ({"self_score": "22"}, "score_above_max", "self_score", "warn"),
        ({"item": ""}, "item_unnamed", "item", "warn"),
        ({"improvement_done_at": "2026-12-01"}, "after_receipt", "improvement_done_at", "warn"),
        ({"improvement_due": "尽快"}, "deadline_unreadable", "improvement_due", "warn"),
        ({"max_score": "廿"}, "number_unreadable", "max_score", "warn"),
    ]
    house = built(*({**item(f"项目{i}"), **change} for i, (change, *_) in enumerate(changes)))
    found = house.rows("select * from published.quarantine order by length(row_id), row_id")
    assert [(row["rule"], row["column_name"], row["severity"]) for row in found] == [tuple(t) for _, *t in changes]
    assert all(row["message_zh"] and row["mend_zh"] for row in found)
    assert house.rows("select found, accepted, rejected, warned from published.submission") == [
        {"found": 11, "accepted": 5, "rejected": 6, "warned": 5}
    ]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2026-03-31", datetime(2026, 3, 31, 23, 59, 59)),
        ("30日内", datetime(2026, 2, 27, 23, 59, 59)),
        ("5个工作日内", datetime(2026, 2, 4, 23, 59, 59)),
        ("年底前", datetime(2026, 12, 31, 23, 59, 59)),
        ("长期坚持", None),
        ("", None),
    ],
)
def test_the_deadline_of_a_measure_counts_from_the_report(text: str, due: datetime | None) -> None:
    assert built(item(improvement_due=text)).values("select improvement_due_at from published.self_evaluation") == [due]


def test_what_was_not_yet_sent_or_done_at_the_moment_has_not_happened() -> None:
    assert built(item(), as_of="2026-01-20 09:00").values("select item from published.self_evaluation") == []
    house = House(as_of="2026-03-01 09:00")
    house.ledger("self_evaluation", [item()], month="2026-02", received="2026-02-02 08:00")
    house.build()
    assert house.rows("select item, improvement_done_at from published.self_evaluation") == [
        {"item": "日常巡查", "improvement_done_at": None}
    ]


def test_a_later_date_of_submission_is_a_revision_and_does_not_undo_the_first() -> None:
    house = House()
    house.ledger("self_evaluation", [item()], received="2026-02-01 08:00")
    house.ledger("self_evaluation", [item(submitted_at="2026-02-10", self_score="15")], received="2026-02-11 08:00")
    house.build()
    assert house.rows("select field, old, new from published.revision order by 1") == [
        {"field": "self_score", "old": "18.0", "new": "15.0"},
        {"field": "submitted_at", "old": "2026-01-28 00:00:00", "new": "2026-02-10 00:00:00"},
    ]
    row = house.one("select * from published.self_evaluation")
    assert (row["version_no"], row["submitted_at"], row["first_submitted_at"]) == (
        2, datetime(2026, 2, 10), datetime(2026, 1, 28),
    )  # fmt: skip
