"""Patrols entered into the ledger within a day: from when, by whom, and what a column or a cell that lacks means."""

from __future__ import annotations

from typing import Any

import pytest
from house import House, patrol, person

TIANZHUANG = "g430923209"


def house(*rows: dict[str, str], county: str = "anhua", as_of: str = "2026-11-06 09:00") -> House:
    made = House(as_of)
    made.ledger("person", [person("示例甲", "田庄乡"), person("示例乙", "安化县")], received="2026-10-01 08:00")
    if rows:
        made.ledger("patrol", list(rows), county=county, received=min("2026-11-02 10:00", as_of))
    return made


def went(start: str = "2026-10-08 09:00", end: str = "", entered: str = "", who: str = "示例甲") -> dict[str, str]:
    return patrol("1", "田庄乡", start, who, ended_at=end, entered_at=entered)


def entry(made: House) -> dict[str, Any]:
    return made.build().one(
        "select * from published.obligation where metric_id = 'patrol_entry' and subject_kind = 'patrol'"
    )


@pytest.mark.parametrize(
    ("row", "state", "due"),
    [
        (went(entered="2026-10-09 09:00"), "on_time", "2026-10-09 09:00:00"),
        (went(entered="2026-10-09 09:01"), "late", "2026-10-09 09:00:00"),
        (went(end="2026-10-08 11:30", entered="2026-10-09 11:30"), "on_time", "2026-10-09 11:30:00"),
        (went(end="2026-10-08 08:00", entered="2026-10-09 08:30"), "on_time", "2026-10-09 09:00:00"),
        (went("2026-10-08", entered="2026-10-09 23:00"), "on_time", "2026-10-09 23:59:59"),
        (went("2026-10-08", entered="2026-10-10"), "late", "2026-10-09 23:59:59"),
        (went(entered="2026-10-09"), "on_time", "2026-10-09 09:00:00"),
        (went(entered="2026-10-08"), "on_time", "2026-10-09 09:00:00"),
        (went(entered="2026-10-07 20:00"), "bad_dates", "2026-10-09 09:00:00"),
        (went(entered="2026-10-08 08:59"), "bad_dates", "2026-10-09 09:00:00"),
        (went(), "overdue", "2026-10-09 09:00:00"),
    ],
)
def test_a_day_from_the_end_or_else_the_start(row: dict[str, str], state: str, due: str) -> None:
    found = entry(house(row))
    assert (found["state"], str(found["due_at"]), found["period"]) == (state, due, "2026-10")
    assert found["duty_row_id"].endswith("#csv!2") and (found["met_row_id"] is None) == (state == "overdue")
    assert ("按日计" in found["due_basis"]) == (due == "2026-10-09 23:59:59")


def test_before_the_day_is_over_it_is_pending_and_a_later_entry_has_not_happened() -> None:
    row = went("2026-10-31 15:00", entered="2026-11-01 10:00")
    made = house(row, as_of="2026-11-01 09:00")
    found = entry(made)
    assert (found["state"], found["met_at"]) == ("pending", None)


@pytest.mark.parametrize(
    ("who", "county", "owner"),
    [
        ("示例甲、示例乙", "anhua", TIANZHUANG),
        ("示例乙", "anhua", "anhua"),
        ("示例某", "anhua", "anhua"),
        ("示例某", "city", "u1"),
    ],
    ids=["the lowest", "the county's own", "the ledger's keeper", "the unit for the detachment's ledger"],
)
def test_the_lowest_grid_it_counts_for_owes_it(who: str, county: str, owner: str) -> None:
    assert entry(house(went(who=who), county=county))["grid_id"] == owner


def test_a_ledger_without_the_column_owes_nothing_and_is_not_measurable() -> None:
    made = house(patrol("1", "田庄乡", "2026-10-08", "示例甲")).build()
    assert made.values("select count(*) from published.obligation where metric_id = 'patrol_entry' and"
                       " county_id = 'anhua'") == [0]  # fmt: skip
    told = made.one(
        "select measurable, reason_zh from published.measurable where metric_id = 'patrol_entry'"
        " and county_id = 'anhua' and month = '2026-10'"
    )
    assert told["measurable"] == "no" and "录入时间" in told["reason_zh"]


def test_a_ledger_that_did_not_come_is_one_unreported_duty() -> None:
    made = house(went()).build()
    rows = made.rows(
        "select obligation_id, grid_id, state from published.obligation where metric_id = 'patrol_entry'"
        " and subject_kind = 'table' and county_id in ('taojiang', 'city') order by 1"
    )
    assert [(row["obligation_id"], row["state"]) for row in rows] == [
        (f"patrol_entry/table/{grid}/2026-10", "unreported") for grid in ("taojiang", "u1", "u2", "u3", "u4")
    ]


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        (went(entered="2026-10-12 09:00"), went(entered="2026-10-09 08:00"), "bad_dates"),
        (
            went(end="2026-10-08 10:00", entered="2026-10-09 12:00"),
            went(end="2026-10-08 12:00", entered="2026-10-09 12:00"),
            "bad_dates",
        ),
        (went(entered="2026-10-09 08:00"), went(entered="2026-10-12 09:00"), "late"),
        (went(), went(entered="2026-10-09 08:00"), "on_time"),
    ],
    ids=["entered earlier after all", "ended later after all", "against oneself", "left empty, filled in"],
)  # fmt: skip
def test_what_is_rewritten_after_it_was_due_does_not_become_punctual(
    first: dict[str, str], second: dict[str, str], state: str
) -> None:
    made = house(first)
    made.ledger("patrol", [second], received="2026-11-03 10:00")
    assert entry(made)["state"] == state
