"""The clock of a step: limits in force on the day, working days, rewriting, and what strikes a duty off the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from house import RULES, House, problem

from pipelines.catalogue import Catalogue

SEP, OCT, NOV = ("2026-09", "2026-10-08 09:00"), ("2026-10", "2026-11-02 10:00"), ("2026-11", "2026-12-02 10:00")


def duty(house: House, metric: str, number: str = "A") -> dict[str, Any]:
    return house.one(
        f"select * from published.obligation where metric_id = '{metric}' and subject_id = 'anhua/{number}'"
    )


def told(*versions: tuple[tuple[str, str], dict[str, str]], as_of: str = "2026-12-03 09:00") -> House:
    """One problem, told in one ledger after the other."""
    house = House(as_of)
    for (month, received), said in versions:
        house.ledger(
            "problem", [problem("A", **{"discovered": "2026-10-08 10:00", **said})], month=month, received=received
        )
    return house.build()


def changed(metric: str, value: int, since: date) -> Catalogue:
    """The catalogue with another limit from a day on."""
    limits = []
    for limit in RULES.catalogue.limits:
        if limit.metric_id == metric:
            limits += [
                replace(limit, valid_to=date.fromordinal(since.toordinal() - 1)),
                replace(limit, value=value, valid_from=since, text_zh="新时限"),
            ]
        else:
            limits.append(limit)
    return replace(RULES.catalogue, limits=tuple(limits))


def test_a_new_limit_changes_nothing_before_its_day() -> None:
    house = House(catalogue=changed("problem_registration", 48, date(2026, 10, 9)))
    days = {"A": "2026-10-08 23:59", "B": "2026-10-09 00:00"}
    house.ledger("problem", [problem(n, day, registered_at="2026-10-10 20:00") for n, day in days.items()])
    house.build()
    assert (duty(house, "problem_registration", "A")["state"], duty(house, "problem_registration", "B")["state"]) == (
        "late", "on_time",
    )  # fmt: skip
    assert duty(house, "problem_registration", "B")["due_at"] == datetime(2026, 10, 11)
    assert duty(house, "problem_registration", "B")["due_basis"] == "新时限"


@pytest.mark.parametrize(
    ("discovered", "due"),
    [
        ("2023-07-14 09:00", "2023-07-25 23:59:59"),  # a Friday: seven working days
        ("2023-07-15 09:00", "2023-07-30 23:59:59"),  # fifteen days, whatever they are
        ("2021-09-30 09:00", "2021-10-15 23:59:59"),  # the holiday, and a Saturday that was worked
    ],
)
def test_working_days_before_the_new_rule(discovered: str, due: str) -> None:
    house = House()
    house.ledger("problem", [problem("A", discovered, "2026-12-01", needs_filing="是", filed_at="")])
    house.build()
    assert duty(house, "case_filing")["due_at"] == datetime.fromisoformat(due)


def test_the_calendar_ends() -> None:
    house = told(
        ((SEP[0], "2027-01-02 10:00"), {"closed_at": "2026-12-30", "feedback_at": ""}), as_of="2027-03-01 09:00"
    )
    found = duty(house, "feedback")
    assert (found["state"], found["due_at"], found["period"]) == ("pending", None, "2026-12")
    assert "到期日所在年份的日历未发布" in found["due_basis"] and "已办结" not in found["due_basis"]


def test_what_is_done_waits_for_the_calendar_too() -> None:
    house = told(
        ((SEP[0], "2027-01-02 10:00"), {"closed_at": "2026-12-30", "feedback_at": "2026-12-31"}),
        as_of="2027-03-01 09:00",
    )
    found = duty(house, "feedback")
    assert (found["state"], found["due_at"]) == ("pending", None)
    assert "已办结，日历发布后判定并计入到期之月" in found["due_basis"]


def test_a_late_registration_written_over_is_no_better() -> None:
    house = told((SEP, {"registered_at": ""}), (OCT, {"registered_at": "2026-10-20 10:00"}),
                 (NOV, {"registered_at": "2026-10-08 12:00"}))  # fmt: skip
    found = duty(house, "problem_registration")
    assert found["state"] == "bad_dates"
    assert "到期之后改写过" in found["due_basis"]


def test_a_discovery_moved_on_is_no_better() -> None:
    late = {"registered_at": "2026-10-20 10:00"}
    house = told((OCT, late), (NOV, {**late, "discovered": "2026-10-20 09:00"}))
    assert duty(house, "problem_registration")["state"] == "bad_dates"


def test_what_was_blank_and_is_filled_in_later_counts() -> None:
    house = told((SEP, {"registered_at": ""}), (OCT, {"registered_at": "2026-10-08 12:00"}))
    assert duty(house, "problem_registration")["state"] == "on_time"


def test_a_correction_that_changes_nothing_is_let_be() -> None:
    house = told((OCT, {"registered_at": "2026-10-08 12:00"}), (NOV, {"registered_at": "2026-10-08 13:00"}))
    assert duty(house, "problem_registration")["state"] == "on_time"
    house = told((OCT, {"registered_at": "2026-10-08 12:00"}), (NOV, {"registered_at": "2026-10-20 13:00"}))
    assert duty(house, "problem_registration")["state"] == "late"


def test_void_after_it_fell_overdue_stays() -> None:
    assert duty(told((OCT, {"registered_at": ""}), (NOV, {"registered_at": "", "closure": "作废"})),
                "problem_registration")["state"] == "overdue"  # fmt: skip
    in_time = {"registered_at": "2026-10-08 12:00"}
    assert duty(told((OCT, in_time), (NOV, {**in_time, "closure": "作废"})), "problem_registration")["state"] == "void"


EXTENDED = {
    "extended_due": "2027-01-30",
    "extension_approved_by": "第一网格单元",
    "extension_approved_at": "2026-10-20",
}


@pytest.mark.parametrize(
    ("more", "due", "is_extended"),
    [
        ({}, "2026-12-09 23:59:59", False),
        (EXTENDED, "2027-01-08 23:59:59", True),  # thirty days at most
        ({**EXTENDED, "extended_due": "2026-12-20"}, "2026-12-20 23:59:59", True),
        ({**EXTENDED, "extension_approved_by": "田庄乡"}, "2026-12-09 23:59:59", False),
    ],
)
def test_a_petition_is_extended_once_by_whoever_stands_above(more: dict[str, str], due: str, is_extended: bool) -> None:
    house = told((OCT, {"source": "信访投诉", "accepted_at": "2026-10-10", "replied_at": "", **more}))
    found = duty(house, "petition_closure")
    assert (found["state"], found["due_at"], found["is_extended"]) == (
        "pending",
        datetime.fromisoformat(due),
        is_extended,
    )
    assert found["original_due_at"] == datetime(2026, 12, 9, 23, 59, 59)


def test_an_approval_after_the_end_extends_nothing_an_earlier_one_did() -> None:
    said = {"source": "信访投诉", "accepted_at": "2026-10-10", "replied_at": ""}
    first = {**said, **EXTENDED, "extended_due": "2026-12-20"}
    later = {**said, **EXTENDED, "extended_due": "2027-01-05", "extension_approved_at": "2026-12-28"}
    house = told((OCT, first), (("2026-12", "2026-12-29 10:00"), later), as_of="2026-12-30 09:00")
    found = duty(house, "petition_closure")
    assert (found["state"], found["due_at"]) == ("overdue", datetime(2026, 12, 20, 23, 59, 59))


def test_what_was_lawfully_put_off_stays_so_when_the_ledger_calls_it_otherwise() -> None:
    said = {
        "filed_at": "2026-10-09", "decided_at": "", "closure": "缓办",
        "extension_approved_by": "第一网格单元", "extension_approved_at": "2026-10-20",
    }  # fmt: skip
    house = told((OCT, said), (NOV, {**said, "closure": "办结"}))
    assert duty(house, "case_decision")["state"] == "void"


def test_a_case_lawfully_put_off_is_void_and_a_registration_is_not() -> None:
    said = {
        "filed_at": "2026-10-09", "decided_at": "", "registered_at": "", "closure": "缓办",
        "extension_approved_by": "第一网格单元", "extension_approved_at": "2026-10-20",
    }  # fmt: skip
    house = told((OCT, said))
    assert duty(house, "case_decision")["state"] == "void"
    assert duty(house, "problem_registration")["state"] == "overdue"


def test_the_moment_decides() -> None:
    said = {"registered_at": "2026-10-09 09:00"}
    before = told((SEP, said), as_of="2026-10-08 20:00")
    assert duty(before, "problem_registration")["state"] == "pending"  # the ledger told a plan, nothing that happened
    # That the day has passed makes no fact of it; a later ledger that says the same does.
    assert duty(told((SEP, said)), "problem_registration")["state"] == "overdue"
    assert duty(told((SEP, said), (OCT, said)), "problem_registration")["state"] == "on_time"


def test_parts_count_and_the_whole_does_not() -> None:
    house = House()
    house.ledger(
        "problem",
        [
            problem("A", "2026-10-08 10:00", registered_at=""),
            problem("B", "2026-10-08 10:00", registered_at="2026-10-08 11:00", parent_problem_no="A"),
        ],
    )
    house.build()
    assert {n: duty(house, "problem_registration", n)["state"] for n in "AB"} == {"A": "void", "B": "on_time"}


@pytest.mark.parametrize(("mended", "state"), [("2026-11-09 10:00", "on_time"), ("2026-11-10 10:00", "bad_dates")])
def test_a_slip_mended_within_a_week_is_none(mended: str, state: str) -> None:
    """Told late on 2 November, told punctual seven days later, or eight."""
    house = told(((OCT[0], "2026-11-02 10:00"), {"registered_at": "2026-10-20 10:00"}),
                 ((NOV[0], mended), {"registered_at": "2026-10-08 12:00"}), as_of="2026-12-03 09:00")  # fmt: skip
    assert duty(house, "problem_registration")["state"] == state


def test_a_slip_in_a_cell_filled_in_later_counts_from_then() -> None:
    """Empty for a month, told late on 2 November, mended within the week."""
    house = told((SEP, {"registered_at": ""}), ((OCT[0], "2026-11-02 10:00"), {"registered_at": "2026-10-20 10:00"}),
                 ((NOV[0], "2026-11-06 10:00"), {"registered_at": "2026-10-08 12:00"}))  # fmt: skip
    assert duty(house, "problem_registration")["state"] == "on_time"
