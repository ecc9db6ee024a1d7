"""Rectification: deadlines, extensions, rounds, and the eight states."""

from datetime import datetime
from typing import Any

import pytest
from house import House, problem

FOLLOW_UP = ["problem_no", "by_grid", "done_at", "kind", "result", "new_due"]


def duty(house: House, number: str, round_no: int = 1) -> dict[str, Any]:
    return house.one(
        f"select * from published.obligation where obligation_id = 'rectification/anhua/{number}/r{round_no}'"
    )


def built(*problems: dict[str, str], visits: list[dict[str, str]] | None = None) -> House:
    house = House()
    house.ledger("problem", list(problems))
    if visits:
        house.ledger("follow_up", visits, fields=FOLLOW_UP)
    return house.build()


def visit(number: str, day: str, result: str, new_due: str = "", kind: str = "复查") -> dict[str, str]:
    return {
        "problem_no": number,
        "by_grid": "安化县",
        "done_at": day,
        "kind": kind,
        "result": result,
        "new_due": new_due,
    }


@pytest.mark.parametrize(
    ("said", "state", "words"),
    [
        ({}, "void", "；超出本级权限，已在时限之前移送示例局，不纳入考核"),
        ({"rectified_at": "2026-10-19"}, "on_time", ""),
        ({"rectified_at": "2026-10-25"}, "void", "；超出本级权限，已在时限之前移送示例局，不纳入考核"),
        ({"referred_at": "2026-10-25"}, "overdue", "；时限之后才移送，仍按时限计"),
        ({"referred_to": ""}, "overdue", ""),
        ({"beyond_authority": "否"}, "overdue", ""),
    ],
)
def test_what_is_beyond_its_powers_and_handed_on_in_time_is_not_its_own(
    said: dict[str, str], state: str, words: str
) -> None:
    beyond = {"beyond_authority": "是", "referred_at": "2026-10-09", "referred_to": "示例局", "rectified_at": ""}
    found = duty(built(problem("A", **{**beyond, **said})), "A")
    assert (found["state"], words in found["due_basis"]) == (state, True)
    assert words or "移送" not in found["due_basis"]


def test_the_eight_states() -> None:
    house = built(
        problem("A", rectified_at="2026-10-20 23:59"),
        problem("B", rectified_at="2026-10-21"),
        problem("C"),
        problem("D", due="2026-11-06 10:00"),
        problem("E", due=""),
        problem("F", rectified_at="2026-10-07"),
        problem("G", closure="作废"),
    )
    found = {number: duty(house, number)["state"] for number in "ABCDEFG"}
    assert found == {
        "A": "on_time", "B": "late", "C": "overdue", "D": "pending", "E": "no_deadline", "F": "bad_dates", "G": "void",
    }  # fmt: skip
    silent = house.one(
        "select * from published.obligation where obligation_id = 'rectification/table/taojiang/2026-10'"
    )
    assert (silent["state"], silent["grid_id"], silent["subject_kind"]) == ("unreported", "taojiang", "table")


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2026-10-20", "2026-10-20 23:59:59"),
        ("2026-10-20 12:00", "2026-10-20 12:00:00"),
        ("立行立改", "2026-10-08 23:59:59"),
        ("30日内", "2026-11-08 23:59:59"),
        ("5个工作日内", "2026-10-15 23:59:59"),
        ("2026年10月底前", "2026-10-31 23:59:59"),
        ("2026年12月", "2026-12-31 23:59:59"),
        ("年底前", "2026-12-31 23:59:59"),
        ("２０２６年１０月２０日前", "2026-10-20 23:59:59"),
    ],
)
def test_deadlines(due: str, expected: str) -> None:
    """Days are counted from the day after service (9 October, a Friday; Saturday the 10th is a working day)."""
    house = built(problem("A", due=due, served_at="2026-10-09"))
    assert str(duty(house, "A")["due_at"]) == expected


@pytest.mark.parametrize("due", ["长期坚持", "尽快", ""])
def test_no_date_is_no_deadline(due: str) -> None:
    found = duty(built(problem("A", due=due)), "A")
    assert (found["state"], found["due_at"], found["period"]) == ("no_deadline", None, "2026-10")


def test_beyond_the_calendar_is_pending_never_guessed() -> None:
    found = duty(built(problem("A", due="90个工作日内")), "A")
    assert (found["state"], found["due_at"]) == ("pending", None)
    assert "日历未发布" in found["due_basis"]


@pytest.mark.parametrize(
    ("approved_by", "approved_at", "extended", "state"),
    [
        ("第一网格单元", "2026-10-20", True, "on_time"),
        ("第一网格单元", "2026-10-21", False, "late"),
        ("益阳市支队", "2026-10-19", True, "on_time"),
        ("益阳市生态环境局", "2026-10-19", True, "on_time"),
        ("市执法支队", "2026-10-19", True, "on_time"),
        ("市领导", "2026-10-19", False, "late"),
        ("安化县人民政府", "2026-10-19", False, "late"),
        ("桃江县生态环境局", "2026-10-19", False, "late"),
        ("市支队", "2026-10-19", True, "on_time"),
        ("自批", "2026-10-19", False, "late"),
        ("田庄乡", "2026-10-19", False, "late"),
        ("安化县", "2026-10-19", False, "late"),
        ("", "2026-10-19", False, "late"),
        ("第一网格单元", "", False, "late"),
    ],
)
def test_extensions(approved_by: str, approved_at: str, extended: bool, state: str) -> None:
    house = built(
        problem(
            "A",
            extended_due="2026-10-30",
            extension_approved_by=approved_by,
            extension_approved_at=approved_at,
            rectified_at="2026-10-25",
        )
    )
    found = duty(house, "A")
    assert (found["is_extended"], found["state"]) == (extended, state)
    assert str(found["original_due_at"]) == "2026-10-20 23:59:59"
    value = house.one(
        "select * from published.metric_value where metric_id = 'rectification' and grid_id = 'anhua'"
        " and owner_level = 'all' and period_kind = 'month' and period = '2026-10'"
    )
    assert value["on_time_original"] == 0, "the rate by the original date stands beside"


def test_a_failed_reinspection_leaves_round_one_and_opens_round_two() -> None:
    house = built(
        problem("A", rectified_at="2026-10-18"),
        visits=[visit("A", "2026-10-25", "不合格", "2026-11-03"), visit("A", "2026-11-02", "合格")],
    )
    first, second = duty(house, "A"), duty(house, "A", 2)
    assert (first["state"], str(first["met_at"])) == ("on_time", "2026-10-18 00:00:00")
    assert (second["state"], str(second["due_at"])) == ("on_time", "2026-11-03 23:59:59")
    assert str(second["met_at"]) == "2026-11-02 00:00:00"
    assert second["period"] == "2026-11"


def test_round_two_without_a_new_date_has_no_deadline() -> None:
    house = built(problem("A", rectified_at="2026-10-18"), visits=[visit("A", "2026-10-25", "部分")])
    assert duty(house, "A", 2)["state"] == "no_deadline"


def test_an_overwritten_date_is_found_again_in_the_former_version() -> None:
    house = House()
    house.ledger("problem", [problem("A", rectified_at="2026-10-18")], received="2026-10-20 10:00")
    house.ledger("problem", [problem("A", rectified_at="2026-11-01")], received="2026-11-04 10:00")
    house.ledger("follow_up", [visit("A", "2026-10-25", "不合格", "2026-10-30")], fields=FOLLOW_UP)
    house.build()
    first, second = duty(house, "A"), duty(house, "A", 2)
    assert (first["state"], str(first["met_at"])) == ("on_time", "2026-10-18 00:00:00")
    assert (second["state"], str(second["met_at"])) == ("late", "2026-11-01 00:00:00")
    change = house.one("select * from published.revision")
    assert (change["field"], change["old"], change["new"]) == (
        "rectified_at", "2026-10-18 00:00:00", "2026-11-01 00:00:00",
    )  # fmt: skip


def test_a_rectification_first_reported_after_the_failed_visit_is_contradictory() -> None:
    house = built(problem("A", rectified_at="2026-11-01"), visits=[visit("A", "2026-10-25", "不合格", "2026-11-03")])
    assert duty(house, "A")["state"] == "bad_dates"
    assert duty(house, "A", 2)["state"] == "on_time"


def test_a_visit_in_the_problem_ledger_and_in_its_own_ledger_is_one() -> None:
    house = built(
        problem(
            "A",
            rectified_at="2026-10-18",
            reinspected_at="2026-10-25",
            reinspection_result="不合格",
            new_due="2026-11-03",
        ),
        visits=[visit("A", "2026-10-25", "不合格", "2026-11-03")],
    )
    assert house.values("select count(*) from published.follow_up") == [1]
    assert duty(house, "A", 2)["state"] == "overdue"


def test_the_county_owes_where_the_ledger_names_nobody_else() -> None:
    house = built(problem("A"), problem("B", duty_grid="田庄乡"))
    assert duty(house, "A")["grid_id"] == "anhua"
    assert duty(house, "B")["grid_id"] == "g430923209"


def test_children_count_and_the_parent_does_not() -> None:
    house = built(problem("A"), problem("A1", parent_problem_no="A"), problem("D", is_duplicate="是"))
    assert [duty(house, number)["state"] for number in ("A", "A1", "D")] == ["void", "overdue", "void"]


def test_closing_stands_in_only_where_the_header_is_missing() -> None:
    fields = ["problem_no", "description", "source", "grid", "category", "discovered_at", "rectify_due", "closed_at"]
    house = House()
    house.ledger("problem", [problem("A", closed_at="2026-10-15")], fields=fields)
    house.build()
    found = duty(house, "A")
    assert (found["state"], str(found["met_at"])) == ("on_time", "2026-10-15 00:00:00")
    assert "办结时间" in found["due_basis"]
    assert house.values(
        "select measurable from published.measurable where metric_id = 'rectification' and county_id = 'anhua'"
        " and month = '2026-10'"
    ) == ["partial"]
    assert duty(built(problem("B", closed_at="2026-10-15")), "B")["state"] == "overdue"


def test_without_a_deadline_column_there_is_no_duty() -> None:
    fields = ["problem_no", "description", "source", "grid", "category", "discovered_at", "rectified_at"]
    house = House()
    house.ledger("problem", [problem("A")], fields=fields)
    house.build()
    assert house.values(
        "select count(*) from published.obligation where metric_id = 'rectification' and subject_id = 'anhua/A'"
    ) == [0]


def test_leaving_a_column_out_later_does_not_erase_what_it_said() -> None:
    house = House()
    house.ledger("problem", [problem("A", rectified_at="2026-10-15", description="一")], received="2026-10-20 10:00")
    fields = ["problem_no", "description", "source", "grid", "category", "discovered_at", "rectify_due"]
    house.ledger("problem", [problem("A", description="二")], fields=fields, received="2026-11-04 10:00")
    house.build()
    assert duty(house, "A")["met_at"] == datetime(2026, 10, 15)
    assert house.values("select field from published.revision") == ["description"]


def test_dropping_the_deadline_column_later_does_not_drop_the_duty() -> None:
    house = House()
    house.ledger("problem", [problem("A", description="一")], received="2026-10-20 10:00", month="2026-09")
    fields = ["problem_no", "description", "source", "grid", "category", "discovered_at"]
    house.ledger("problem", [problem("A", description="二")], fields=fields, received="2026-11-04 10:00")
    house.build()
    assert duty(house, "A")["state"] == "overdue"


def test_a_corrected_visit_date_in_the_ledger_is_not_another_visit() -> None:
    house = House()
    row = {"rectified_at": "2026-10-18", "reinspection_result": "不合格", "new_due": "2026-11-03"}
    house.ledger("problem", [problem("A", reinspected_at="2026-10-25", **row)], received="2026-11-01 10:00")
    house.ledger("problem", [problem("A", reinspected_at="2026-10-26", **row)], received="2026-11-02 10:00")
    house.build()
    assert house.values(
        "select max(round) from published.obligation where metric_id = 'rectification' and subject_id = 'anhua/A'"
    ) == [2]


def test_a_county_reinspects_what_the_detachment_registered() -> None:
    house = House()
    house.ledger("problem", [problem("C", rectified_at="2026-10-18")], county="city")
    house.ledger("follow_up", [visit("C", "2026-10-25", "不合格", "2026-11-03")], fields=FOLLOW_UP)
    house.build()
    assert house.values("select state from published.obligation where obligation_id = 'rectification/city/C/r2'") == [
        "overdue"
    ]


@pytest.mark.parametrize("due", ["99999999日内", "99999个工作日内", "9999-12-31", "0000-00-00", "9999年12月底前"])
def test_absurd_deadlines_break_nothing(due: str) -> None:
    assert duty(built(problem("A", due=due)), "A")["state"] in {"no_deadline", "pending"}


def test_the_detachment_named_as_duty_bearer_means_the_unit_in_charge() -> None:
    house = House()
    house.ledger("problem", [problem("A", duty_grid="市支队")], county="city")
    house.build()
    assert house.values(
        "select grid_id from published.obligation where metric_id = 'rectification' and subject_id = 'city/A'"
    ) == ["u1"]


def test_correction_on_the_spot_is_met_at_discovery() -> None:
    found = duty(built(problem("A", corrected_on_spot="是", discovered="2026-10-08 10:30")), "A")
    assert (found["state"], str(found["met_at"])) == ("on_time", "2026-10-08 10:30:00")


def test_people_in_post_on_the_day_with_successor_and_deputy() -> None:
    house = House()
    house.ledger("problem", [problem("A")])
    house.ledger(
        "person",
        [
            {"name": "示例前任", "grid": "安化县", "post": "网格长", "valid_from": "2026-01-01"},
            {"name": "示例后任", "grid": "安化县", "post": "网格长", "valid_from": "2026-10-15"},
            {
                "name": "示例后任",
                "grid": "安化县",
                "post": "网格长",
                "valid_from": "2026-10-18",
                "valid_to": "2026-10-22",
                "kind": "请假",
                "deputy": "示例代理",
            },
        ],
        fields=["name", "grid", "post", "valid_from", "valid_to", "kind", "deputy"],
    )
    found = duty(house.build(), "A")
    assert (found["person_at_start"], found["person_at_due"]) == ("示例前任", "示例后任")
    assert (found["days_in_post_at_due"], found["deputy_at_due"]) == (6, "示例代理")
