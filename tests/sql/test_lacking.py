"""A book without numbers, of which one delivery lacked a column that its key is made of."""

from __future__ import annotations

import pytest
from house import House, person

WHOLE = ["grid", "started_at", "inspectors", "findings"]
SITES = ["grid", "started_at", "sites", "findings"]
BARE = ["grid", "started_at", "findings"]
DAYS = ["2026-10-08 09:00", "2026-10-08 15:00", "2026-10-12"]


def book(days: list[str] = DAYS, people: str = "示例甲", **more: str) -> list[dict[str, str]]:
    return [
        {"grid": "田庄乡", "started_at": day, "inspectors": people, "sites": f"示例厂{n}", "findings": "0", **more}
        for n, day in enumerate(days)
    ]


def patrols(house: House) -> list[tuple[str, str]]:
    found = house.rows("select started_at, array_to_string(inspectors, '、') as who from staging.patrol_now order by 1")
    return [(f"{row['started_at']:%m-%d %H}", row["who"]) for row in found]


@pytest.mark.parametrize("fields", [[BARE, WHOLE], [WHOLE, BARE], [BARE, BARE, WHOLE], [BARE, WHOLE, BARE]])
def test_patrols_count_once_whichever_delivery_lacked_the_inspectors(fields: list[list[str]]) -> None:
    house = House()
    house.ledger("person", [person("示例甲", "田庄乡")])
    for day, present in enumerate(fields, 2):
        house.ledger("patrol", book(), fields=present, received=f"2026-11-0{day} 10:00")
    house.build()
    assert patrols(house) == [("10-08 09", "示例甲"), ("10-08 15", "示例甲"), ("10-12 00", "示例甲")]
    assert house.values("select count(*) from published.patrol where absent_in_latest") == [0]
    assert house.values("select field from published.revision") == []


def test_inspectors_and_sites_may_be_lacking_together() -> None:
    house = House()
    house.ledger("patrol", book(), fields=BARE)
    house.ledger("patrol", book(), fields=[*SITES, "inspectors"], received="2026-11-03 10:00")
    house.build()
    assert len(patrols(house)) == 3
    assert sorted(house.values("select site from published.patrol_site")) == ["示例厂0", "示例厂1", "示例厂2"]


def test_as_many_patrols_of_one_minute_follow_each_other_as_in_their_tables() -> None:
    twice = [DAYS[0], *DAYS]
    house = House()
    house.ledger("patrol", book(twice), fields=BARE)
    named = [{**row, "inspectors": f"示例{name}"} for row, name in zip(book(twice), "甲乙丙丁", strict=True)]
    house.ledger("patrol", named, fields=WHOLE, received="2026-11-03 10:00")
    assert sorted(who for _, who in patrols(house.build())) == ["示例丁", "示例丙", "示例乙", "示例甲"]


@pytest.mark.parametrize("change", [{"grid": "马路镇"}, {"started_at": "2026-10-20"}])
def test_what_differs_in_place_or_time_is_another_patrol(change: dict[str, str]) -> None:
    house = House()
    house.ledger("patrol", book(), fields=BARE)
    house.ledger("patrol", [{**book()[0], **change}, *book()[1:]], fields=WHOLE, received="2026-11-03 10:00")
    assert len(patrols(house.build())) == 4


def test_another_book_of_the_county_is_no_ledger_sent_again() -> None:
    house = House()
    house.ledger("patrol", book(), fields=BARE)
    other = [*book()[:1], *({**row, "grid": "马路镇"} for row in book(people="示例乙"))]
    house.ledger("patrol", other, fields=WHOLE, received="2026-11-03 10:00")
    assert len(patrols(house.build())) == 7


def test_a_later_month_s_ledger_that_tells_them_again_makes_no_others() -> None:
    house = House(as_of="2026-12-06 09:00")
    house.ledger("patrol", book(), fields=BARE)
    house.ledger("patrol", book(), fields=WHOLE, month="2026-11", received="2026-12-02 10:00")
    assert len(patrols(house.build())) == 3
