"""What takes a duty out of the count, and when it comes too late to do so: void, merged, duplicate, split, put off."""

from __future__ import annotations

import pytest
from house import House, problem
from told import CITY, DEC, FULL, NOV, OCT, U1, Told, duty


def leave(on: str, by: str = U1, **more: str) -> dict[str, str]:
    return {"extension_approved_by": by, "extension_approved_at": on, **more}


VOID, MERGED, TWICE = {"closure": "作废"}, {"closure": "并案"}, {"is_duplicate": "是"}
PUT_OFF = leave("2026-10-15", closure="缓办")
# Due on 20 October: the first ledger comes before it, the second and third after.
CASES = {
    "void in time": ([(OCT, {}), (("2026-10-20", "2026-10"), VOID)], "void", ""),
    "void from the outset": ([(NOV, VOID), (DEC, VOID)], "void", ""),
    "void afterwards": ([(OCT, {}), (NOV, VOID)], "overdue", "到期后才写作废，未见上级批准，仍按原义务计"),
    "merged afterwards": ([(NOV, {}), (DEC, MERGED)], "overdue", "到期后才写并案"),
    "duplicate afterwards": ([(OCT, {}), (NOV, TWICE)], "overdue", "到期后才写重复件"),
    "late and void": ([(OCT, {}), (NOV, {"rectified_at": "2026-10-22", **VOID})], "late", "到期后才写作废"),
    "on time and a duplicate": ([(OCT, {}), (NOV, {"rectified_at": "2026-10-18", **TWICE})], "void", ""),
    "void with leave": ([(OCT, {}), (NOV, {**VOID, **leave("2026-11-10")})], "void", ""),
    "leave comes later": ([(OCT, {}), (NOV, VOID), (DEC, {**VOID, **leave("2026-12-01")})], "void", ""),
    "void by itself": ([(OCT, {}), (NOV, {**VOID, **leave("2026-11-10", "安化县")})], "overdue", "到期后才写作废"),
    "leave was for more time": (
        [(OCT, leave("2026-10-15", extended_due="2026-10-31")), (NOV, {**VOID, **leave("2026-10-15")})],
        "overdue", "到期后才写作废",
    ),
    "void, ordinary, void": ([(OCT, VOID), (NOV, {}), (DEC, VOID)], "overdue", "到期后才写作废"),
    "no deadline": ([(OCT, {"due": ""}), (NOV, {"due": "", **VOID})], "void", ""),
    "put off, then done": (
        [(OCT, PUT_OFF), (DEC, {**PUT_OFF, "closure": "正常办结", "rectified_at": "2026-12-03"})],
        "void", "曾经上级批准缓办，后来虽报完成，仍不纳入考核",
    ),
    "put off, then wiped": ([(OCT, PUT_OFF), (DEC, {})], "void", "曾经上级批准缓办"),
    "put off by itself, then wiped": (
        [(OCT, {**PUT_OFF, "extension_approved_by": "安化县"}), (DEC, {})], "overdue", "台账所写整改时限",
    ),
    "put off too late": ([(OCT, {}), (NOV, leave("2026-11-02", CITY, closure="缓办")), (DEC, {})], "overdue", ""),
}  # fmt: skip


@pytest.fixture(scope="module")
def house() -> House:
    all_told = Told()
    for number, (versions, _, _) in enumerate(CASES.values(), 1):
        all_told.case(f"N{number}", *((*when, given) for when, given in versions))
    part = {"parent_problem_no": "EARLY"}
    all_told.case("EARLY", (*OCT, {}))
    all_told.case("E1", ("2026-10-19", "2026-10", part))
    all_told.case("LATE", (*OCT, {}))
    all_told.case("L1", (*NOV, {**part, "parent_problem_no": "LATE", "due": "2026-11-30"}))
    all_told.case("DONE", (*OCT, {"rectified_at": "2026-10-12"}))
    all_told.case("D1", (*NOV, {"parent_problem_no": "DONE", "due": "2026-12-30"}))
    all_told.case("AT_ONCE", (*NOV, {}))
    all_told.case("A1", (*NOV, {"parent_problem_no": "AT_ONCE", "due": "2026-12-30"}))
    all_told.case("WHOLE", (*OCT, {}))
    all_told.case("W1", (*OCT, {"parent_problem_no": "WHOLE"}), (*NOV, {"parent_problem_no": "WHOLE", **VOID}))
    return all_told.build()


@pytest.mark.parametrize("name", CASES)
def test_what_is_written_after_the_deadline_erases_nothing_without_leave(house: House, name: str) -> None:
    _, state, said = CASES[name]
    found = duty(house, f"N{list(CASES).index(name) + 1}")
    assert found["state"] == state, found["due_basis"]
    assert said in found["due_basis"]
    assert ("到期后才写" in found["due_basis"]) == said.startswith("到期后才写")


@pytest.mark.parametrize(
    ("number", "state"),
    [
        ("EARLY", "void"), ("E1", "overdue"), ("LATE", "overdue"), ("L1", "overdue"), ("DONE", "void"),
        ("D1", "pending"), ("AT_ONCE", "void"), ("A1", "pending"), ("WHOLE", "void"), ("W1", "overdue"),
    ],
)  # fmt: skip
def test_a_split_after_the_deadline_leaves_the_whole_where_it_was(house: House, number: str, state: str) -> None:
    found = duty(house, number)
    assert found["state"] == state, found["due_basis"]
    assert ("到期后才拆分，仍按原义务计，拆分件另计" in found["due_basis"]) == (number == "LATE")


def test_leave_given_for_the_first_round_does_not_put_off_the_second() -> None:
    fields = ["problem_no", "by_grid", "done_at", "kind", "result", "new_due"]
    house = House(as_of="2026-12-20 09:00")
    for received, row in (("2026-10-16", PUT_OFF), ("2026-11-16", {"rectified_at": "2026-10-25"})):
        house.ledger("problem", [problem("A", **row)], received=f"{received} 10:00")
    visit = {"problem_no": "A", "by_grid": "安化县", "done_at": "2026-10-28", "kind": "复查", "result": "不合格"}
    house.ledger("follow_up", [{**visit, "new_due": "2026-11-20"}], fields=fields)
    house.build()
    states = "select state from published.obligation where obligation_id like 'rectification/anhua/A/%' order by round"
    assert house.values(states) == ["void", "overdue"]


def test_a_ledger_without_the_column_leaves_what_was_void_void() -> None:
    house = House(as_of="2026-12-20 09:00")
    house.ledger("problem", [problem("A", **VOID)], received="2026-10-16 10:00")
    short = [name for name in FULL if name not in ("closure", "is_duplicate")]
    house.ledger("problem", [problem("A", site="示例厂")], received="2026-11-16 10:00", fields=[*short, "site"])
    assert duty(house.build(), "A")["state"] == "void"


def test_the_closing_of_a_void_problem_is_no_completion_unless_told_as_an_ordinary_one() -> None:
    fields = [name for name in FULL if name != "rectified_at"]
    house = House(as_of="2026-12-20 09:00")
    first = [problem("A"), problem("B", closed_at="2026-10-18", closure="正常办结")]
    then = [problem("A", closed_at="2026-11-10", **VOID), problem("B", closed_at="2026-10-18", **VOID)]
    house.ledger("problem", first, received="2026-10-19 10:00", fields=fields)
    house.ledger("problem", then, received="2026-11-16 10:00", fields=fields)
    house.build()
    assert [duty(house, number)["state"] for number in "AB"] == ["overdue", "void"]
