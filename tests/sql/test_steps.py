"""Steps of handling: what starts each clock, who owes it, and the states it can come to. Seen on 2026-11-06 09:00."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from house import RULES, House, patrol, person, problem

YES, NO = "是", "否"
# name → (metric, what the ledger says, state, due, who owes). Discovered on 2026-10-08 10:00 in a township of 安化县.
CASES: dict[str, tuple[str, dict[str, str], str, str | None, str]] = {
    "registered within a day": (
        "problem_registration", {"registered_at": "2026-10-09 10:00"}, "on_time", "2026-10-09 10:00", "g430923209"),
    "registered a minute too late": (
        "problem_registration", {"registered_at": "2026-10-09 10:01"}, "late", "2026-10-09 10:00", "g430923209"),
    "never registered": ("problem_registration", {}, "overdue", "2026-10-09 10:00", "g430923209"),
    "registered before it was found": (
        "problem_registration", {"registered_at": "2026-10-08 09:59"}, "bad_dates", "2026-10-09 10:00", "g430923209"),
    "registered that day, no clock": (
        "problem_registration", {"registered_at": "2026-10-08"}, "on_time", "2026-10-09 10:00", "g430923209"),
    "found on a day without a clock": (
        "problem_registration", {"discovered_at": "2026-10-08", "registered_at": "2026-10-09 23:59"}, "on_time",
        "2026-10-09 23:59:59", "g430923209"),
    "the hotline's is registered by the county": (
        "problem_registration", {"source": "12345"}, "overdue", "2026-10-09 10:00", "anhua"),
    "found by nobody knows whom, the county's": (
        "problem_registration", {"source": "说不清"}, "overdue", "2026-10-09 10:00", "anhua"),
    "withdrawn at once": ("problem_registration", {"closure": "作废"}, "void", "2026-10-09 10:00", "g430923209"),
    "somebody went": (
        "first_response", {"registered_at": "2026-10-08 12:00", "first_action_at": "2026-10-09 12:00"}, "on_time",
        "2026-10-09 12:00", "anhua"),
    "there before it was registered": (
        "first_response",
        {"registered_at": "2026-10-08 12:00", "first_action_at": "2026-10-08 11:00"},
        "on_time",
        "2026-10-09 12:00",
        "anhua",
    ),
    "there before it was found": (
        "first_response",
        {"registered_at": "2026-10-08 12:00", "first_action_at": "2026-10-08 09:00"},
        "bad_dates",
        "2026-10-09 12:00",
        "anhua",
    ),
    "the problem closed before the case was filed": (
        "case_decision",
        {"filed_at": "2026-10-20", "closed_at": "2026-10-12"},
        "pending",
        "2027-01-18 23:59:59",
        "anhua",
    ),
    "nobody went, clock from discovery": ("first_response", {}, "overdue", "2026-10-09 10:00", "anhua"),
    "put right on the spot": ("first_response", {"corrected_on_spot": YES}, "on_time", "2026-10-09 10:00", "anhua"),
    "put right on the spot, registered without a clock, somebody there again": (
        "first_response",
        {"corrected_on_spot": YES, "registered_at": "2026-10-08", "first_action_at": "2026-10-08 11:00"}, "on_time",
        "2026-10-09 23:59:59", "anhua"),
    "whose duty the ledger names": (
        "first_response", {"duty_grid": "田庄乡"}, "overdue", "2026-10-09 10:00", "g430923209"),
    "a township reports a violation": (
        "violation_report", {"nature": "违法行为", "escalated_at": "2026-10-08 18:00"}, "on_time", "2026-10-09 10:00",
        "g430923209"),
    "a violation that came as a report": (
        "violation_report", {"nature": "违法行为", "source": "下级网格报告", "received_at": "2026-10-08 11:00"},
        "on_time", "2026-10-09 10:00", "g430923209"),
    "a violation kept to itself": (
        "violation_report", {"nature": "违法行为"}, "overdue", "2026-10-09 10:00", "g430923209"),
    "beyond its powers, referred": (
        "escalation", {"beyond_authority": YES, "referred_at": "2026-10-09 09:00", "escalated_at": "2026-10-20"},
        "on_time", "2026-10-09 10:00", "g430923209"),
    "beyond its powers, still there": (
        "escalation", {"beyond_authority": YES, "duty_grid": "安化县"}, "overdue", "2026-10-09 10:00", "anhua"),
    "passed on": (
        "dispatch", {"source": "12345", "duty_grid": "田庄乡", "received_at": "2026-10-08 11:00",
                     "assigned_at": "2026-10-10 11:00"}, "late", "2026-10-09 11:00", "anhua"),
    "document and deadline": (
        "document_complete", {"document_no": "安环改〔2026〕1号", "document_issued_at": "2026-10-15"}, "on_time",
        "2026-10-15 23:59:59", "anhua"),
    "a document that sets no date": (
        "document_complete", {"document_no": "安环改〔2026〕1号", "rectify_due": ""}, "overdue",
        "2026-10-15 23:59:59", "anhua"),
    "a number without a date": (
        "document_complete", {"document_no": "安环改〔2026〕1号"}, "on_time", "2026-10-15 23:59:59", "anhua"),
    "filed in time": (
        "case_filing", {"needs_filing": YES, "filed_at": "2026-10-23"}, "on_time", "2026-10-23 23:59:59", "anhua"),
    "filed too late": (
        "case_filing", {"needs_filing": YES, "filed_at": "2026-10-24"}, "late", "2026-10-23 23:59:59", "anhua"),
    "a township cannot file": (
        "case_filing", {"needs_filing": YES, "duty_grid": "田庄乡"}, "overdue", "2026-10-23 23:59:59", "anhua"),
    "decided": (
        "case_decision", {"filed_at": "2026-10-09", "decided_at": "2026-10-30"}, "on_time", "2027-01-07 23:59:59",
        "anhua"),
    "closed without a decision": (
        "case_decision", {"filed_at": "2026-10-09", "closed_at": "2026-10-30"}, "on_time", "2027-01-07 23:59:59",
        "anhua"),
    "a petition accepted on the last day": (
        "petition_acceptance", {"source": "信访投诉", "received_at": "2026-10-10", "accepted_at": "2026-10-25"},
        "on_time", "2026-10-25 23:59:59", "anhua"),
    "a petition nobody accepted": (
        "petition_acceptance", {"source": "信访投诉"}, "overdue", "2026-10-23 23:59:59", "anhua"),
    "a petition answered": (
        "petition_closure", {"source": "信访投诉", "accepted_at": "2026-10-10", "replied_at": "2026-10-20"}, "on_time",
        "2026-12-09 23:59:59", "anhua"),
    "a ticket by its own limit": (
        "petition_closure", {"source": "12369", "rectify_due": "2026-10-12", "closed_at": "2026-10-13"}, "late",
        "2026-10-12 23:59:59", "anhua"),
    "a ticket without a limit": (
        "petition_closure", {"source": "12369", "rectify_due": ""}, "no_deadline", None, "anhua"),
    "fed back on the fifth working day": (
        "feedback/up", {"closed_at": "2026-10-12", "feedback_at": "2026-10-19"}, "on_time", "2026-10-19 23:59:59",
        "anhua"),
    "fed back by the date told": (
        "feedback/up", {"closed_at": "2026-10-12", "feedback_due": "2026-10-14", "feedback_at": "2026-10-15"}, "late",
        "2026-10-14 23:59:59", "anhua"),
    "the petitioner got an answer": (
        "feedback/reply", {"source": "信访投诉", "closed_at": "2026-10-12", "replied_at": "2026-10-13"}, "on_time",
        "2026-10-19 23:59:59", "anhua"),
    "the ledger says it answered the petitioner": (
        "feedback/reply", {"feedback_direction": "答复信访人", "closed_at": "2026-10-12", "replied_at": "2026-10-13"},
        "on_time", "2026-10-19 23:59:59", "anhua"),
    "closed by force, not fed back": (
        "feedback/up", {"closed_at": "2026-10-12", "closure": "强制办结"}, "overdue", "2026-10-19 23:59:59", "anhua"),
    "a penalty disclosed": (
        "disclosure/penalty", {"must_disclose": YES, "decided_at": "2026-10-12", "disclosed_at": "2026-10-22"}, "late",
        "2026-10-21 23:59:59", "anhua"),
    "a result disclosed": (
        "disclosure/result", {"must_disclose": YES, "closed_at": "2026-10-09", "disclosed_at": "2026-11-05"},
        "on_time", "2026-11-05 23:59:59", "anhua"),
    "re-inspected by the fifteenth day": (
        "reinspection/r1", {"rectified_at": "2026-10-10 09:00", "reinspected_at": "2026-10-25",
                            "reinspection_result": "不合格"}, "on_time", "2026-10-25 23:59:59", "anhua"),
    "not re-inspected": (
        "reinspection/r1", {"rectified_at": "2026-10-10 09:00"}, "overdue", "2026-10-25 23:59:59", "anhua"),
    "supervised by another grid": (
        "reinspection/r1", {"rectified_at": "2026-10-10 09:00", "supervisor_grid": "支队"}, "overdue",
        "2026-10-25 23:59:59", "u1"),
    "assigned from above": (
        "assigned_problem", {"assignment_no": "交办〔2026〕5号", "rectified_at": "2026-10-21"}, "late",
        "2026-10-20 23:59:59", "anhua"),
}  # fmt: skip
# name → metric of which nothing may arise from what the ledger says.
NOTHING: dict[str, tuple[str, dict[str, str]]] = {
    "no flag is not a no": ("case_filing", {"filed_at": ""}),
    "flag says no": ("escalation", {"beyond_authority": NO}),
    "not a violation": ("violation_report", {"nature": "环境隐患"}),
    "the county found it": ("violation_report", {"nature": "违法行为", "source": "12345"}),
    "handled by itself": ("dispatch", {"source": "12345", "received_at": "2026-10-08 11:00"}),
    "corrected that day": ("document_complete", {"rectified_at": "2026-10-08 15:00"}),
    "said to be corrected on the spot": ("document_complete", {"corrected_on_spot": YES}),
    "not closed": ("feedback", {}),
    "put off, not closed": ("feedback", {"closed_at": "2026-10-12", "closure": "缓办"}),
    "need not be disclosed": ("disclosure", {"must_disclose": NO, "closed_at": "2026-10-09"}),
    "not accepted yet": ("petition_closure", {"source": "信访投诉"}),
    "nothing to re-inspect": ("reinspection", {"corrected_on_spot": YES, "rectified_at": "2026-10-08 15:00"}),
    "not rectified": ("reinspection", {}),
    "nobody assigned it": ("assigned_problem", {"rectified_at": "2026-10-10"}),
}
ALL_FIELDS = sorted({field for _, said, *_ in [*CASES.values(), *NOTHING.values()] for field in said})


@pytest.fixture(scope="module")
def house() -> House:
    made = House()
    rows = []
    for number, (_, said, *_) in enumerate([*CASES.values(), *NOTHING.values()], 1):
        rows.append({**dict.fromkeys(ALL_FIELDS, ""), **problem(str(number), "2026-10-08 10:00"), **said})
    made.ledger("problem", rows, fields=sorted(rows[0]), received="2026-11-06 08:00")
    return made.build()


@pytest.mark.parametrize("name", CASES)
def test_each_step(house: House, name: str) -> None:
    metric, _, state, due, owner = CASES[name]
    metric_id, _, part = metric.partition("/")
    number = [*CASES, *NOTHING].index(name) + 1
    duty = house.one(
        f"select * from published.obligation where metric_id = '{metric_id}' and subject_id = 'anhua/{number}'"
    )
    assert (duty["state"], duty["due_at"], duty["grid_id"]) == (state, due and datetime.fromisoformat(due), owner)
    assert duty["obligation_id"] == "/".join(filter(None, [metric_id, f"anhua/{number}", part]))
    assert duty["duty_row_id"] is not None
    assert (duty["met_row_id"] is None) == (duty["met_at"] is None)


@pytest.mark.parametrize("name", NOTHING)
def test_what_owes_nothing(house: House, name: str) -> None:
    number = [*CASES, *NOTHING].index(name) + 1
    where = f"metric_id = '{NOTHING[name][0]}' and subject_id = 'anhua/{number}'"
    assert house.rows(f"select * from published.obligation where {where}") == []


def test_each_duty_says_its_limit(house: House) -> None:
    rows = house.rows("select obligation_id, due_basis from published.obligation")
    told = {row["obligation_id"]: row["due_basis"] for row in rows}
    by_day = [*CASES].index("found on a day without a clock") + 1
    assert told[f"problem_registration/anhua/{by_day}"] == "发现后 24 小时内登记（本系统暂定）；按日计"
    undated = [*CASES].index("a document that sets no date") + 1
    assert told[f"document_complete/anhua/{undated}"].endswith("；未明确整改时限")
    ticket = [*CASES].index("a ticket without a limit") + 1
    assert told[f"petition_closure/anhua/{ticket}"] == "热线以工单所写时限为准，没有写的未定时限"


def registered(house: House) -> list[dict[str, Any]]:
    return house.rows(
        "select * from published.obligation where metric_id = 'problem_registration' and subject_kind = 'problem'"
    )


def test_the_grid_that_patrolled_found_it() -> None:
    house = House()
    house.ledger("person", [person("示例甲", "安化县", "网格员"), person("示例乙", "田庄乡", "网格员")])
    house.ledger(
        "patrol",
        [
            patrol("7", "田庄乡", "2026-10-08 09:00", "示例甲", findings="1"),
            patrol("8", "田庄乡", "2026-10-08 09:00", "示例甲、示例乙", findings="1"),
        ],
    )
    by = [
        problem(n, "2026-10-08 10:00", patrol_no=no, registered_at="") for n, no in (("A", "7"), ("B", "8"), ("C", "9"))
    ]
    house.ledger("problem", by)
    house.build()
    owners = {row["subject_id"]: row["grid_id"] for row in registered(house)}
    assert owners == {"anhua/A": "anhua", "anhua/B": "g430923209", "anhua/C": "g430923209"}


def test_the_detachments_ledger_is_the_units() -> None:
    house = House()
    house.ledger("problem", [problem("A", source="12369", registered_at="")], county="city")
    house.build()
    assert [row["grid_id"] for row in registered(house)] == ["u1"]


def test_without_the_column_there_is_no_duty_and_the_month_says_so() -> None:
    house = House()
    house.ledger("problem", [problem("A")])
    house.build()
    assert registered(house) == []
    told = house.one(
        "select * from published.measurable where metric_id = 'problem_registration' and county_id = 'anhua'"
        " and month = '2026-10'"
    )
    assert (told["measurable"], told["reason_zh"]) == ("no", "该县台账无“登记时间”列，本指标不可测")


def test_a_column_that_vanishes_takes_no_known_duty_away() -> None:
    house = House()
    house.ledger(
        "problem", [problem("A", "2026-09-08", registered_at="")], month="2026-09", received="2026-10-03 10:00"
    )
    house.ledger("problem", [problem("A", "2026-09-08"), problem("B")])
    house.build()
    assert {row["subject_id"]: row["state"] for row in registered(house)} == {"anhua/A": "overdue"}


def test_a_missing_ledger_adds_one_duty_for_whoever_owes_the_table() -> None:
    house = House()
    house.ledger("problem", [problem("A")])
    house.build()
    rows = house.rows(
        "select metric_id, grid_id, state from published.obligation where subject_kind = 'table' and about_month ="
        " '2026-10' and metric_id in ('violation_report', 'case_filing', 'problem_registration')"
        " and (county_id = 'city' or county_id = 'taojiang')"
    )
    assert {row["state"] for row in rows} == {"unreported"}
    by_metric: dict[str, set[str]] = {}
    for row in rows:
        by_metric.setdefault(row["metric_id"], set()).add(row["grid_id"])
    units = {"u1", "u2", "u3", "u4"}
    assert by_metric == {
        "violation_report": {"taojiang"},  # a township's duty, the county's table; no unit owes it
        "case_filing": {"taojiang", *units},
        "problem_registration": {"taojiang", *units},
    }


def test_a_re_inspection_ledger_alone_makes_it_measurable() -> None:
    house = House()
    house.ledger("problem", [problem("A", rectified_at="2026-10-10"), problem("B", rectified_at="2026-10-10")])
    visit = {"problem_no": "A", "by_grid": "安化县", "done_at": "2026-10-12", "kind": "复查", "result": "合格"}
    house.ledger("follow_up", [visit])
    house.build()
    rows = house.rows(
        "select * from published.obligation where metric_id = 'reinspection' and subject_kind = 'problem'"
    )
    assert {row["subject_id"]: row["state"] for row in rows} == {"anhua/A": "on_time", "anhua/B": "overdue"}
    met = next(row for row in rows if row["state"] == "on_time")
    assert house.values(f"select table_name from published.source_row where row_id = '{met['met_row_id']}'") == [
        "follow_up"
    ]


def test_a_failed_visit_ends_its_round_and_the_next_owes_another() -> None:
    house = House()
    house.ledger("problem", [problem("A", rectified_at="2026-10-10")], month="2026-09", received="2026-10-11 10:00")
    fail = {"problem_no": "A", "by_grid": "安化县", "done_at": "2026-10-12", "kind": "复查", "result": "不合格"}
    house.ledger("follow_up", [fail])
    house.ledger("problem", [problem("A", rectified_at="2026-10-18")])
    house.build()
    rows = house.rows(
        "select * from published.obligation where metric_id = 'reinspection' and subject_kind = 'problem'"
    )
    assert [(row["obligation_id"], row["state"]) for row in sorted(rows, key=lambda row: row["round"])] == [
        ("reinspection/anhua/A/r1", "on_time"),
        ("reinspection/anhua/A/r2", "overdue"),
    ]


@pytest.mark.parametrize("option", ["handler_counts", "handler_excluded"])
def test_a_re_inspection_by_the_handler_is_said_and_left_out_only_where_nobody_else_went(option: str) -> None:
    limits = [replace(one, option=option) if one.metric_id == "reinspection" else one for one in RULES.catalogue.limits]
    house = House(catalogue=replace(RULES.catalogue, limits=tuple(limits)))
    alone, among, other = "；复查人即经办人", "；复查人里有经办人", ""
    pairs = {
        "A": ("示例丙", "示例丙", alone), "B": ("示例丙", "示例丙、示例乙", among),
        "C": ("示例丙", "示例乙，示例丙", among), "D": ("示例丙、示例丁", "示例丁", alone),
        "E": ("示例丙", "示例丙丙", other), "F": ("", "示例丙", other),
    }  # fmt: skip
    rows = [
        problem(n, rectified_at="2026-10-10", handler=handler, reinspector=by, reinspected_at="2026-10-12")
        for n, (handler, by, _) in pairs.items()
    ]
    house.ledger("problem", rows)
    house.build()
    duties = house.rows(
        "select right(subject_id, 1) as no, state, due_basis from published.obligation"
        " where metric_id = 'reinspection' and subject_kind = 'problem'"
    )
    plain = "整改完成后 15 日内复查（本系统暂定）"
    found = {row["no"]: (row["state"], row["due_basis"].removeprefix(plain)) for row in duties}
    is_out = option == "handler_excluded"
    assert found == {
        n: ("overdue", "") if is_out and said == alone else ("on_time", said) for n, (_, _, said) in pairs.items()
    }
