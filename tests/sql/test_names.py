"""Who is meant by a cell of names: one person in office a row of the roster, inspectors in whatever company."""

from __future__ import annotations

import pytest
from house import House, patrol, person


@pytest.mark.parametrize(
    ("name", "more", "rules"),
    [
        ("示例乙、示例丙", {}, ["several_people"]),
        ("示例丁（已调离）", {}, ["left_office"]),
        ("示例丁（已调离）", {"valid_to": "2026-09-30"}, []),
        ("示例丁（网格员）", {}, []),
    ],
)
def test_a_row_of_the_roster_is_one_person_in_office(name: str, more: dict[str, str], rules: list[str]) -> None:
    house = House()
    house.ledger("person", [person(name, "田庄乡", **more)])
    house.build()
    assert house.values("select rule from published.quarantine where severity = 'reject'") == rules


@pytest.mark.parametrize(
    "who",
    [
        "示例张三等3人", "示例张三 等", "组长：示例张三；成员：示例李四", "示例张三和示例李四", "示例张三同志",
        "示例张三13800000000", "示例张三+示例李四", "示例张三|示例李四", "示例李四、示例张三（组长）等二人",
        "示例张三 及 示例李四",
    ],
)  # fmt: skip
def test_an_inspector_is_known_in_whatever_company(who: str) -> None:
    house = House()
    house.ledger("person", [person("示例张三", "田庄乡")])
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-05", who)])
    covered = house.build().one(
        "select state from published.obligation where obligation_id = 'patrol_coverage/g430923209/2026-10'"
    )
    assert covered["state"] == "on_time"


@pytest.mark.parametrize("name", ["张和平", "欧阳和", "和平", "与林"])
def test_a_name_with_and_in_it_is_one_name(name: str) -> None:
    house = House()
    house.ledger("person", [person(name, "田庄乡")])
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-05", f"{name}、示例李四")])
    house.build()
    assert set(house.one("select inspectors from staging.patrol")["inspectors"]) == {name, "示例李四"}
    assert house.one("select name from published.person")["name"] == name
