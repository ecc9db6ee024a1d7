"""Which deadline binds: the one told first, corrections while there was time, extensions one after another, suspension.

Many problems share one house, each a case by its number, so that what a case needs stands in one place.
"""

from __future__ import annotations

from typing import Any

import pytest
from house import House, person, problem

FULL = [*problem("A"), "document_issued_at", "assigned_at"]
VISITS = ["problem_no", "by_grid", "done_at", "kind", "result", "new_due"]
U1, CITY = "第一网格单元", "市支队"


class Told:
    """Ledgers of the county, each at its receipt with the problems it tells; the last version is what stands."""

    def __init__(self, as_of: str = "2026-12-20 09:00") -> None:
        self.house = House(as_of=as_of)
        self.ledgers: dict[tuple[str, str], list[dict[str, str]]] = {}

    def case(self, number: str, *versions: tuple[str, str, dict[str, str]]) -> None:
        """One problem in several ledgers: (received, month of the folder, what differs from the usual row)."""
        for received, month, given in versions:
            row = problem(number, **given)
            self.ledgers.setdefault((received, month), []).append({**dict.fromkeys(FULL, ""), **row})

    def build(self, *, is_reversed: bool = False) -> House:
        for (received, month), rows in sorted(self.ledgers.items(), reverse=is_reversed):
            self.house.ledger("problem", rows, received=f"{received} 10:00", month=month, fields=FULL)
        return self.house.build()


def duty(house: House, number: str) -> dict[str, Any]:
    return house.one(f"select * from published.obligation where obligation_id = 'rectification/anhua/{number}/r1'")


def short(found: dict[str, Any]) -> tuple[str, str | None, str | None]:
    """State, original and counting deadline as days of the year."""
    days = [str(found[name])[5:10] if found[name] else None for name in ("original_due_at", "due_at")]
    return (found["state"], days[0], days[1])


OCT, NOV, DEC = ("2026-10-16", "2026-10"), ("2026-11-16", "2026-11"), ("2026-12-05", "2026-12")
DAYS = {"due": "30日内"}
REWRITINGS: dict[str, tuple[list[tuple[tuple[str, str], dict[str, str]]], tuple[str, str | None, str | None], str]] = {
    "later": ([(OCT, {}), (NOV, {"due": "2026-12-31"})], ("overdue", "10-20", "10-20"), "后来所写整改时限为2026-12-31"),
    "blank": ([(OCT, {}), (NOV, {"due": ""})], ("overdue", "10-20", "10-20"), "不再写明时限"),
    "unread": ([(OCT, {}), (NOV, {"due": "尽快"})], ("overdue", "10-20", "10-20"), "不再写明时限"),
    "long": ([(OCT, {}), (NOV, {"due": "长期坚持"})], ("overdue", "10-20", "10-20"), "不再写明时限"),
    "first unread": ([(OCT, {"due": "尽快"}), (NOV, {"due": "2026-12-31"})], ("pending", "12-31", "12-31"), ""),
    "typo": ([(OCT, {"due": "2025-10-20"}), (NOV, {"due": "2026-12-31"})], ("pending", "12-31", "12-31"), ""),
    "typo only": ([(OCT, {"due": "2026-10-02"})], ("bad_dates", "10-02", "10-02"), ""),
    # Told again within seven days for the same month, while both were still to come.
    "corrected": (
        [(OCT, {}), (("2026-10-19", "2026-10"), {"due": "2026-12-31"})], ("pending", "12-31", "12-31"), "作过更正",
    ),
    "too late": (
        [(OCT, {}), (("2026-10-21", "2026-10"), {"due": "2026-12-31"})], ("overdue", "10-20", "10-20"), "2026-12-31",
    ),
    "next month": (
        [(OCT, {}), (("2026-10-19", "2026-11"), {"due": "2026-12-31"})], ("overdue", "10-20", "10-20"), "2026-12-31",
    ),
    "eight days": (
        [(OCT, {"due": "2026-11-30"}), (("2026-10-24", "2026-10"), {"due": "2026-12-31"})],
        ("overdue", "11-30", "11-30"), "2026-12-31",
    ),
    "taken back": (
        [(OCT, {}), (("2026-10-17", "2026-10"), {"due": "2026-12-31"}), (("2026-10-18", "2026-10"), {})],
        ("overdue", "10-20", "10-20"), "",
    ),
    # Earlier ends: told in time they bind; told afterwards nobody can say which was meant.
    "tightened": ([(OCT, {"due": "2026-12-31"}), (NOV, {"due": "2026-11-30"})], ("overdue", "11-30", "11-30"), "改早"),
    "disputed": (
        [(OCT, {"due": "2027-10-20"}), (NOV, {"due": "2026-10-20"})], ("bad_dates", "10-20", "10-20"), "结果不同",
    ),
    "agreed": (
        [(OCT, {"due": "2027-10-20"}), (NOV, {"due": "2026-10-20", "rectified_at": "2026-10-18"})],
        ("on_time", "10-20", "10-20"), "后来所写整改时限为2026-10-20",
    ),
    "restored": (
        [(OCT, {"due": "2026-11-30"}), (NOV, {"due": "2026-11-03"}), (DEC, {"due": "2026-11-30"})],
        ("overdue", "11-30", "11-30"), "",
    ),
    # An old month's book that comes later neither loosens what was told before, nor hides what it tells itself.
    "old month": (
        [(NOV, {}), (("2026-12-05", "2026-10"), {"due": "2026-12-31"})], ("overdue", "10-20", "10-20"), "",
    ),
    "old earlier": (
        [(NOV, {"due": "2026-12-31"}), (("2026-12-05", "2026-10"), {})], ("overdue", "10-20", "10-20"), "2026-12-31",
    ),
    # Moving the discovery behind the deadline neither frees from it nor makes it contradictory.
    "discovery": (
        [(OCT, {}), (NOV, {"discovered": "2026-11-10", "due": "2026-12-31"})],
        ("overdue", "10-20", "10-20"), "2026-12-31",
    ),
    "calendar": ([(OCT, {}), (NOV, {"due": "999个工作日内"})], ("overdue", "10-20", "10-20"), "后来所写整改时限不同"),
    "beyond": ([(OCT, {"due": "999个工作日内"}), (NOV, {"due": "2026-12-15"})], ("overdue", "12-15", "12-15"), "改早"),
    # Days count from the service, told whenever, if it lies within the days counted without it.
    "served": ([(OCT, DAYS), (NOV, DAYS | {"served_at": "2026-11-05"})], ("overdue", "12-05", "12-05"), "自送达次日"),
    "served late": (
        [(OCT, DAYS), (DEC, DAYS | {"served_at": "2026-12-01"})], ("overdue", "11-07", "11-07"), "2026-12-31",
    ),
    "served anew": (
        [(OCT, DAYS | {"served_at": "2026-10-09"}), (NOV, DAYS | {"served_at": "2026-11-05"})],
        ("overdue", "11-08", "11-08"), "2026-12-05",
    ),
    "served wiped": (
        [(OCT, DAYS | {"served_at": "2026-10-09"}), (NOV, DAYS)], ("overdue", "11-08", "11-08"), "自送达次日",
    ),
    "served planned": ([(OCT, DAYS | {"served_at": "2026-10-30"})], ("overdue", "11-07", "11-07"), "自发现次日"),
    "assigned": (
        [(OCT, DAYS), (NOV, DAYS | {"assigned_at": "2026-10-12", "document_issued_at": "2026-10-20"})],
        ("overdue", "11-19", "11-19"), "自文书下达次日",
    ),
}  # fmt: skip


def told(*, is_reversed: bool = False) -> House:
    all_told = Told()
    for number, (versions, _, _) in enumerate(REWRITINGS.values(), 1):
        all_told.case(str(number), *((*when, given) for when, given in versions))
    return all_told.build(is_reversed=is_reversed)


@pytest.fixture(scope="module")
def rewritten() -> House:
    return told()


@pytest.mark.parametrize("name", REWRITINGS)
def test_the_deadline_told_first_binds(rewritten: House, name: str) -> None:
    _, expected, said = REWRITINGS[name]
    found = duty(rewritten, str(list(REWRITINGS).index(name) + 1))
    assert short(found) == expected, found["due_basis"]
    assert said in found["due_basis"]
    if not said:
        assert "见更正记录" not in found["due_basis"]


def test_both_values_stand_among_the_revisions(rewritten: House) -> None:
    number = list(REWRITINGS).index("later") + 1
    change = rewritten.one(f"select old, new from published.revision where key = 'anhua/{number}'")
    assert (change["old"], change["new"]) == ("2026-10-20 00:00:00", "2026-12-31 00:00:00")


def test_the_order_in_which_files_are_laid_decides_nothing(rewritten: House) -> None:
    query = "select obligation_id, state, original_due_at, due_at, due_basis from published.obligation order by 1"
    assert told(is_reversed=True).rows(query) == rewritten.rows(query)


def extended(to: str, by: str = U1, on: str = "2026-10-15", **more: str) -> dict[str, str]:
    return {"extended_due": to, "extension_approved_by": by, "extension_approved_at": on, **more}


FIRST = (OCT, extended("2026-11-10"))
EXTENSIONS: dict[str, tuple[list[tuple[tuple[str, str], dict[str, str]]], tuple[str, str | None, str | None], str]] = {
    "chain": ([FIRST, (NOV, extended("2026-12-31", CITY, "2026-11-09"))], ("pending", "10-20", "12-31"), "经批准延期"),
    "second late": (
        [FIRST, (NOV, extended("2026-12-31", CITY, "2026-11-12"))], ("overdue", "10-20", "11-10"), "现在所写延期未在",
    ),
    "second own": (
        [FIRST, (NOV, extended("2026-12-31", "安化县", "2026-11-09"))],
        ("overdue", "10-20", "11-10"), "现在所写延期未在",
    ),
    "broken": (
        [(NOV, extended("2026-11-10", on="2026-10-22")), (DEC, extended("2026-12-31", CITY, "2026-11-09"))],
        ("overdue", "10-20", "10-20"), "未在原时限前",
    ),
    "wiped": ([FIRST, (NOV, {})], ("overdue", "10-20", "11-10"), "经批准延期"),
    "same paper": ([FIRST, (NOV, extended("2026-12-31"))], ("overdue", "10-20", "11-10"), "现在所写延期未在"),
    "antedated": (
        [(NOV, extended("2026-12-30", on="2026-10-22")), (DEC, extended("2026-12-31", on="2026-10-19"))],
        ("overdue", "10-20", "10-20"), "未在原时限前",
    ),
    "typo": ([(OCT, extended("2025-12-31")), (NOV, extended("2026-12-31"))], ("pending", "10-20", "12-31"), ""),
    "both cells": ([(OCT, {}), (NOV, extended("2026-12-31", due="2026-12-31"))], ("pending", "10-20", "12-31"), ""),
    "approved later": ([(OCT, extended("2026-12-31", on="2026-10-18"))], ("overdue", "10-20", "10-20"), "未在原时限前"),
    "person": ([(OCT, extended("2026-12-31", "示例单元长（组长）"))], ("pending", "10-20", "12-31"), "经批准延期"),
    "person gone": ([(OCT, extended("2026-12-31", "示例前任"))], ("overdue", "10-20", "10-20"), "未在原时限前"),
    "person below": ([(OCT, extended("2026-12-31", "示例县长"))], ("overdue", "10-20", "10-20"), "未在原时限前"),
    "person elsewhere": ([(OCT, extended("2026-12-31", "示例二单元"))], ("overdue", "10-20", "10-20"), "未在原时限前"),
    "person twice": ([(OCT, extended("2026-12-31", "示例同名"))], ("overdue", "10-20", "10-20"), "未在原时限前"),
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
    query = "select state from published.obligation where subject_id = 'anhua/A' order by round"
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
    found = house.values("select started_at from published.obligation where subject_id = 'anhua/A' order by round")
    assert len(found) == rounds
    assert str(found[-1])[:10] == max(in_book[-1], *(row.get("reinspected_at", "") for row in in_ledger))
