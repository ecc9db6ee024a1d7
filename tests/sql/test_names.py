"""Who is meant by a cell of names: one person in office a row of the roster, inspectors in whatever company."""

from __future__ import annotations

import pytest
from house import House, patrol, person, problem


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


@pytest.mark.parametrize(
    "name",
    ["空缺", "（空缺）", "(空缺)", "暂无", "待定", "无人", "待配备", "XXX", "暂缺（待镇里明确）", "无", "—", "/"],
)
def test_a_vacancy_is_no_person_and_its_row_goes_back(name: str) -> None:
    house = House()
    house.ledger(
        "person", [person(name, "田庄乡", "机构负责人"), person("示例甲", "东坪镇", "机构负责人", deputy=name)]
    )
    house.ledger(
        "patrol", [patrol("1", "田庄乡", "2026-10-05", name), patrol("2", "东坪镇", "2026-10-05", f"{name}、示例甲")]
    )
    house.build()
    assert house.values("select name from published.person") == ["示例甲"]
    assert house.values("select deputy from staging.person_now") == [None]
    told = house.rows("select rule, message_zh, mend_zh from published.quarantine where table_name = 'person'")
    assert [row["rule"] for row in told] == ["post_vacant"]
    assert "岗位空缺不用报" in told[0]["message_zh"] and "请删此行，有人到岗再报" in told[0]["mend_zh"]
    assert house.values("select inspectors from staging.patrol_now") == [["示例甲"]]
    assert house.values(
        "select rule from published.quarantine where table_name = 'patrol' and severity = 'reject'"
    ) == ["missing"]


@pytest.mark.parametrize("name", ["示例无", "待小定", "岗示例", "示例某（兼）"])
def test_a_name_with_such_a_character_is_a_name(name: str) -> None:
    house = House()
    house.ledger("person", [person(name, "田庄乡", "机构负责人")])
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-05", f"{name}、示例乙")])
    house.build()
    assert house.values("select name from published.person") == [name.split("（")[0]]
    assert house.values("select inspectors from staging.patrol_now") == [[name.split("（")[0], "示例乙"]]


def test_an_empty_name_is_asked_for() -> None:
    house = House()
    house.ledger("person", [person(" ", "田庄乡")])
    assert house.build().values("select rule from published.quarantine") == ["missing"]


def test_nobody_neither_handles_nor_re_inspects() -> None:
    house = House()
    house.ledger("problem", [problem("1", handler="暂无", reinspector="待定"), problem("2", handler="示例乙")])
    found = house.build().rows("select handler, reinspector from staging.problem_now order by problem_no")
    assert found == [{"handler": None, "reinspector": None}, {"handler": "示例乙", "reinspector": None}]
