"""Rounds of rectification: which completion belongs to which round, and what a failed visit does and does not do."""

from __future__ import annotations

import pytest
from house import House, problem

from pipelines.contracts import Profile

FOLLOW_UP = ["problem_no", "by_grid", "done_at", "kind", "result", "new_due"]


def visit(number: str, day: str, result: str = "不合格", new_due: str = "", by: str = "安化县") -> dict[str, str]:
    return {
        "problem_no": number, "by_grid": by, "done_at": day, "kind": "复查", "result": result, "new_due": new_due,
    }  # fmt: skip


def told(*versions: tuple[str, str], due: str = "2026-10-20", visits: list[dict[str, str]] | None = None) -> House:
    """One problem A in several ledgers: (received, completion as that ledger shows it)."""
    house = House()
    for received, completed in versions:
        row = problem("A", due=due, rectified_at=completed, description=f"示例问题 {received}")
        house.ledger("problem", [row], received=f"{received} 10:00")
    if visits:
        house.ledger("follow_up", visits, fields=FOLLOW_UP)
    return house.build()


def rounds(house: House) -> list[tuple[str, str | None]]:
    found = house.rows(
        "select state, cast(met_at as date) as met_on from published.obligation"
        " where metric_id = 'rectification' and subject_kind = 'problem' order by round"
    )
    return [(row["state"], str(row["met_on"]) if row["met_on"] else None) for row in found]


def basis(house: House) -> str:
    return str(house.values("select due_basis from published.obligation where obligation_id like '%/r1'")[0])


def test_a_completion_taken_back_no_longer_counts() -> None:
    assert rounds(told(("2026-10-19", "2026-10-18"), ("2026-11-03", ""))) == [("overdue", None)]


@pytest.mark.parametrize(
    ("versions", "due", "expected"),
    [
        pytest.param(
            [("2026-10-20", "2026-10-18"), ("2026-11-04", "2026-10-25")], "2026-10-20",
            [("on_time", "2026-10-18"), ("no_deadline", "2026-10-25")], id="put right again on the day of the visit",
        ),
        pytest.param(
            [("2026-10-23", "2026-10-22"), ("2026-10-24", "2026-10-12")], "2026-10-20",
            [("on_time", "2026-10-12"), ("no_deadline", None)], id="a typing error corrected before the visit",
        ),
        pytest.param(
            [("2026-10-28", ""), ("2026-11-04", "2026-11-01")], "2026-10-20",
            [("late", "2026-11-01"), ("no_deadline", "2026-11-01")], id="the ledger said undone after the visit",
        ),
        pytest.param(
            [("2026-10-22", ""), ("2026-11-04", "2026-11-01")], "2026-10-20",
            [("late", "2026-11-01"), ("no_deadline", "2026-11-01")], id="the ledger said undone after the deadline",
        ),
        pytest.param(
            [("2026-10-19", ""), ("2026-11-04", "2026-11-01")], "2026-10-20",
            [("bad_dates", "2026-11-01"), ("no_deadline", "2026-11-01")], id="an earlier completion may be overwritten",
        ),
        pytest.param(
            [("2026-11-04", "2026-10-29")], "2026-10-30",
            [("on_time", "2026-10-29"), ("no_deadline", "2026-10-29")], id="a visit before the deadline accuses nobody",
        ),
        pytest.param(
            [("2026-11-04", "")], "2026-10-20",
            [("overdue", None), ("no_deadline", None)], id="never done",
        ),
        pytest.param(
            [("2026-10-20", "2026-10-18"), ("2026-11-04", "")], "2026-10-20",
            [("on_time", "2026-10-18"), ("no_deadline", None)], id="cleared after it had failed",
        ),
        pytest.param(
            [("2026-10-20", "2026-10-18"), ("2026-10-22", "")], "2026-10-20",
            [("overdue", None), ("no_deadline", None)], id="taken back before the visit",
        ),
        pytest.param(
            [("2026-11-04", "2026-10-25")], "2026-10-25",
            [("on_time", "2026-10-25"), ("no_deadline", None)], id="done and found wanting on one day",
        ),
    ],
)  # fmt: skip
def test_a_completion_belongs_to_the_round_it_was_claimed_for(
    versions: list[tuple[str, str]], due: str, expected: list[tuple[str, str | None]]
) -> None:
    assert rounds(told(*versions, due=due, visits=[visit("A", "2026-10-25")])) == expected


def test_a_completion_lent_by_the_next_round_is_said_so() -> None:
    house = told(("2026-10-28", ""), ("2026-11-04", "2026-11-01"), visits=[visit("A", "2026-10-25")])
    assert "复查时尚未完成" in basis(house)


def test_corrected_on_the_spot_stays_met_when_a_later_visit_fails() -> None:
    house = House()
    house.ledger("problem", [problem("A", due="", corrected_on_spot="是", rectified_at="2026-11-01")])
    house.ledger("follow_up", [visit("A", "2026-10-25")], fields=FOLLOW_UP)
    assert rounds(house.build()) == [("on_time", "2026-10-08"), ("no_deadline", "2026-11-01")]


def test_two_visits_told_by_one_ledger_after_another_are_two() -> None:
    house = House()
    for received, day in (("2026-11-01", "2026-10-25"), ("2026-11-05", "2026-11-03")):
        row = problem("A", rectified_at="2026-10-18", reinspected_at=day, reinspection_result="不合格")
        house.ledger("problem", [row], received=f"{received} 10:00")
    house.build()
    assert len(rounds(house)) == 3, "on 1 November nobody could have known of a visit on the 3rd"


def test_progress_without_a_date_is_said_beside_the_overdue_duty() -> None:
    house = House()
    house.ledger("problem", [problem("A", progress="已完成")])
    assert rounds(house.build()) == [("overdue", None)]
    assert "未写整改完成时间" in basis(house)


def test_the_detachments_visit_finds_the_problem_of_the_county_it_is_in_charge_of() -> None:
    house = House()
    house.ledger("problem", [problem("7", rectified_at="2026-10-18")])
    house.ledger("problem", [problem("7", grid="南洲镇", rectified_at="2026-10-18")], county="nanxian")
    house.ledger("follow_up", [visit("7", "2026-10-25", by="第三网格单元")], county="city", fields=FOLLOW_UP)
    house.build()
    assert house.values("select problem_id from published.follow_up") == ["nanxian/7"]


def test_a_visit_that_fits_two_problems_or_none_is_warned_of_and_accuses_nobody() -> None:
    house = House()
    house.ledger("problem", [problem("7", rectified_at="2026-10-18")])
    house.ledger("problem", [problem("7", grid="修山镇", rectified_at="2026-10-18")], county="taojiang")
    rows = [visit("7", "2026-10-25", by="第一网格单元"), visit("99", "2026-10-25", by="第一网格单元")]
    house.ledger("follow_up", rows, county="city", fields=FOLLOW_UP)
    house.build()
    assert house.values("select problem_id from published.follow_up") == [None, None]
    assert sorted(house.values("select rule from published.quarantine")) == ["problem_ambiguous", "problem_unknown"]


def test_numbers_begun_anew_each_month_mean_the_months_own_problem() -> None:
    house = House(profiles=(Profile("anhua", key_scope={"problem": "month"}),))
    house.ledger(
        "problem",
        [problem("1", "2026-09-08", "2026-09-20", rectified_at="2026-09-15"), problem("2", "2026-09-09", "2026-09-20")],
        month="2026-09", received="2026-10-02 10:00",
    )  # fmt: skip
    house.ledger("problem", [problem("1", rectified_at="2026-10-15"), problem("3", parent_problem_no="2")])
    house.ledger("follow_up", [visit("1", "2026-10-25")], fields=FOLLOW_UP)
    house.build()
    assert house.values("select problem_id from published.follow_up") == ["anhua/2026-10/1"]
    states = {
        row["subject_id"]: row["state"]
        for row in house.rows(
            "select * from published.obligation"
            " where metric_id = 'rectification' and subject_kind = 'problem' and round = 1"
        )
    }
    assert states["anhua/2026-09/2"] == "overdue", "October's child names another 2 than September's"


def test_void_children_do_not_void_the_problem_they_were_split_from() -> None:
    house = House()
    house.ledger("problem", [problem("A"), problem("A1", parent_problem_no="A", closure="作废")])
    house.ledger("problem", [problem("B", parent_problem_no="C"), problem("C", parent_problem_no="B")])
    house.build()
    found = house.rows(
        "select subject_id, state from published.obligation"
        " where metric_id = 'rectification' and subject_kind = 'problem'"
    )
    assert {row["subject_id"][-2:].strip("/"): row["state"] for row in found} == {
        "A": "overdue", "A1": "void", "B": "overdue", "C": "overdue",
    }  # fmt: skip
