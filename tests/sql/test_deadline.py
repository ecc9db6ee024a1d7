"""Which deadline binds: the one told first, and corrections while there was time.

Many problems share one house, each a case by its number, so that what a case needs stands in one place.
"""

from __future__ import annotations

import pytest
from house import House
from told import DEC, NOV, OCT, Told, duty, short

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
    # The files are named as they are laid, and what they lack is told by name.
    basis = "regexp_replace(due_basis, '（[^（）]*[.]csv）', '') as due_basis"
    query = f"select obligation_id, state, original_due_at, due_at, {basis} from published.obligation order by 1"
    assert told(is_reversed=True).rows(query) == rewritten.rows(query)
