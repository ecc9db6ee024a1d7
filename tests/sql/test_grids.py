"""The grid register: periods, who may register what, and the grid above."""

from __future__ import annotations

import pytest
from grid_rows import TIANZHUANG, faults, grid, periods, told
from house import House, patrol, problem


@pytest.mark.parametrize("since", ["2021-05-07", "2020-01-01"])
def test_a_period_begun_with_the_seed_or_before_it_takes_its_place(since: str) -> None:
    found, house = told(grid(since=since, is_patrol_grid="否", is_key_area="是"), county="city")
    assert found == []
    assert periods(house) == [("新田庄镇", since, "")]
    assert house.rows(f"select is_patrol_grid, is_key_area from published.grid where grid_id = '{TIANZHUANG}'") == [
        {"is_patrol_grid": False, "is_key_area": True}
    ]


def test_a_grid_that_ended_before_the_seed_began_has_ended() -> None:
    _, house = told(grid(since="2019-01-01", valid_to="2020-12-31"), county="city")
    assert periods(house) == [("新田庄镇", "2019-01-01", "2020-12-31")]
    assert house.values(f"select * from published.obligation where grid_id = '{TIANZHUANG}'") == []


def owing(row: dict[str, str], county: str = "anhua", received: str = "2026-11-05 10:00") -> tuple[House, list[str]]:
    """The months in which 田庄乡 owes coverage after this register row."""
    house = House("2026-12-20 09:00")
    for month in ("2026-09", "2026-10", "2026-11"):
        rows = [patrol(month, "马路镇", f"{month}-08", "示例甲")]
        house.ledger("patrol", rows, month=month, received=f"{month}-28 10:00")
    house.ledger("grid", [row], county=county, received=received)
    owed = "select period from published.obligation where metric_id = 'patrol_coverage'"
    return house, house.build().values(f"{owed} and grid_id = '{TIANZHUANG}' order by 1")


def test_whether_a_grid_patrols_is_for_the_detachment_to_say() -> None:
    row = grid(name="田庄乡", since="2021-05-07", is_patrol_grid="否")
    house, months = owing(row)
    assert months == ["2026-09", "2026-10", "2026-11", "2026-12"]
    assert faults(house) == [("is_patrol_grid", "not_for_county")]
    (message,) = house.values("select message_zh from published.quarantine")
    assert message == "“是否承担巡查”写的“否”不作数：网格是否承担巡查由市支队登记"
    assert owing(row, "city")[1] == []
    house, _ = owing(row, "city")
    house.ledger("grid", [grid(name="田庄镇", since="2026-10-01")], received="2026-11-06 10:00")
    owed = "select period from published.obligation where metric_id = 'patrol_coverage'"
    assert house.build().values(f"{owed} and grid_id = '{TIANZHUANG}'") == [], "a renamed grid is the same grid"


def test_an_end_that_a_county_tells_late_ends_what_is_owed_with_its_receipt() -> None:
    row = grid(name="田庄乡", since="2021-05-07", valid_to="2026-09-30")
    house, months = owing(row)
    assert months == ["2026-09", "2026-10"]
    assert faults(house) == [("valid_to", "end_told_late")]
    assert periods(house)[-1][2] == "2026-09-30", "when it ended is told as it was told"
    assert owing(row, "city")[1] == ["2026-09"]
    in_time, months = owing(row, received="2026-09-30 10:00")
    assert (months, faults(in_time)) == (["2026-09"], [])


def test_a_later_period_ends_the_seed_the_day_before() -> None:
    _, house = told(grid(since="2023-02-01"), grid(name="大田庄镇", since="2024-02-01", valid_to="2025-12-31"))
    assert periods(house) == [
        ("田庄乡", "2021-05-07", "2023-01-31"),
        ("新田庄镇", "2023-02-01", "2024-01-31"),
        ("大田庄镇", "2024-02-01", "2025-12-31"),
    ]


def test_of_two_rows_for_one_day_the_one_received_last_counts() -> None:
    house = House()
    house.ledger("grid", [grid(name="支队名镇")], county="city", received="2026-11-05 10:00")
    house.ledger("grid", [grid(name="先报名镇")], received="2026-11-01 10:00")
    house.ledger("grid", [grid(name="后报名镇")], received="2026-11-05 10:00", month="2026-09")
    house.build()
    assert periods(house)[1:] == [("支队名镇", "2026-10-01", "")], "received at one moment: the later month"


def test_a_future_parent_or_name_is_not_in_force_yet() -> None:
    county = {"level": "二级", "code": "430923"}
    house = House()
    rows = [
        {**county, "name": "安化县", "parent": "第二网格单元", "valid_from": "2026-10-01"},
        {**county, "name": "安化市", "parent": "第三网格单元", "valid_from": "2026-11-07"},
    ]
    house.ledger("grid", rows)
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-08", "示例甲", by_grid="二单元")])
    house.build()
    above = "select ancestor_id from published.grid_path where leaf_id = '{}' order by ancestor_level desc"
    assert house.values(above.format(TIANZHUANG)) == [TIANZHUANG, "anhua", "u2", "city"]
    assert periods(house, "anhua") == [
        ("安化县", "2021-05-07", "2026-09-30"), ("安化县", "2026-10-01", "2026-11-06"),
    ]  # fmt: skip
    assert house.values("select by_grid_id from published.patrol") == ["u2"], "the unit now above is known by name"


def test_a_grid_that_has_not_begun_is_not_there() -> None:
    house = House()
    house.ledger("grid", [grid("430923301", "示例未来镇", "2026-12-01"), grid("430923302", "示例新设镇")])
    house.ledger("problem", [problem("A", grid="示例未来镇"), problem("B", grid="示例新设镇", duty_grid="示例新设镇")])
    house.build()
    assert faults(house) == [("grid", "grid_unknown")]
    assert periods(house, "g430923301") == []
    assert house.values("select leaf_id from published.grid_path where leaf_id = 'g430923301'") == []
    assert house.values("select grid_id from published.obligation where subject_id like '%/B'") == ["g430923302"]


def test_before_the_scheme_the_listed_grids_stand() -> None:
    house = House(as_of="2021-03-01 09:00").build()
    assert house.one("select count(distinct leaf_id) as n from published.grid_path")["n"] == 111


OTHERS = [
    {"code": "430922101", "name": "新修山镇", "parent": "桃江县"},
    {"code": "430922", "name": "新桃江县", "level": "二级", "parent": "u1"},
    {"code": "430922999", "name": "示例新设镇", "parent": ""},
    {"code": "U1", "name": "新一单元", "level": "一级", "parent": "益阳市"},
    # The code of the other list that 朝阳街道 of 高新区 is known by, although it begins like one of 赫山区.
    {"code": "430903007", "name": "朝阳街道", "parent": "高新区"},
]


def test_a_county_registers_its_own_grids_and_the_detachment_all() -> None:
    rows = [{**grid(), **change} for change in OTHERS]
    found, house = told(*rows)
    assert found == [("code", "outside_county")] * len(rows)
    assert house.values("select row_id from published.grid where row_id is not null") == []
    found, house = told(*rows, county="city")
    assert found == []
    assert house.values("select grid_id from published.grid where row_id is not null order by 1") == [
        "g430922101", "g430922999", "g430972005", "taojiang", "u1",
    ]  # fmt: skip


IMPOSSIBLE = [
    ({"parent": "桃江县"}, ("parent", "parent_impossible")),
    ({"parent": "一单元"}, ("parent", "parent_impossible")),
    ({"parent": "益阳市"}, ("parent", "parent_impossible")),
    ({"parent": "南金乡"}, ("parent", "parent_unknown")),
    ({"parent": "示例县"}, ("parent", "parent_unknown")),
    ({"code": "430923", "name": "安化县", "level": "二级", "parent": "桃江县"}, ("parent", "parent_impossible")),
    ({"code": "430923", "name": "安化县", "level": "二级", "parent": "安化县"}, ("parent", "parent_impossible")),
    ({"code": "430923", "name": "安化县", "parent": ""}, ("level", "level_mismatch")),
    ({"level": "二级"}, ("level", "level_mismatch")),
    ({"code": "430999001"}, ("code", "code_unknown")),
    ({"code": "43092320"}, ("code", "code_unknown")),
    ({"name": "南金乡"}, ("name", "name_taken")),
    ({"name": "安化"}, ("name", "name_taken")),
    ({"code": "430923124", "name": "田庄乡"}, ("name", "name_taken")),
    ({"valid_to": "2026-09-01"}, ("valid_to", "ends_before_start")),
    ({"valid_from": ""}, ("valid_from", "missing")),
]


def test_an_impossible_row_goes_back_with_its_reason_and_the_city_is_built() -> None:
    house = House()
    files = {house.ledger("grid", [{**grid(), **change}]): fault for change, fault in IMPOSSIBLE}
    house.build()
    found = house.rows("select file_id, column_name, rule, severity, message_zh, mend_zh from published.quarantine")
    assert {row["file_id"]: (row["column_name"], row["rule"]) for row in found} == files
    assert len(found) == len(files), "each for one reason only"
    assert {row["severity"] for row in found} == {"reject"}
    assert not [row for row in found if not row["mend_zh"] or "{" in row["message_zh"] + row["mend_zh"]]
    assert house.values("select row_id from published.grid where row_id is not null") == []
    assert house.values("select sum(rejected) from published.submission") == [len(files)]


def test_a_register_without_first_days_goes_back() -> None:
    house = House()
    house.ledger("grid", [{k: v for k, v in grid().items() if k != "valid_from"}])
    assert faults(house.build()) == [("valid_from", "missing")]


def test_a_new_township_lies_in_the_county_of_its_code() -> None:
    parents = ["", "安化", "430923", "430923.0", "安化县大队", "anhua"]
    rows = [grid(f"43092330{n}", f"示例新设{n}镇", parent=parent) for n, parent in enumerate(parents)]
    found, house = told(*rows, county="city")
    assert found == []
    assert house.rows(
        "select level, parent_id, county_id, unit_id, count(*) as n from published.grid"
        " where grid_id like 'g43092330%' group by all"
    ) == [{"level": 3, "parent_id": "anhua", "county_id": "anhua", "unit_id": "u1", "n": len(parents)}]


def test_without_the_column_the_parent_is_as_listed() -> None:
    rows = [{k: v for k, v in grid().items() if k != "parent"}]
    rows.append({"code": "430923", "name": "安化县", "level": "二级", "valid_from": "2026-10-01"})
    _, house = told(*rows)
    found = house.rows("select grid_id, parent_id from published.grid where row_id is not null order by 1")
    assert found == [{"grid_id": "anhua", "parent_id": "u1"}, {"grid_id": TIANZHUANG, "parent_id": "anhua"}]


def test_a_row_left_out_of_a_resend_is_not_lost() -> None:
    house = House()
    rows = [grid("430923211", "新南金镇"), grid("430923212", "新古楼镇")]
    house.ledger("grid", [grid(), *rows], received="2026-11-01 10:00")
    house.ledger("grid", [grid("430923200", "新高明镇"), *rows], received="2026-11-02 10:00")
    house.build()
    names = house.values("select name from published.grid where row_id is not null order by 1")
    assert names == ["新南金镇", "新古楼镇", "新田庄镇", "新高明镇"]


def test_a_new_grid_sent_again_under_its_right_code_is_one_grid() -> None:
    house = House()
    house.ledger("grid", [grid("430923301", "示例新设镇"), grid()], received="2026-11-01 10:00")
    house.ledger("grid", [grid("430923302", "示例新设镇"), grid()], received="2026-11-02 10:00")
    house.ledger("problem", [problem("A", grid="示例新设镇", duty_grid="示例新设镇")])
    house.build()
    assert faults(house) == []
    assert house.values("select grid_id from published.grid where grid_id like 'g4309233%'") == ["g430923302"]
    assert house.values("select grid_id from published.obligation where subject_id like '%/A'") == ["g430923302"]


def test_an_end_that_is_taken_back_is_no_end() -> None:
    house = House()
    house.ledger("grid", [grid(valid_to="2026-10-31", is_key_area="是")], received="2026-11-01 10:00")
    house.ledger("grid", [grid(valid_to="")], received="2026-11-02 10:00")
    house.build()
    assert periods(house)[1:] == [("新田庄镇", "2026-10-01", "")]
    (row,) = house.rows(f"select is_key_area from published.grid where grid_id = '{TIANZHUANG}' and row_id is not null")
    assert row == {"is_key_area": True}, "a missing column says nothing"
