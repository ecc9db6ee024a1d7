"""Extensions one after another, suspension, and what neither adds a round nor relieves a problem."""

from __future__ import annotations

import pytest
from house import House, person, problem
from told import CITY, DEC, FULL, NOV, OCT, U1, VISITS, Told, duty, short


def extended(to: str, by: str = U1, on: str = "2026-10-15", **more: str) -> dict[str, str]:
    return {"extended_due": to, "extension_approved_by": by, "extension_approved_at": on, **more}


FIRST = (OCT, extended("2026-11-10"))
EXTENSIONS: dict[str, tuple[list[tuple[tuple[str, str], dict[str, str]]], tuple[str, str | None, str | None], str]] = {
    "chain": ([FIRST, (NOV, extended("2026-12-31", CITY, "2026-11-09"))], ("pending", "10-20", "12-31"), "经批准延期"),
    "second late": (
        [FIRST, (NOV, extended("2026-12-31", CITY, "2026-11-12"))], ("overdue", "10-20", "11-10"), "时限之前",
    ),
    "second own": (
        [FIRST, (NOV, extended("2026-12-31", "安化县", "2026-11-09"))],
        ("overdue", "10-20", "11-10"), "不是责任网格的上级",
    ),
    "broken": (
        [(NOV, extended("2026-11-10", on="2026-10-22")), (DEC, extended("2026-12-31", CITY, "2026-11-09"))],
        ("overdue", "10-20", "10-20"), "时限之前",
    ),
    "wiped": ([FIRST, (NOV, {})], ("overdue", "10-20", "11-10"), "经批准延期"),
    "same paper": ([FIRST, (NOV, extended("2026-12-31"))], ("overdue", "10-20", "11-10"), "时限之前"),
    "antedated": (
        [(NOV, extended("2026-12-30", on="2026-10-22")), (DEC, extended("2026-12-31", on="2026-10-19"))],
        ("overdue", "10-20", "10-20"), "时限之前",
    ),
    "typo": ([(OCT, extended("2025-12-31")), (NOV, extended("2026-12-31"))], ("pending", "10-20", "12-31"), ""),
    "both cells": ([(OCT, {}), (NOV, extended("2026-12-31", due="2026-12-31"))], ("pending", "10-20", "12-31"), ""),
    "approved later": ([(OCT, extended("2026-12-31", on="2026-10-18"))], ("overdue", "10-20", "10-20"), "时限之前"),
    "person": ([(OCT, extended("2026-12-31", "示例单元长（组长）"))], ("pending", "10-20", "12-31"), "经批准延期"),
    "person gone": ([(OCT, extended("2026-12-31", "示例前任"))], ("overdue", "10-20", "10-20"), "认不出"),
    "person below": ([(OCT, extended("2026-12-31", "示例县长"))], ("overdue", "10-20", "10-20"), "认不出"),
    "person elsewhere": ([(OCT, extended("2026-12-31", "示例二单元"))], ("overdue", "10-20", "10-20"), "认不出"),
    "person twice": ([(OCT, extended("2026-12-31", "示例同名"))], ("overdue", "10-20", "10-20"), "认不出"),
    "suspended": (
        [(OCT, {"closure": "缓办", "extension_approved_by": U1, "extension_approved_at": "2026-10-15"})],
        ("void", "10-20", "10-20"), "",
    ),
    "suspended alone": ([(OCT, {"closure": "缓办"})], ("overdue", "10-20", "10-20"), "缓办未见上级批准"),
    "suspended own": (
        [(OCT, {"closure": "缓办", "extension_approved_by": "安化县", "extension_approved_at": "2026-10-15"})],
        ("overdue", "10-20", "10-20"), "缓办未见上级批准",
    ),
    "suspended by a person": (
        [(OCT, {"closure": "缓办", "extension_approved_by": "示例单元长", "extension_approved_at": "2026-10-15"})],
        ("void", "10-20", "10-20"), "",
    ),
    "suspended late": (
        [(NOV, {"closure": "缓办", "extension_approved_by": U1, "extension_approved_at": "2026-10-22"})],
        ("overdue", "10-20", "10-20"), "缓办批准在时限之后",
    ),
    # The approval of an extension does not suspend as well; one of its own does.
    "spent": (
        [FIRST, (NOV, extended("2026-11-10", closure="缓办"))], ("overdue", "10-20", "11-10"), "缓办未见上级批准",
    ),
    "own paper": (
        [FIRST, (NOV, extended("2026-11-10", on="2026-11-09", closure="缓办"))], ("void", "10-20", "11-10"), "",
    ),
    "suspended done": ([(OCT, {"closure": "缓办", "rectified_at": "2026-10-12"})], ("on_time", "10-20", "10-20"), ""),
    "forced": ([(OCT, {"closure": "强制办结"})], ("overdue", "10-20", "10-20"), ""),
}  # fmt: skip


@pytest.fixture(scope="module")
def approved() -> House:
    all_told = Told()
    for number, (versions, _, _) in enumerate(EXTENSIONS.values(), 1):
        all_told.case(str(number), *((*when, given) for when, given in versions))
    roster = [
        person("示例前任", U1, "网格长", "2026-01-01"),
        person("示例单元长", U1, "网格长", "2026-10-01"),
        person("示例县长", "安化县", "网格长"),
        person("示例二单元", "第二网格单元", "网格长"),
        person("示例同名", U1),
        person("示例同名", CITY),
    ]
    numbered = [{**row, "person_no": f"N{number}"} for number, row in enumerate(roster)]
    all_told.house.ledger("person", [row for row in numbered if row["grid"] != "安化县"], county="city")
    all_told.house.ledger("person", [row for row in numbered if row["grid"] == "安化县"])
    return all_told.build()


@pytest.mark.parametrize("name", EXTENSIONS)
def test_extensions_and_suspensions_need_an_approval_in_time(approved: House, name: str) -> None:
    _, expected, said = EXTENSIONS[name]
    found = duty(approved, str(list(EXTENSIONS).index(name) + 1))
    assert short(found) == expected, found["due_basis"]
    assert said in found["due_basis"]
    assert found["is_extended"] == (expected[1] != expected[2])


def test_both_rates_count_the_same_duties_in_the_month_of_the_extended_deadline() -> None:
    house = House(as_of="2026-12-20 09:00")
    done = {"A": "2026-10-18", "B": "2026-11-05"}
    rows = [problem(number, rectified_at=day, **extended("2026-11-10")) for number, day in done.items()]
    house.ledger("problem", rows, received="2026-11-20 10:00")
    house.build()
    found = house.rows(
        "select period, due, on_time, on_time_original, rate_original from published.metric_value"
        " where metric_id = 'rectification' and grid_id = 'anhua' and owner_level = 'all' and period_kind = 'month'"
        " and due > 0"
    )
    assert found == [{"period": "2026-11", "due": 2, "on_time": 2, "on_time_original": 1, "rate_original": 0.5}]


def test_the_page_of_a_problem_tells_the_deadline_that_binds(approved: House) -> None:
    found = approved.one("select * from published.problem where problem_no = '5'")
    assert str(found["rectify_due_at"]) == "2026-10-20 23:59:59"
    assert (str(found["extended_due_at"]), found["is_lawful_extension"]) == ("2026-11-10 23:59:59", True)


def test_leave_after_the_first_deadline_puts_off_the_second_round_alone() -> None:
    house = House(as_of="2026-12-20 09:00")
    leave = {"closure": "缓办", "extension_approved_by": U1, "extension_approved_at": "2026-10-30"}
    house.ledger("problem", [problem("A", **leave)])
    visit = {"problem_no": "A", "by_grid": "安化县", "done_at": "2026-10-25", "kind": "复查", "result": "不合格"}
    house.ledger("follow_up", [{**visit, "new_due": "2026-11-05"}], fields=VISITS)
    house.build()
    query = (
        "select state from published.obligation"
        " where metric_id = 'rectification' and subject_id = 'anhua/A' order by round"
    )
    assert house.values(query) == ["overdue", "void"]


def test_the_closing_date_of_a_problem_put_off_is_no_completion() -> None:
    fields = [name for name in FULL if name != "rectified_at"]
    rows = [
        problem(number, closed_at="2026-10-15", closure=word) for number, word in (("A", "缓办"), ("B", "正常办结"))
    ]
    house = House()
    house.ledger("problem", rows, fields=fields)
    house.build()
    assert [duty(house, number)["state"] for number in "AB"] == ["overdue", "on_time"]


def test_a_ring_of_parents_relieves_none_of_them() -> None:
    house = House()
    ring = {"A": "B", "B": "C", "C": "A", "D": "E", "E": "D", "F": "F", "G": "", "H": "G"}
    house.ledger("problem", [problem(number, parent_problem_no=above) for number, above in ring.items()])
    house.build()
    assert {number: duty(house, number)["state"] for number in ring} == {
        **dict.fromkeys("ABCDEFH", "overdue"), "G": "void",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("in_ledger", "in_book", "rounds"),
    [
        pytest.param([{}], ["2026-10-26"], 2, id="a day apart"),
        pytest.param([{}], ["2026-10-28"], 2, id="three days apart"),
        pytest.param([{}], ["2026-10-29"], 3, id="four days apart"),
        pytest.param([{"rectified_at": "2026-10-26"}], ["2026-10-27"], 3, id="put right in between"),
        pytest.param([{"new_due": "2026-11-03"}], ["2026-10-26"], 3, id="another limit was set"),
        pytest.param([{}, {"reinspected_at": "2026-10-27"}], ["2026-10-26"], 3, id="one visit stands for one"),
    ],
)
def test_one_failed_visit_told_with_two_dates_is_one(
    in_ledger: list[dict[str, str]], in_book: list[str], rounds: int
) -> None:
    house = House()
    first = {
        "rectified_at": "2026-10-18",
        "reinspected_at": "2026-10-25",
        "reinspection_result": "不合格",
        "new_due": "",
    }
    for received, given in zip(("2026-10-26", "2026-11-02"), [*in_ledger], strict=False):
        house.ledger("problem", [problem("A", **{**first, **given})], received=f"{received} 20:00")
    visits = [
        {
            "problem_no": "A",
            "by_grid": "安化县",
            "done_at": day,
            "kind": "复查",
            "result": "不合格",
            "new_due": "2026-11-05",
        }
        for day in in_book
    ]
    house.ledger("follow_up", visits, fields=VISITS)
    house.build()
    found = house.values(
        "select started_at from published.obligation where metric_id = 'rectification' and subject_id = 'anhua/A'"
        " order by round"
    )
    assert len(found) == rounds
    assert str(found[-1])[:10] == max(in_book[-1], *(row.get("reinspected_at", "") for row in in_ledger))


REFUSED = {
    "second late": ("extension_late", "2026-11-12"),
    "second own": ("approver_not_above", "安化县"),
    "broken": ("extension_late", "2026-11-09"),
    "same paper": ("extension_late", "2026-10-15"),
    "person gone": ("approver_unknown", "示例前任"),
    "person twice": ("approver_unknown", "示例同名"),
}


def test_whoever_wrote_an_extension_that_does_not_count_is_told_why(approved: House) -> None:
    found = approved.rows(
        "select problem.problem_no, finding.rule, finding.value, finding.message_zh"
        " from published.quarantine as finding join published.problem as problem on problem.row_id = finding.row_id"
        " where finding.column_name = 'extended_due' and finding.severity = 'warn'"
    )
    told = {list(EXTENSIONS)[int(one["problem_no"]) - 1]: (one["rule"], one["value"]) for one in found}
    assert {name: told[name] for name in REFUSED} == REFUSED
    assert all("仍按此前的时限计" in one["message_zh"] for one in found)
    counted = {name for name, (_, expected, _) in EXTENSIONS.items() if expected[1] != expected[2]}
    assert not told.keys() & (counted - REFUSED.keys()), "a lawful extension needs no excuse"
