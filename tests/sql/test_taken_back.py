"""What a ledger takes back after the end frees nobody, what it takes back in time was a mistake. Seen on 2027-01-06."""

from __future__ import annotations

from typing import Any

import pytest
from house import House, problem

YES, NO = "是", "否"
FOUND = "2026-10-08 10:00"
FIRST, SOON, LATER = ("2026-10", "2026-11-02 10:00"), ("2026-11", "2026-11-07 10:00"), ("2026-12", "2027-01-03 10:00")
# name → (duty, what was told first, what was told instead)
CAUSES: dict[str, tuple[str, dict[str, str], dict[str, str]]] = {
    "to be filed": ("case_filing", {"needs_filing": YES}, {"needs_filing": NO}),
    "to be filed, then nothing": ("case_filing", {"needs_filing": YES}, {"needs_filing": ""}),
    "to be disclosed": (
        "disclosure/result", {"must_disclose": YES, "closed_at": "2026-10-09"},
        {"must_disclose": "", "closed_at": "2026-10-09"}),
    "beyond its powers": ("escalation", {"beyond_authority": YES}, {"beyond_authority": NO}),
    "a violation": ("violation_report", {"nature": "违法行为"}, {"nature": "环境隐患"}),
    "accepted": (
        "petition_closure", {"source": "信访投诉", "accepted_at": "2026-10-10"},
        {"source": "信访投诉", "accepted_at": ""}),
    "filed": ("case_decision", {"filed_at": "2026-09-12", "discovered_at": "2026-09-10"},
              {"filed_at": "", "discovered_at": "2026-09-10"}),
    "closed": ("feedback/up", {"closed_at": "2026-10-12"}, {"closed_at": ""}),
    "closed, then put off": (
        "feedback/up", {"closed_at": "2026-10-12"}, {"closed_at": "2026-10-12", "closure": "缓办"}),
    "closed, then by force": (
        "feedback/up", {"closed_at": "2026-10-12"}, {"closed_at": "2026-10-12", "closure": "强制办结"}),
    "received": (
        "dispatch", {"source": "12345", "duty_grid": "田庄乡", "received_at": "2026-10-08 11:00"},
        {"source": "12345", "duty_grid": "田庄乡", "received_at": ""}),
    "from the hotline": (
        "dispatch", {"source": "12345", "duty_grid": "田庄乡", "received_at": "2026-10-08 11:00"},
        {"source": "巡查发现", "duty_grid": "田庄乡", "received_at": "2026-10-08 11:00"}),
    "a petition": ("petition_acceptance", {"source": "信访投诉"}, {"source": "巡查发现"}),
    "found on patrol": ("document_complete", {"source": "巡查发现"}, {"source": "信访投诉"}),
    "not put right on the spot": (
        "document_complete", {"corrected_on_spot": NO}, {"corrected_on_spot": YES, "rectified_at": "2026-10-15"}),
    "assigned": (
        "assigned_problem", {"source": "上级交办", "assignment_no": "交办〔2026〕5号"},
        {"source": "巡查发现", "assignment_no": ""}),
}  # fmt: skip
# name → (duty, first, instead, state): told otherwise after the end, each by itself possible
RETOLD: dict[str, tuple[str, dict[str, str], dict[str, str], str]] = {
    "completed earlier than was told": (
        "rectification/r1", {"rectified_at": "2026-10-25"}, {"rectified_at": "2026-10-19"}, "bad_dates"),
    "assigned, completed earlier than was told": (
        "assigned_problem", {"assignment_no": "5号", "rectified_at": "2026-10-25"},
        {"assignment_no": "5号", "rectified_at": "2026-10-19"}, "bad_dates"),
    "closed earlier than was told, though verified in time": (
        "rectification/r1", {"rectified_at": "2026-10-25"},
        {"rectified_at": "2026-10-19", "reinspected_at": "2026-10-20", "reinspection_result": "合格"}, "on_time"),
    "late both ways": (
        "rectification/r1", {"rectified_at": "2026-10-29"}, {"rectified_at": "2026-10-25"}, "late"),
    "punctual both ways": (
        "rectification/r1", {"rectified_at": "2026-10-15"}, {"rectified_at": "2026-10-19"}, "on_time"),
    "visited earlier than was told": (
        "reinspection/r1",
        {"rectified_at": "2026-10-10", "reinspected_at": "2026-10-30", "reinspection_result": "合格"},
        {"rectified_at": "2026-10-10", "reinspected_at": "2026-10-20", "reinspection_result": "合格"}, "bad_dates"),
    "put right on the spot after all": (
        "first_response", {"corrected_on_spot": NO}, {"corrected_on_spot": YES}, "bad_dates"),
    "somebody went, on the spot after all": (
        "first_response", {"corrected_on_spot": NO, "first_action_at": "2026-10-08 12:00"},
        {"corrected_on_spot": NO, "first_action_at": "2026-10-08 12:00", "handler": "示例甲"}, "on_time"),
    "a document numbered months later": (
        "document_complete", {"document_no": ""}, {"document_no": "监察〔2026〕3号"}, "late"),
    "a document dated months later": (
        "document_complete", {"document_no": ""},
        {"document_no": "监察〔2026〕3号", "document_issued_at": "2026-10-09"}, "on_time"),
    "feedback put off after its end": (
        "feedback/up", {"closed_at": "2026-10-12", "feedback_due": "2026-10-14"},
        {"closed_at": "2026-10-12", "feedback_due": "2027-12-31"}, "overdue"),
    "no day for feedback any more": (
        "feedback/up", {"closed_at": "2026-10-12", "feedback_due": "2026-10-14", "feedback_at": "2026-10-15"},
        {"closed_at": "2026-10-12", "feedback_due": "", "feedback_at": "2026-10-15"}, "late"),
    "feedback due before it was closed": (
        "feedback/up", {"closed_at": "2026-10-12", "feedback_due": "2026-10-11", "feedback_at": "2026-10-13"},
        {"closed_at": "2026-10-12", "feedback_due": "2026-10-11", "feedback_at": "2026-10-13"}, "on_time"),
    "closed by force answers nobody": (
        "petition_closure", {"source": "信访投诉", "accepted_at": "2026-10-10", "discovered_at": FOUND},
        {"source": "信访投诉", "accepted_at": "2026-10-10", "closed_at": "2026-10-20", "closure": "强制办结"},
        "overdue"),
    "put off is not closed": (
        "case_decision", {"filed_at": "2026-09-12", "discovered_at": "2026-09-10"},
        {"filed_at": "2026-09-12", "discovered_at": "2026-09-10", "closed_at": "2026-10-20", "closure": "缓办"},
        "overdue"),
    "dispatched from discovery where nobody wrote when it came": (
        "dispatch", {"source": "12345", "duty_grid": "田庄乡"}, {"source": "12345", "duty_grid": "田庄乡"}, "overdue"),
}  # fmt: skip
# What the steps ask for beside what is told here.
COLUMNS = {"decided_at", "disclosed_at", "escalated_at", "assigned_at"}
SAID = [told for _, *both in CAUSES.values() for told in both] + [t for _, *both, _ in RETOLD.values() for t in both]
FIELDS = sorted({field for told in SAID for field in told} | set(problem("1", FOUND)) | COLUMNS)


def book(number: int, told: list[tuple[str, dict[str, str]]]) -> list[dict[str, str]]:
    return [
        {**dict.fromkeys(FIELDS, ""), **problem(f"{number + n}", FOUND, duty_grid="安化县"), **said}
        for n, (_, said) in enumerate(told)
    ]


def deliver(house: House, when: tuple[str, str], rows: list[dict[str, str]]) -> None:
    house.ledger("problem", rows, fields=FIELDS, month=when[0], received=when[1])


@pytest.fixture(scope="module")
def house() -> House:
    """Numbers from 1: taken back too late; from 101: within a week; from 201: told otherwise; from 301: told once."""
    made = House("2027-01-06 09:00")
    first = [(name, told) for name, (_, told, _) in CAUSES.items()]
    instead = [(name, told) for name, (_, _, told) in CAUSES.items()]
    begun = [(name, told) for name, (_, told, _, _) in RETOLD.items()]
    retold = [(name, told) for name, (_, _, told, _) in RETOLD.items()]
    deliver(made, FIRST, book(1, first) + book(101, first) + book(201, begun) + book(301, instead))
    deliver(made, SOON, book(101, instead))
    deliver(made, LATER, book(1, instead) + book(201, retold))
    return made.build()


def duty(house: House, metric: str, number: int) -> list[dict[str, Any]]:
    metric_id, _, part = metric.partition("/")
    name = "/".join(filter(None, [metric_id, f"anhua/{number}", part]))
    return house.rows(f"select * from published.obligation where obligation_id = '{name}'")


@pytest.mark.parametrize("name", CAUSES)
def test_taken_back_too_late_it_is_still_owed_and_says_so(house: House, name: str) -> None:
    (found,) = duty(house, CAUSES[name][0], [*CAUSES].index(name) + 1)
    assert found["state"] == "overdue", found["due_basis"]


@pytest.mark.parametrize("name", [n for n in CAUSES if n not in ("closed, then by force", "received", "assigned")])
def test_mended_within_a_week_it_was_a_mistake(house: House, name: str) -> None:
    assert duty(house, CAUSES[name][0], [*CAUSES].index(name) + 101) == []


@pytest.mark.parametrize("name", RETOLD)
def test_told_otherwise_after_the_end(house: House, name: str) -> None:
    metric, _, _, state = RETOLD[name]
    (found,) = duty(house, metric, [*RETOLD].index(name) + 201)
    assert found["state"] == state, found["due_basis"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("to be filed", "到期之后才改写或清空缘由，仍按先前所写计"),
        ("a violation", "到期之后才改写或清空缘由，仍按先前所写计"),
        ("closed", "到期之后才改写或清空缘由，仍按先前所写计"),
    ],
)
def test_the_duty_says_that_its_cause_was_taken_back(house: House, name: str, words: str) -> None:
    (found,) = duty(house, CAUSES[name][0], [*CAUSES].index(name) + 1)
    assert words in found["due_basis"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("completed earlier than was told", "先报的完成时间超期，后来改早"),
        ("visited earlier than was told", "到期之后改写过"),
        ("put right on the spot after all", "到期之后改写过"),
        ("a document numbered months later", "文书编号后来才填"),
        ("feedback due before it was closed", "反馈时限早于办结，不以为限"),
        ("dispatched from discovery where nobody wrote when it came", "未写收到时间，自发现起算"),
    ],
)
def test_the_duty_says_what_was_told_otherwise(house: House, name: str, words: str) -> None:
    (found,) = duty(house, RETOLD[name][0], [*RETOLD].index(name) + 201)
    assert words in found["due_basis"]


def test_taken_back_before_the_end_it_is_not_owed() -> None:
    made = House("2027-01-06 09:00")
    kept = {"filed_at": "2026-10-20", "decided_at": ""}
    for when, told in ((FIRST, kept), (("2026-11", "2026-12-02 10:00"), {"filed_at": "", "decided_at": ""})):
        made.ledger("problem", [problem("A", FOUND, **told)], month=when[0], received=when[1])
    made.build()
    where = "metric_id = 'case_decision' and subject_kind = 'problem'"
    assert made.rows(f"select * from published.obligation where {where}") == []
