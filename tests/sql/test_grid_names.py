"""Which grid a name means: in each county and for the detachment, with the register's names and either list's codes."""

from __future__ import annotations

import csv
from typing import Any

import pytest
from grid_rows import TIANZHUANG, grid, periods, told
from house import House, patrol, person, problem
from roots import SQL


def named(house: House, name: str, county: str = "anhua") -> dict[str, Any] | None:
    """What a name means in a county's ledgers."""
    found = house.rows(
        f"select grid_id, candidates from staging.grid_name where (county_id, name) = ('{county}', '{name}')"
    )
    return found[0] if found else None


def test_only_names_of_accepted_rows_count() -> None:
    house = House()
    # Sent back: another county's grid, a name that is taken, a first day that is none.
    house.ledger("grid", [grid(name="外县所起名")], county="nanxian")
    house.ledger("grid", [grid(name="南金乡"), grid("430923211", "无日期镇", "2026-02-30", former_name="田庄乡")])
    house.build()
    assert named(house, "外县所起名") is None
    assert named(house, "无日期镇") is None
    assert named(house, "南金乡") == {"grid_id": "g430923211", "candidates": 1}
    assert named(house, "田庄乡") == {"grid_id": TIANZHUANG, "candidates": 1}
    assert house.values("select grid_id from staging.grid_code where code = '430923211'") == ["g430923211"]


def test_a_part_of_a_township_does_not_take_its_name_with_it() -> None:
    house = House()
    house.ledger("grid", [grid("430923301", "东田庄镇", former_name="田庄乡、田庄公社"), grid(name="大田庄镇")])
    house.build()
    assert named(house, "田庄乡") == {"grid_id": TIANZHUANG, "candidates": 1}
    assert named(house, "大田庄镇") == {"grid_id": TIANZHUANG, "candidates": 1}
    assert named(house, "田庄公社") == {"grid_id": "g430923301", "candidates": 1}
    assert named(house, "安化县东田庄镇") == {"grid_id": "g430923301", "candidates": 1}


def test_a_corrected_name_counts_no_longer() -> None:
    house = House()
    house.ledger("grid", [grid(name="错字镇")], received="2026-11-01 10:00")
    house.ledger("grid", [grid(name="正字镇")], received="2026-11-02 10:00")
    house.build()
    assert named(house, "错字镇") is None
    assert periods(house)[1:] == [("正字镇", "2026-10-01", "")]


def test_a_grid_of_another_county_is_said_to_be_there() -> None:
    house = House()
    house.ledger(
        "patrol", [patrol("1", "南洲镇", "2026-10-08", "示例甲"), patrol("2", "查无此镇", "2026-10-08", "示例甲")]
    )
    house.ledger("problem", [problem("A", duty_grid=" 南县 南洲 镇")])
    house.ledger("person", [person("示例甲", "一级网格二单元")])
    house.build()
    found = house.rows(
        "select table_name, rule, severity, message_zh, mend_zh from published.quarantine order by table_name, row_id"
    )
    assert [(row["table_name"], row["rule"], row["severity"]) for row in found] == [
        ("patrol", "grid_elsewhere", "reject"),
        ("patrol", "grid_unknown", "reject"),
        ("person", "grid_unknown", "reject"),
        ("problem", "grid_elsewhere", "warn"),
    ]
    assert found[0]["message_zh"] == "“所属网格”写的“南洲镇”是南县的网格，不在本单位范围内"
    assert "县区文件夹" in found[0]["mend_zh"]
    assert "是南县的网格" in found[3]["message_zh"]


SEED = list(csv.DictReader((SQL / "seeds" / "grid.csv").open(encoding="utf-8")))
# code: the township it means in the list of the statistical bureau, and in the other list in circulation.
COLLISIONS = {
    "430903006": ("会龙山街道", "龙光桥街道"),
    "430903007": ("鱼形山街道", "朝阳街道"),
    "430903111": ("兰溪镇", "谢林港镇"),
    "430921125": ("南洲镇", "浪拔湖镇"),
    "430921126": ("华阁镇", "河坝镇"),
    "430921127": ("茅草街镇", "金盆镇"),
    "430921128": ("三仙湖镇", "北洲子镇"),
    "430921129": ("麻河口镇", "中鱼口镇"),
    "430922112": ("桃花江镇", "沾溪镇"),
    "430922113": ("灰山港镇", "高桥镇"),
    "430981401": ("南洞庭湿地保护与发展事务中心", "南洞庭芦苇场"),
    "430981402": ("漉湖湿地保护与发展事务中心", "漉湖芦苇场"),
}


@pytest.fixture(scope="module")
def listed() -> House:
    """A house without any ledger: what the seeds alone make known."""
    return House().build()


@pytest.mark.parametrize(
    "county", ["anhua", "taojiang", "ziyang", "yuanjiang", "datonghu", "nanxian", "heshan", "gaoxin"]
)
def test_every_listed_name_and_alias_means_its_grid_at_home(listed: House, county: str) -> None:
    known = {
        row["name"]: row
        for row in listed.rows(f"select * from staging.grid_name where county_id = '{county}'")
    }  # fmt: skip
    unit = next(row["unit_id"] for row in SEED if row["grid_id"] == county)
    for row in SEED:
        for name in (row["name"], *filter(None, row["aliases"].split(";"))):
            if row["county_id"] == county and name != "赫山":
                assert known[name]["grid_id"] == row["grid_id"], name
            elif row["level"] == "1":
                assert (name in known) == (row["grid_id"] == unit), name
            elif row["level"] in {"2", "3"} and row["county_id"] != county:
                assert (known[name]["grid_id"], known[name]["elsewhere_id"]) == (None, row["county_id"]), name
    own = {row["grid_id"] for row in SEED if row["county_id"] == county} | {unit, "city"}
    assert {row["grid_id"] for row in known.values()} - {None} <= own, "never a grid of another county"
    # 赫山 is the short name of the county and the bare name of one of its streets: certain or nothing.
    # So is 市政府 in 沅江市, which has one of its own and one above it.
    unsure = {name for name, row in known.items() if row["candidates"] > 1}
    theirs = {f"市{body}" for body in ("局", "政府", "人民政府", "生态环境局", "生态环境分局", "环境保护局", "环保局")}
    assert unsure == {"heshan": {"赫山"}, "yuanjiang": theirs}.get(county, set())


@pytest.mark.parametrize(
    ("county", "grid_id", "names"),
    [
        ("anhua", "anhua", "安化县人民政府 安化县政府 安化县生态环境局 益阳市生态环境局安化分局 安化分局"
                           " 县生态环境局 县政府 县局"),
        ("heshan", "heshan", "赫山区生态环境分局 区政府 区人民政府 益阳市生态环境局赫山区分局"),
        ("yuanjiang", "yuanjiang", "沅江市人民政府 沅江市生态环境局 益阳市生态环境局沅江分局"),
        ("anhua", "city", "益阳市生态环境局 市生态环境局 市局 益阳市人民政府 市政府 市执法支队"
                          " 益阳市生态环境保护综合行政执法支队 市生态环境保护综合行政执法支队"),
        ("city", "city", "益阳市生态环境局 市局 市政府"),
        ("city", "taojiang", "桃江县生态环境局 桃江分局"),
        ("anhua", "g430923121", "东坪镇生态环境站 东坪镇环保站 东坪镇环保办 东坪镇政府 安化县东坪镇"),
        ("heshan", "g430903008", "龙光桥街道 龙光桥镇 龙光桥乡 龙光桥"),
        ("anhua", None, "区政府 区局 田庄镇 桃江县生态环境局 桃江分局"),
        ("yuanjiang", None, "市局 市政府 县政府"),
        ("city", None, "县政府 区政府 县局"),
    ],
)  # fmt: skip
def test_what_else_a_grid_is_called(listed: House, county: str, grid_id: str | None, names: str) -> None:
    known = listed.rows(f"select name, grid_id from staging.grid_name where county_id = '{county}'")
    found = {row["name"]: row["grid_id"] for row in known}
    assert {name: found.get(name) for name in names.split()} == dict.fromkeys(names.split(), grid_id)


def test_a_village_in_brackets_behind_its_township_is_left_aside() -> None:
    house = House()
    rows = [
        patrol("1", "田庄乡（示例村）", "2026-10-08", "示例甲"),
        patrol("2", "安化县（田庄乡）", "2026-10-08", "示例甲"),
    ]
    house.ledger("patrol", rows)
    house.build()
    assert house.values("select grid_id from published.patrol") == [TIANZHUANG]
    found = house.values("select value || ' ' || rule from published.quarantine where severity = 'reject'")
    assert found == ["安化县（田庄乡） grid_unknown"]


def test_every_listed_name_that_one_grid_bears_is_known_to_the_detachment(listed: House) -> None:
    known = {row["name"]: row for row in listed.rows("select * from staging.grid_name where county_id = 'city'")}
    for row in SEED:
        for name in (row["name"], *filter(None, row["aliases"].split(";"))):
            assert known[name]["grid_id"] == (None if name == "赫山" else row["grid_id"]), name
    assert [name for name, row in known.items() if row["candidates"] != 1] == ["赫山"]


def test_both_lists_codes_are_right_for_their_names_and_wrong_for_any_other() -> None:
    names = [(code, name) for code, pair in COLLISIONS.items() for name in pair]
    wrong = [(code, "田庄乡") for code in COLLISIONS]
    house = House()
    rows = [
        patrol(f"{number:02d}", name, "2026-10-08", "示例甲", grid_code=code)
        for number, (code, name) in enumerate([*names, *wrong])
    ]
    house.ledger("patrol", rows, county="city")
    house.build()
    by_name = {n: row["grid_id"] for row in SEED for n in (row["name"], *row["aliases"].split(";"))}
    found = house.rows("select grid_id from published.patrol order by patrol_id")
    assert [row["grid_id"] for row in found] == [by_name[name] for _, name in [*names, *wrong]]
    assert house.rows(
        "select rule, severity, list(value order by value) as codes from published.quarantine group by all"
    ) == [{"rule": "code_mismatch", "severity": "warn", "codes": sorted(COLLISIONS)}]


@pytest.mark.parametrize("place", [0, 1], ids=["statistical list", "other list"])
def test_a_register_with_codes_of_either_list_means_the_grid_it_names(place: int) -> None:
    homes = {row["name"]: row for row in SEED}
    homes |= {alias: row for row in SEED for alias in row["aliases"].split(";") if alias}
    rows = [grid(code, pair[place], parent="") for code, pair in COLLISIONS.items()]
    found, house = told(*rows, county="city")
    assert found == []
    assert house.rows("select grid_id, code, name from published.grid where row_id is not null order by 1") == sorted(
        (
            {"grid_id": (home := homes[row["name"]])["grid_id"], "code": home["code"], "name": row["name"]}
            for row in rows
        ),
        key=lambda row: row["grid_id"],
    )
    assert house.one("select count(distinct grid_id) as n from published.grid")["n"] == 111, "no grid twice"


def test_a_code_of_two_townships_is_told_apart_by_the_former_name_or_goes_back() -> None:
    rows = [
        grid("430903006", "示例新名街道", parent="赫山区"),
        grid("430922112", "示例新名镇", parent="桃江县", former_name="沾溪镇"),
        grid("430902001", "示例新名码头街道", parent="资阳区"),
    ]
    found, house = told(*rows, county="city")
    assert found == [("code", "code_in_two_lists")]
    assert house.rows("select grid_id, name from published.grid where row_id is not null order by 1") == [
        {"grid_id": "g430902005", "name": "示例新名码头街道"},
        {"grid_id": "g430922118", "name": "示例新名镇"},
    ]
    assert named(house, "沾溪镇", "taojiang") == {"grid_id": "g430922118", "candidates": 1}
