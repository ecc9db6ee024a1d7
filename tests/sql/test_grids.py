"""The grid register: periods, who may register what, and the grid above."""

from __future__ import annotations

import pytest
from grid_rows import TIANZHUANG, faults, grid, periods, told
from house import House, patrol, person, problem


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
    assert above(house, TIANZHUANG, "2026-11-06") == [TIANZHUANG, "anhua", "u2", "city"]
    assert above(house, TIANZHUANG, "2026-10-01") == [TIANZHUANG, "anhua", "u2", "city"]
    assert above(house, TIANZHUANG, "2026-09-30") == [TIANZHUANG, "anhua", "u1", "city"]
    assert above(house, TIANZHUANG, "2020-01-01") == [TIANZHUANG, "anhua", "u1", "city"], "before it began"
    assert periods(house, "anhua") == [
        ("安化县", "2021-05-07", "2026-09-30"), ("安化县", "2026-10-01", "2026-11-06"),
    ]  # fmt: skip
    assert house.values("select by_grid_id from published.patrol") == ["u2"], "the unit now above is known by name"


def above(house: House, grid_id: str, day: str) -> list[str]:
    """The chain of a day, lowest first."""
    return house.values(
        f"select ancestor_id from published.grid_path where leaf_id = '{grid_id}'"
        f" and date '{day}' between valid_from and valid_to order by ancestor_level desc"
    )


def test_a_chain_that_did_not_change_is_one_span() -> None:
    house = House()
    house.ledger("grid", [grid(), grid(name="大田庄镇", since="2026-10-20", valid_to="2026-10-31")])
    house.build()
    found = house.rows("select count(*) as n, count(distinct (leaf_id, ancestor_id)) as pairs from published.grid_path")
    assert found[0]["n"] == found[0]["pairs"], "a new name, and an end, leave the grids above as they were"
    assert set(house.values("select cast(valid_to as varchar) from published.grid_path")) == {"9999-12-31"}


MOVE = [{"code": "430923", "name": "安化县", "level": "二级", "parent": "第二网格单元", "valid_from": "2026-11-01"}]


def moved(as_of: str = "2026-12-06 09:00", since: str = "2026-11-01") -> House:
    """安化县 goes to the second unit; before, the first unit went there and saw to a listed problem."""
    house = House(as_of)
    house.ledger("person", [person("示例单元", "第一网格单元", since="2026-01-01")], county="city", month="2026-09")
    house.ledger("patrol", [patrol("1", "安化县", "2026-10-08 09:00", "示例单元")], county="city")
    rows = [
        problem("P1", "2026-09-08", "2026-10-20", rectified_at="2026-10-25", listing="挂牌督办"),
        problem("P2", "2026-10-08", "2026-11-20", duty_grid="市支队", listing=""),
        problem("P3", "2026-10-08", "2026-10-20", duty_grid="市支队", listing=""),
    ]
    house.ledger("problem", rows)
    visit = {
        "problem_no": "P1",
        "by_grid": "第一网格单元",
        "done_at": "2026-10-18",
        "kind": "督办",
        "result": "",
        "site": "",
    }
    house.ledger("follow_up", [visit], county="city")
    house.ledger("grid", [{**MOVE[0], "valid_from": since}], county="city", month="2026-11")
    return house.build()


def shares(house: House, metric: str, month: str = "2026-10") -> dict[str, int]:
    """Unit → what fell due in the month there and below, but for ledgers that never came."""
    rows = house.rows(
        f"select grid_id, due from published.metric_value where metric_id = '{metric}' and period = '{month}'"
        " and period_kind = 'month' and owner_level = 'all' and grid_id in ('u1', 'u2') and due > 0 order by grid_id"
    )
    return {row["grid_id"]: row["due"] for row in rows}


def test_a_county_that_goes_to_another_unit_leaves_the_past_with_the_former() -> None:
    house = moved()
    (state,) = house.values("select state from published.obligation where obligation_id = 'patrol_coverage/u1/2026-10'")
    assert state == "on_time", "the unit's patrol was inside its grid that day"
    owner = "select grid_id from published.obligation where metric_id = 'rectification' and subject_id like '%/{}'"
    assert [house.values(owner.format(number)) for number in ("P1", "P2", "P3")] == [["anhua"], ["u2"], ["u1"]]
    assert shares(house, "rectification") == {"u1": 2}
    assert shares(house, "rectification", "2026-11") == {"u2": 1}
    followed = house.rows("select grid_id, state from published.obligation where metric_id = 'listed_followup'")
    assert followed == [{"grid_id": "u1", "state": "on_time"}]
    facts = house.rows(
        "select grid_id, period, n from published.indicator_value where indicator_id = 'non_self_found_share'"
        " and period_kind = 'month' and grid_id in ('u1', 'u2') order by period"
    )
    assert facts == [{"grid_id": "u1", "period": "2026-09", "n": 1}, {"grid_id": "u1", "period": "2026-10", "n": 2}]


def test_within_a_month_each_duty_counts_where_it_fell_due_and_a_visit_counts_for_who_was_above_then() -> None:
    house = moved(since="2026-10-20")
    assert shares(house, "rectification") == {"u2": 2}, "due on the first day under the second unit"
    assert shares(moved(since="2026-10-21"), "rectification") == {"u1": 2}
    followed = house.rows("select grid_id, state from published.obligation where metric_id = 'listed_followup'")
    assert followed == [{"grid_id": "u2", "state": "on_time"}], "the former unit went while it was above"
    asked = "select grid_id from published.obligation where metric_id = 'upper_guidance' and subject_id = 'anhua'"
    assert house.values(asked + " and period = '2026-12'") == [], "neither unit had it the whole quarter"


def test_an_abolished_grid_passes_what_falls_due_afterwards_to_the_grid_above() -> None:
    house = House()
    house.ledger("person", [person("示例镇长", "田庄乡", "机构负责人"), person("示例县长", "安化县", "网格长")])
    rows = [
        problem("A", "2026-10-08", "2026-10-20"),
        problem("B", "2026-10-08", "2026-10-20", rectified_at="2026-10-15"),
        problem("C", "2026-10-08", "2026-10-20", rectified_at="2026-10-16"),
        problem("D", "2026-10-08", "2026-10-15"),
        problem("E", "2026-10-08", "长期坚持"),
    ]
    house.ledger("problem", [{**row, "duty_grid": "田庄乡"} for row in rows])
    # An end told late frees nobody: the register came before it.
    house.ledger("grid", [grid(name="田庄乡", since="2021-05-07", valid_to="2026-10-15")], received="2026-10-12 10:00")
    house.build()
    found = house.rows(
        "select right(subject_id, 1) as no, grid_id, owner_level, state, person_at_start, person_at_due, due_basis"
        " from published.obligation where metric_id = 'rectification' and subject_kind = 'problem' order by 1"
    )
    told = "；田庄乡 2026-10-15 已撤销，由安化县接着承担"
    assert [(*list(row.values())[:6], told in row["due_basis"]) for row in found] == [
        ("A", "anhua", 2, "overdue", "示例镇长", "示例县长", True),
        ("B", TIANZHUANG, 3, "on_time", "示例镇长", "示例镇长", False),
        ("C", "anhua", 2, "on_time", "示例镇长", "示例县长", True),
        ("D", TIANZHUANG, 3, "overdue", "示例镇长", "示例镇长", False),
        ("E", "anhua", 2, "no_deadline", "示例镇长", None, True),
    ]
    stock = house.rows(
        "select grid_id, n from published.indicator_value where indicator_id = 'open_overdue' and period = '2026-10'"
        f" and period_kind = 'month' and grid_id in ('{TIANZHUANG}', 'anhua') order by grid_id"
    )
    assert stock == [{"grid_id": "anhua", "n": 2}, {"grid_id": TIANZHUANG, "n": 1}]


def test_where_the_grid_above_ends_as_well_the_next_one_answers_from_then_on() -> None:
    house = House("2026-12-06 09:00")
    dues = ("2026-10-20", "2026-11-20")
    house.ledger("problem", [problem(str(n), "2026-10-08", due, duty_grid="田庄乡") for n, due in enumerate(dues)])
    county = {"code": "430923", "name": "安化县", "level": "二级", "parent": "u1"}
    rows = [
        grid(name="田庄乡", since="2021-05-07", valid_to="2026-10-15"),
        {**county, "valid_from": "2021-05-07", "valid_to": "2026-10-31"},
    ]
    house.ledger("grid", rows, county="city")
    house.build()
    owners = house.values(
        "select grid_id from published.obligation where metric_id = 'rectification' and subject_kind = 'problem'"
        " order by due_at"
    )
    assert owners == ["anhua", "u1"]


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
