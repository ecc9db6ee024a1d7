"""Numbers that a spreadsheet took the leading zeros from: 007 sent again as 7."""

from __future__ import annotations

import pytest
from house import House, patrol, problem

from pipelines.contracts import Profile

WHOLE = [problem(f"{number:03}", f"2026-10-0{number}", description=f"示例{number}") for number in (7, 8, 9)]


def bare(rows: list[dict[str, str]], **more: str) -> list[dict[str, str]]:
    return [{**row, **more, "problem_no": row["problem_no"].lstrip("0")} for row in rows]


def outcome(house: House) -> list[tuple[int, int]]:
    found = house.rows("select accepted, identical from published.submission where found > 0 order by file_id")
    return [(row["accepted"], row["identical"]) for row in found]


def told(house: House) -> list[str]:
    return house.values("select rule || ' ' || value from published.quarantine order by row_id")


@pytest.mark.parametrize("is_whole_first", [True, False])
def test_a_ledger_sent_again_without_the_zeros_is_the_same_ledger(is_whole_first: bool) -> None:
    house = House()
    sent = [WHOLE, bare(WHOLE)]
    for day, rows in enumerate(sent if is_whole_first else sent[::-1], 2):
        house.ledger("problem", rows, received=f"2026-11-0{day} 10:00")
    house.build()
    assert outcome(house) == [(3, 0), (0, 3)]
    assert house.values("select problem_id from published.problem order by 1") == [
        "anhua/007",
        "anhua/008",
        "anhua/009",
    ]
    assert house.values("select problem_no from published.problem order by 1") == ["007", "008", "009"]
    assert told(house) == ["zeros_lost 7", "zeros_lost 8", "zeros_lost 9"]


def test_what_is_told_later_without_the_zeros_is_told_of_the_same_problem() -> None:
    house = House()
    house.ledger("problem", WHOLE)
    house.ledger("problem", bare(WHOLE, rectified_at="2026-10-20"), month="2026-11", received="2026-11-03 10:00")
    reworded = bare(WHOLE, rectified_at="2026-10-20", description="示例，已责令整改")
    house.ledger("problem", reworded, month="2026-11", received="2026-11-04 10:00")
    house.build()
    assert house.values("select subject_id || ' ' || state from published.obligation"
        " where metric_id = 'rectification' and subject_kind = 'problem'"
                        " order by 1") == ["anhua/007 on_time", "anhua/008 on_time", "anhua/009 on_time"]  # fmt: skip
    assert set(house.values("select field from published.revision")) == {"rectified_at", "description"}


def test_visits_and_parts_find_the_problem_under_either_spelling() -> None:
    house = House()
    part = problem("010", description="示例子件", parent_problem_no="007")
    house.ledger("problem", [*WHOLE, part])
    again = bare([*WHOLE, {**part, "parent_problem_no": "7", "village": "示例村"}])
    house.ledger("problem", again, received="2026-11-03 10:00")
    visit = {"problem_no": "8", "by_grid": "安化县", "done_at": "2026-10-18", "kind": "复查", "result": "合格"}
    house.ledger("follow_up", [visit])
    house.build()
    assert house.values("select problem_id from published.follow_up") == ["anhua/008"]
    assert house.values("select problem_id || ' ' || origin_id from core.problem_part") == ["anhua/010 anhua/007"]
    assert [rule.split()[0] for rule in told(house)] == ["zeros_lost"] * 4


@pytest.mark.parametrize(
    "change", [{"grid": "马路镇"}, {"discovered_at": "2026-10-02"}, {"description": "别的事"}, {"category": "大气"}]
)
def test_what_differs_in_anything_else_stays_two_problems_and_is_asked_about(change: dict[str, str]) -> None:
    house = House()
    house.ledger("problem", WHOLE[:1])
    house.ledger("problem", bare(WHOLE[:1], **change), received="2026-11-03 10:00")
    house.build()
    assert house.values("select problem_id from published.problem order by 1") == ["anhua/007", "anhua/7"]
    assert told(house) == ["zeros_alike 7"]


def test_who_writes_both_in_one_ledger_means_two_problems() -> None:
    house = House()
    house.ledger("problem", [*WHOLE[:1], *bare(WHOLE[:1])])
    house.build()
    assert (len(house.values("select problem_id from published.problem")), told(house)) == (2, [])


def test_patrols_sent_again_without_the_zeros_count_once() -> None:
    house = House()
    rows = [patrol(f"0{number}", "田庄乡", f"2026-10-1{number}", "示例甲") for number in (1, 2)]
    house.ledger("patrol", rows)
    again = [{**row, "patrol_no": row["patrol_no"].lstrip("0")} for row in rows]
    house.ledger("patrol", again, received="2026-11-03 10:00")
    house.build()
    assert (outcome(house), told(house)) == ([(2, 0), (0, 2)], ["zeros_lost 1", "zeros_lost 2"])


def test_numbers_begun_anew_each_month_are_compared_within_their_month() -> None:
    house = House(profiles=(Profile(county_id="anhua", key_scope={"problem": "month"}),))
    house.ledger("problem", WHOLE)
    house.ledger("problem", bare(WHOLE), month="2026-11", received="2026-11-03 10:00")
    house.build()
    assert (len(house.values("select problem_id from published.problem")), told(house)) == (6, [])
