"""What a visit is about, and what it stays: numbers with other sites or days, failed acceptances, rewritten results."""

from __future__ import annotations

import pytest
from house import House, problem

BOOK = ["problem_no", "site", "by_grid", "done_at", "kind", "result", "new_due"]
LEDGER = [*problem("A"), "reinspected_at", "reinspection_result", "new_due"]


def visit(number: str, day: str, result: str = "不合格", **more: str) -> dict[str, str]:
    given = {"problem_no": number, "by_grid": "安化县", "done_at": day, "kind": "复查", "result": result, **more}
    return {name: given.get(name, "") for name in BOOK}


def states(house: House) -> list[str]:
    return house.values(
        "select state from published.obligation"
        " where metric_id = 'rectification' and subject_kind = 'problem' order by round"
    )


def warned(house: House) -> list[str]:
    return house.values("select rule from published.quarantine where table_name = 'follow_up'")


@pytest.mark.parametrize(
    ("site", "rules"), [("沅江市示例纸业有限公司", []), ("示例砖厂", ["visit_other_site"]), ("", [])]
)
def test_a_number_that_fits_one_problem_is_that_problem_however_the_site_is_written(
    site: str, rules: list[str]
) -> None:
    house = House()
    house.ledger("problem", [problem("Y1", rectified_at="2026-10-12", site="示例纸业")])
    house.ledger("follow_up", [visit("Y1", "2026-10-15", site=site)], fields=BOOK)
    house.build()
    assert states(house) == ["on_time", "no_deadline"]
    assert warned(house) == rules


def test_of_two_problems_with_the_number_the_one_with_the_site_is_meant_and_none_where_neither_has_it() -> None:
    house = House()
    house.ledger("problem", [problem("7", rectified_at="2026-10-12", site="示例纸业")])
    house.ledger("problem", [problem("7", rectified_at="2026-10-12", site="示例砖厂")], county="city")
    rows = [visit("7", "2026-10-15", site="示例砖厂"), visit("7", "2026-10-16", site="示例水泥厂")]
    house.ledger("follow_up", rows, fields=BOOK)
    house.build()
    assert house.values("select problem_id from published.follow_up order by done_at") == ["city/7", None]
    assert warned(house) == ["problem_ambiguous"]


def test_a_visit_before_the_discovery_is_told_so_and_accuses_nobody() -> None:
    house = House()
    house.ledger("problem", [problem("Y1", rectified_at="2026-10-12")])
    house.ledger("follow_up", [visit("Y1", "2026-10-07")], fields=BOOK)
    house.build()
    assert states(house) == ["on_time"]
    assert warned(house) == ["visit_before_discovery"]


def test_an_acceptance_that_is_not_passed_opens_another_round() -> None:
    house = House()
    house.ledger("problem", [problem("A", rectified_at="2026-10-12")])
    house.ledger("follow_up", [visit("A", "2026-10-15", kind="验收", new_due="2026-10-30")], fields=BOOK)
    assert states(house.build()) == ["on_time", "overdue"]


def told(*ledgers: tuple[str, str, str]) -> House:
    """One problem re-inspected on 15 October: (received, result, new deadline) as each ledger has it."""
    house = House(as_of="2026-12-20 09:00")
    for received, result, new_due in ledgers:
        row = problem("A", rectified_at="2026-10-12", reinspected_at="2026-10-15")
        row |= {"reinspection_result": result, "new_due": new_due}
        house.ledger("problem", [row], month=received[:7], received=f"{received} 10:00", fields=LEDGER)
    return house.build()


FAILED = ("2026-11-02", "不合格", "2026-10-30")


@pytest.mark.parametrize("result", ["合格", ""])
def test_a_failed_result_rewritten_after_a_week_stays_failed_and_is_said_so(result: str) -> None:
    house = told(FAILED, ("2026-12-02", result, ""), ("2026-12-10", "合格", "2026-12-31"))
    assert states(house) == ["on_time", "overdue"]
    bases = house.values(
        "select due_basis from published.obligation"
        " where metric_id = 'rectification' and subject_kind = 'problem' order by round"
    )
    assert ["以先报的不合格为准" in basis for basis in bases] == [False, True]


def test_a_result_corrected_within_the_week_or_made_worse_counts_as_corrected() -> None:
    assert states(told(FAILED, ("2026-11-09", "合格", ""), ("2026-12-02", "合格", "2026-12-31"))) == ["on_time"]
    assert states(told(("2026-11-02", "合格", ""), ("2026-12-02", "不合格", "2026-12-31"))) == ["on_time", "pending"]


@pytest.mark.parametrize(
    ("received", "expected"), [("2026-11-09", ["on_time"]), ("2026-11-10", ["on_time", "overdue"])]
)
def test_the_visit_book_is_held_to_the_same(received: str, expected: list[str]) -> None:
    house = House(as_of="2026-12-20 09:00")
    house.ledger("problem", [problem("A", rectified_at="2026-10-12")])
    house.ledger("follow_up", [visit("A", "2026-10-15", new_due="2026-10-30")], fields=BOOK)
    house.ledger("follow_up", [visit("A", "2026-10-15", "合格")], received=f"{received} 10:00", fields=BOOK)
    assert states(house.build()) == expected


RESULTS = [
    ("未到位", "fail"), ("反弹", "fail"), ("不合格，限11月5日前整改", "fail"), ("不合格（见附件）", "fail"),
    ("不合格 限11月5日前整改", "fail"), ("未整改到位，已整改一半", "fail"), ("未完成整改。", "fail"),
    ("不符合要求", "fail"),
    ("已到位", "pass"), ("已整改到位", "pass"), ("合格（已现场核实）", "pass"), ("整改到位。", "pass"),
    ("基本到位", "partial"), ("基本合格，尚有尾工", "partial"),
    ("合格，但未验收", None), ("整改到位（尚有尾工）", None), ("不合格项已整改到位", None), ("还行", None),
]  # fmt: skip


def test_a_result_is_read_with_the_words_around_it_and_never_better_than_it_says() -> None:
    house = House()
    house.ledger("follow_up", [visit(str(n), "2026-10-15", text) for n, (text, _) in enumerate(RESULTS)], fields=BOOK)
    ledger = [
        problem(str(n), reinspected_at="2026-10-15", reinspection_result=text) for n, (text, _) in enumerate(RESULTS)
    ]
    house.ledger("problem", ledger, month="2026-11", received="2026-11-03 10:00")
    house.build()
    meant = [result for _, result in RESULTS]
    assert house.values("select result from staging.follow_up order by row_number") == meant
    assert house.values("select reinspection_result from staging.problem order by row_number") == meant
    unread = house.rows(
        "select table_name, value, message_zh from published.quarantine where rule = 'result_unread' order by row_id"
    )
    assert [row["value"] for row in unread] == [text for text, result in RESULTS if result is None] * 2
    assert all("结果未读出，暂不当作不合格" in row["message_zh"] for row in unread)


@pytest.mark.parametrize(
    ("result", "new_due", "kind", "expected", "rules"),
    [
        ("", "2026-10-30", "复查", ["on_time", "overdue"], ["failed_by_new_due"]),
        ("再说", "2026-10-30", "后督察", ["on_time", "overdue"], ["result_unread_failed"]),
        ("再说", "", "复查", ["on_time"], ["result_unread"]),
        ("", "", "复查", ["on_time"], []),
        ("", "2026-10-30", "催办", ["on_time"], []),
        ("", "2026-10-10", "复查", ["on_time"], ["before_visit"]),
        ("合格", "2026-10-30", "复查", ["on_time"], []),
    ],
)
def test_a_new_deadline_given_after_a_visit_without_a_result_means_it_did_not_pass(
    result: str, new_due: str, kind: str, expected: list[str], rules: list[str]
) -> None:
    house = House()
    house.ledger("problem", [problem("A", rectified_at="2026-10-12")])
    house.ledger("follow_up", [visit("A", "2026-10-15", result, new_due=new_due, kind=kind)], fields=BOOK)
    house.build()
    assert states(house) == expected
    assert warned(house) == rules
    if kind == "复查":
        row = {"reinspected_at": "2026-10-15", "reinspection_result": result, "new_due": new_due}
        house = House()
        house.ledger("problem", [problem("A", rectified_at="2026-10-12", **row)], fields=LEDGER)
        assert states(house.build()) == expected


def test_a_result_filled_in_later_where_none_was_written_is_no_rewriting() -> None:
    assert states(told(("2026-11-02", "", "2026-10-30"), ("2026-12-02", "合格", ""))) == ["on_time"]
