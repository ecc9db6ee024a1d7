"""Rosters that contradict themselves: no order of rows decides, and one county's slip stops nobody."""

from __future__ import annotations

from typing import Any

import pytest
from house import House, patrol, person

POSTS = "select person_id, name, grid_id, valid_to from published.person_post order by all"


def roster(*rows: dict[str, str]) -> House:
    house = House()
    house.ledger("person", list(rows))
    house.ledger("patrol", [patrol("1", "小淹镇", "2026-10-08", "示例甲")])
    return house.build()


@pytest.mark.parametrize("step", [1, -1])
def test_two_ends_of_one_post_the_later_counts_whichever_row_comes_first(step: int) -> None:
    rows = [person("示例甲", "小淹镇", valid_to="2026-06-30"), person("示例甲", "小淹镇"), person("示例乙", "田庄乡")]
    house = roster(*rows[::step])
    assert house.values("select valid_to from published.person_post where name = '示例甲'") == [None]
    met = house.values(
        "select grid_id from published.obligation"
        " where metric_id = 'patrol_coverage' and period = '2026-10' and state = 'on_time'"
    )
    assert met == ["g430923106"]


@pytest.mark.parametrize("step", [1, -1])
def test_two_numbers_for_one_post_the_choice_hangs_on_no_row(step: int) -> None:
    rows = [person("示例甲", "小淹镇", person_no="8"), person("示例甲", "小淹镇", person_no="7")]
    assert [row["person_id"] for row in roster(*rows[::step]).rows(POSTS)] == ["anhua/7"]


def test_a_number_of_two_people_tells_neither_and_both_stay_in_post() -> None:
    house = roster(
        person("示例甲", "小淹镇", person_no="7"),
        person("示例乙", "小淹镇", person_no="7"),
        person("示例丙", "小淹镇", person_no="9"),
        person("示例乙", "小淹镇", person_no="7", kind="请假", since="2026-10-01", valid_to="2026-10-09"),
    )
    expected: list[dict[str, Any]] = [
        {"person_id": f"anhua/{who}", "name": name, "grid_id": "g430923106", "valid_to": None}
        for who, name in (("9", "示例丙"), ("示例乙", "示例乙"), ("示例甲", "示例甲"))
    ]
    assert house.rows(POSTS) == expected
    assert house.values("select person_id from published.person order by all") == [
        "anhua/9",
        "anhua/示例乙",
        "anhua/示例甲",
    ]
    assert house.values("select person_id from published.absence") == ["anhua/示例乙"]


def test_a_month_alone_is_its_first_day_and_its_last() -> None:
    house = roster(
        person("示例甲", "小淹镇", "环保专干", since="2021年6月", valid_to="2027.10"),
        person("示例乙", "田庄乡", "环保员", since="2024.1"),
        person("示例丙", "田庄乡", "环保办主任", since="2021年5月起", valid_to="2024-02"),
    )
    found = house.rows("select name, post, valid_from, valid_to from staging.person_now order by name")
    assert [(row["name"], row["post"], str(row["valid_from"]), str(row["valid_to"])) for row in found] == [
        ("示例丙", "body_head", "2021-05-01", "2024-02-29"), ("示例甲", "inspector", "2021-06-01", "2027-10-31")
    ]  # fmt: skip
    told = house.rows(
        "select value, rule, severity, mend_zh from published.quarantine where table_name = 'person' order by value"
    )
    assert [(row["value"], row["rule"], row["severity"]) for row in told] == [
        ("2021年5月起", "month_only", "warn"), ("2021年6月", "month_only", "warn"), ("2024-02", "month_only", "warn"),
        ("2024.1", "date_unreadable", "reject"), ("2027.10", "month_only", "warn"),
    ]  # fmt: skip
    assert "2024.1 分不清一月和十月" in told[3]["mend_zh"]


def test_posts_are_read_in_the_words_of_townships_and_several_in_one_cell() -> None:
    posts = {
        "镇长": "body_head", "乡镇长": "body_head", "站长": "body_head", "镇长、机构负责人": "body_head",
        "人大主席/机构负责人": "body_head", "机构负责人兼网格员": "body_head", "兼网格员": "inspector",
        "网格员（兼）": "inspector", "副网格长": "inspector", "副镇长": None, "飞行员、宇航员": None,
    }  # fmt: skip
    house = House()
    house.ledger("person", [person(f"示例{n}", "田庄乡", post) for n, post in enumerate(posts)])
    house.build()
    assert house.values("select post from staging.person order by row_number") == list(posts.values())
    assert house.values("select value from published.quarantine where rule = 'word_unknown' order by value") == [
        "副镇长", "飞行员、宇航员"
    ]  # fmt: skip
