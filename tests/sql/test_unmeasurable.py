"""Patrols of which nobody can say whose they were, or where: no grid is accused, and the rows are named."""

import pytest
from coverage_rows import NANJIN, TIANZHUANG, small_house, states
from house import House, patrol, person


def test_people_out_of_post_that_day_count_for_nobody_and_the_patrol_is_kept() -> None:
    house = House()
    house.ledger("person", [person("示例甲", "田庄乡", since="2026-10-09"), person("示例乙", "安化县")])
    house.ledger(
        "patrol", [patrol("1", "田庄乡", "2026-10-08", "示例甲"), patrol("2", "田庄乡", "2026-10-09", "示例丁")]
    )
    house.build()
    assert TIANZHUANG not in states(house), (
        "on the 8th the roster names nobody for this township: whose patrol it was is unknown"
    )
    assert house.values("select basis from published.patrol_credit order by patrol_id") == ["none", "none"]
    assert house.values("select value from published.quarantine where rule = 'patrol_uncredited' order by 1") == [
        "示例丁",
        "示例甲",
    ]
    assert house.values("select accepted from published.submission where table_name = 'patrol'") == [2]


@pytest.mark.parametrize("more", [{}, {"by_grid": ""}], ids=["no column", "a column nobody filled"])
def test_without_roster_and_without_stated_grid_nobody_is_accused(more: dict[str, str]) -> None:
    house = House()
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-08", "示例甲", **more)])
    house.build()
    assert not [grid for grid in states(house) if grid in {"anhua", TIANZHUANG}]
    measurable = house.one(
        "select * from published.measurable where metric_id = 'patrol_coverage' and county_id = 'anhua'"
        " and month = '2026-10'"
    )
    assert measurable["measurable"] == "partial"
    assert "说不出是谁的人" in measurable["reason_zh"] and "田庄乡" in measurable["reason_zh"]


def test_a_roster_of_a_few_townships_accuses_none_of_the_others() -> None:
    house = small_house()
    house.ledger("person", [person("示例长", "马路镇", "机构负责人")])
    house.ledger(
        "patrol",
        [
            patrol("1", "田庄乡", "2026-10-08", "示例甲"),
            patrol("2", "马路镇", "2026-10-08", "示例某"),
            patrol("3", "奎溪镇", "2026-10-09", "示例某某"),
        ],
    )
    house.build()
    found = states(house)
    assert (found[TIANZHUANG], found[NANJIN]) == ("on_time", "overdue")
    assert "g430923120" not in found, "its roster names no inspector: 示例某 may well be one of its people"
    assert "g430923111" not in found
    assert found["g430923118"] == "overdue", "nobody went there at all, whoever its people are"
    reason = house.one(
        "select * from published.measurable where metric_id = 'patrol_coverage' and county_id = 'anhua'"
        " and month = '2026-10'"
    )
    assert reason["measurable"] == "partial"
    assert "马路镇" in reason["reason_zh"] and "田庄乡" not in reason["reason_zh"]


def test_one_stated_grid_does_not_make_a_stating_ledger_and_one_blank_does_not_unmake_it() -> None:
    rows = [patrol(str(n), "田庄乡", f"2026-10-{n:02}", "示例某", by_grid="田庄乡") for n in range(1, 5)]
    house = House()
    house.ledger("patrol", [*rows, patrol("9", "马路镇", "2026-10-09", "示例某", by_grid="")])
    house.build()
    found = states(house)
    assert (found[TIANZHUANG], found["g430923111"]) == ("on_time", "overdue")
    assert "g430923120" not in found, "whose patrol the blank one was is unknown, and only there"

    one = House()
    one.ledger("patrol", [rows[0], *(patrol(str(n), "马路镇", f"2026-10-{n}", "示例某", by_grid="") for n in (11, 12))])
    found = states(one.build())
    assert found[TIANZHUANG] == "on_time"
    assert "g430923120" not in found and "anhua" not in found, "the blank ones may be of either"
    assert found["g430923111"] == "overdue", "no patrol lies there"


def test_a_patrol_placed_at_the_county_alone_may_have_been_in_any_township() -> None:
    house = House()
    house.ledger("person", [person("示例甲", "田庄乡")])
    house.ledger("patrol", [patrol("1", "安化县", "2026-10-08", "示例某")])
    found = states(house.build())
    assert found[TIANZHUANG] == "overdue", "its own people are known, and did not go"
    assert "g430923111" not in found and "anhua" not in found


def test_without_a_roster_a_township_nobody_went_to_is_not_excused() -> None:
    house = House()
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-08", "示例甲")])
    found = states(house.build())
    assert TIANZHUANG not in found and "anhua" not in found, "示例甲 may be of either"
    assert found[NANJIN] == "overdue"


def blind(house: House, county: str = "anhua") -> dict[str, str]:
    rows = house.rows(
        "select blind.grid_id, blind.reason_zh || '：' || blind.rows_zh as reason_zh"
        " from published.unmeasurable_grid as blind"
        f" where blind.county_id = '{county}' and blind.month = '2026-10'"
    )
    return {row["grid_id"]: row["reason_zh"] for row in rows}


def test_a_known_companion_does_not_tell_whose_the_unknown_one_is() -> None:
    house = House()
    house.ledger("person", [person("示例县干", "安化县")])
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-05", "示例县干、示例乡员")])
    found = states(house.build())
    assert found["anhua"] == "on_time"
    assert TIANZHUANG not in found, "示例乡员 may be its own, and its roster names no inspector"
    assert found[NANJIN] == "overdue"
    assert set(blind(house)) == {TIANZHUANG} and "说不出是谁的人" in blind(house)[TIANZHUANG]


def test_people_all_of_whom_are_known_make_no_other_grid_unknown() -> None:
    house = House()
    house.ledger("person", [person("示例会龙", "会龙山街道")], county="heshan")
    house.ledger("patrol", [patrol("1", "泉交河镇", "2026-10-06", "示例会龙")], county="heshan")
    found = states(house.build())
    assert blind(house, "heshan") == {}
    assert found["heshan"] == "overdue" and "unreported" not in {
        state for grid, state in found.items() if grid.startswith("g430903")
    }


def test_a_place_written_no_closer_than_above_leaves_the_persons_own_grid_open_and_nothing_else() -> None:
    house = House()
    house.ledger("person", [person("示例甲", "田庄乡")])
    house.ledger("patrol", [patrol("1", "安化县", "2026-10-06", "示例甲")])
    found = states(house.build())
    assert set(blind(house)) == {TIANZHUANG}
    assert "地点只写到上级" in blind(house)[TIANZHUANG]
    assert (found["anhua"], found[NANJIN]) == ("overdue", "overdue")
    told = house.one(
        "select measurable, reason_zh from published.measurable where metric_id = 'patrol_coverage'"
        " and county_id = 'anhua' and month = '2026-10'"
    )
    assert told["measurable"] == "partial"
    assert told["reason_zh"].startswith("1 个网格不可测（田庄乡）：当月有本网格的人")


def test_a_stated_grid_with_a_place_above_it_is_open_until_the_place_is_told() -> None:
    house = House()
    house.ledger("patrol", [patrol("1", "安化县", "2026-10-06", "示例某", by_grid="田庄乡")])
    house.ledger("patrol", [patrol("2", "马路镇", "2026-10-07", "示例某某")], received="2026-11-02 11:00")
    house.build()
    reasons = blind(house)
    assert "地点只写到上级" in reasons[TIANZHUANG]
    assert "说不出是谁的人" in reasons["g430923120"] and "说不出是谁的人" in reasons["anhua"]
    assert len(reasons) == 3
    told = house.one(
        "select reason_zh from published.measurable where metric_id = 'patrol_coverage' and county_id = 'anhua'"
        " and month = '2026-10'"
    )["reason_zh"]
    assert "2 个网格不可测（安化县、马路镇）" in told and "1 个网格不可测（田庄乡）" in told

    house = House()
    rows = [patrol("1", "安化县", "2026-10-06", "示例某", by_grid="田庄乡")]
    house.ledger("patrol", [*rows, patrol("2", "田庄乡", "2026-10-08", "示例某", by_grid="田庄乡")])
    assert states(house.build())[TIANZHUANG] == "on_time"


def test_what_cannot_be_judged_names_the_rows_to_mend() -> None:
    house = House()
    house.ledger("person", [person("示例甲", "田庄乡")])
    first = house.ledger("patrol", [patrol("1", "安化县", "2026-10-06", "示例某")])
    more = [patrol(str(number), "马路镇", f"2026-10-1{number}", "示例某") for number in range(2, 6)]
    second = house.ledger("patrol", more, received="2026-11-03 10:00")
    house.build()
    reasons = blind(house)
    assert reasons[NANJIN].endswith(f"：行编号 {first}#csv!2")
    rows = f"行编号 {first}#csv!2、{second}#csv!2、{second}#csv!3 等 5 条"
    assert reasons["g430923120"].endswith(f"：{rows}")
    assert TIANZHUANG not in reasons, "its own people are known"
    told = house.one(
        "select reason_zh from published.measurable where metric_id = 'patrol_coverage' and county_id = 'anhua'"
        " and month = '2026-10'"
    )["reason_zh"]
    assert told.count("行编号") == 1 and told.endswith(f"（{rows}）")


def test_a_patrol_by_somebody_whose_row_of_the_roster_went_back_is_not_missing_until_it_is_mended() -> None:
    def told(*mended: dict[str, str]) -> House:
        house = small_house()
        roster = [person("示例戊", "田庄乡", "飞行员"), person("示例己", "田庄乡"), person("示例庚", "马路镇")]
        house.ledger("person", roster, received="2026-11-01 10:00")
        if mended:
            house.ledger("person", list(mended), received="2026-11-02 10:00")
        rows = [patrol("1", "田庄乡", "2026-10-08", "示例戊"), patrol("2", "马路镇", "2026-10-08", "示例戊")]
        house.ledger("patrol", rows)
        return house.build()

    house = told()
    found = states(house)
    assert TIANZHUANG not in found, "示例戊 may be its own: the row that says so went back"
    assert found["g430923120"] == "overdue", "马路镇 has its inspector in post, and 示例戊 stands in no row of its own"
    (reason,) = house.values(
        f"select reason_zh from published.unmeasurable_grid where grid_id = '{TIANZHUANG}' and month = '2026-10'"
        " and metric_id = 'patrol_coverage'"
    )
    assert "一行已退回待改" in reason
    assert states(told(person("示例戊", "田庄乡", "网格员")))[TIANZHUANG] == "on_time"
