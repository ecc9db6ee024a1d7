"""A word changed in every row is a change of words; one row that keeps it, or a second word, and it is not."""

from __future__ import annotations

import pytest
from house import House, problem


def house(*ledgers: list[dict[str, str]], table: str = "problem") -> House:
    """The ledgers, delivered on successive days."""
    one = House()
    for day, rows in enumerate(ledgers, 1):
        one.ledger(table, rows, received=f"2026-11-{day:02} 08:00")
    return one.build()


def ledger(*statuses: str, **more: str) -> list[dict[str, str]]:
    return [problem(f"P{number:02}", status=status, **more) for number, status in enumerate(statuses)]


def counted(one: House) -> dict[str, int]:
    return one.one("select revised, relabelled, accepted from published.submission order by file_id desc limit 1")


def marks(one: House) -> set[tuple[str, str | None, str | None, bool]]:
    return {tuple(row.values()) for row in one.rows("select field, old, new, is_relabel from published.revision")}


def test_every_row_of_a_word_has_another_one() -> None:
    one = house(ledger(*["待办"] * 12, "办结"), ledger(*["办理中"] * 12, "办结"))
    assert counted(one) == {"revised": 0, "relabelled": 12, "accepted": 12}
    assert marks(one) == {("status", "待办", "办理中", True)}


def test_two_words_at_once_are_two_relabellings() -> None:
    one = house(ledger(*["待办"] * 10, *["办结"] * 10), ledger(*["办理中"] * 10, *["已办结"] * 10))
    assert counted(one) == {"revised": 0, "relabelled": 20, "accepted": 20}
    assert marks(one) == {("status", "待办", "办理中", True), ("status", "办结", "已办结", True)}


def test_a_swap_of_two_words_is_one_to_one() -> None:
    one = house(ledger(*["甲"] * 10, *["乙"] * 10), ledger(*["乙"] * 10, *["甲"] * 10))
    # both words are still in use: nobody can tell this from twenty changes
    assert counted(one) == {"revised": 20, "relabelled": 0, "accepted": 20}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["待办"] * 9, ["办理中"] * 9),  # nine rows are nine people
        (["待办"] * 12, [*["办理中"] * 11, "待办"]),  # one row keeps the word
        (["待办"] * 12, [*["办理中"] * 11, ""]),  # one row loses it
        (["待办"] * 12, [*["办理中"] * 11, "办结"]),  # one row has another
        ([*["待办"] * 12, "未办"], ["办理中"] * 13),  # two words become one
        ([*["待办"] * 12, "办理中"], ["办理中"] * 13),  # the new word was in use
        (["待办"] * 12, [*["办理中"] * 12, "待办"]),  # a new row still uses the former
        (["待办"] * 12, [""] * 12),  # emptied is not relabelled
        ([""] * 12, ["待办"] * 12),  # filled is not either
    ],
)
def test_all_else_is_ordinary_revisions(before: list[str], after: list[str]) -> None:
    one = house(ledger(*before), ledger(*after))
    assert one.values("select bool_or(is_relabel) from published.revision") == [False]
    assert counted(one)["relabelled"] == 0
    assert counted(one)["revised"] == sum(a != b for a, b in zip(before, after, strict=False))


def test_new_rows_may_use_the_new_word_and_the_former_may_come_from_several_deliveries() -> None:
    one = house(ledger(*["待办"] * 6), ledger(*["待办"] * 12), ledger(*["办理中"] * 15))
    assert counted(one) == {"revised": 0, "relabelled": 12, "accepted": 15}


def test_a_row_that_changes_elsewhere_too_is_revised() -> None:
    later = ledger(*["办理中"] * 12)
    later[0]["rectified_at"] = "2026-10-15"
    one = house(ledger(*["待办"] * 12), later)
    assert counted(one) == {"revised": 1, "relabelled": 11, "accepted": 12}
    assert one.values("select count(*) from published.revision where is_relabel") == [12]


def test_dates_are_never_relabelled() -> None:
    one = house(ledger(*[""] * 12, rectified_at="2026-10-15"), ledger(*[""] * 12, rectified_at="2026-10-18"))
    assert counted(one) == {"revised": 12, "relabelled": 0, "accepted": 12}
    assert one.values(
        "select distinct met_at::date::varchar from published.obligation where met_row_id is not null"
        " and metric_id = 'rectification'"
    ) == ["2026-10-18"]


def test_the_same_row_twice_in_a_file_does_not_hide_a_relabelling() -> None:
    later = ledger(*["办理中"] * 12)
    one = house(ledger(*["待办"] * 12), [*later, dict(later[0])])
    assert counted(one) == {"revised": 0, "relabelled": 12, "accepted": 12}


def test_other_counties_do_not_matter() -> None:
    one = House()
    for day, word in ((1, "待办"), (2, "办理中")):
        one.ledger("problem", ledger(*[word] * 12), received=f"2026-11-0{day} 08:00")
    one.ledger("problem", ledger(*["待办"] * 12, grid="华阁镇"), county="nanxian", received="2026-11-03 08:00")
    one.build()
    assert one.values("select sum(relabelled)::int from published.submission") == [12]
