"""Patrol coverage: who went, whether it was their own ground, and what silence means."""

from coverage_rows import NANJIN, TIANZHUANG, small_house, states
from house import House, patrol, person


def test_a_patrol_counts_for_the_grid_of_the_person_who_went() -> None:
    house = small_house()
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-08 09:30", "示例甲")])
    found = states(house.build())
    assert found[TIANZHUANG] == "on_time"
    assert found["anhua"] == "overdue", "the county's own people did not go"
    duty = house.one(f"select * from published.obligation where obligation_id = 'patrol_coverage/{TIANZHUANG}/2026-10'")
    assert str(duty["met_at"]) == "2026-10-08 09:30:00"
    assert duty["met_row_id"].endswith("#csv!2")


def test_county_people_in_a_township_count_for_the_county_only() -> None:
    house = small_house()
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-08", "示例乙")])
    found = states(house.build())
    assert (found["anhua"], found[TIANZHUANG]) == ("on_time", "overdue")


def test_a_joint_patrol_counts_for_both_but_only_on_their_own_ground() -> None:
    house = small_house()
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-08", "示例甲、示例乙，示例丙")])
    found = states(house.build())
    assert (found["anhua"], found[TIANZHUANG], found[NANJIN]) == ("on_time", "on_time", "overdue")


def test_a_stated_grid_goes_before_the_posts() -> None:
    house = small_house()
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-08", "示例甲", by_grid="安化县")])
    found = states(house.build())
    assert (found["anhua"], found[TIANZHUANG]) == ("on_time", "overdue")


def test_two_chiefs_entering_post_on_one_day_are_both_in_post() -> None:
    house = House()
    house.ledger("person", [person("示例甲", "安化县", "网格长"), person("示例乙", "安化县", "网格长")])
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-08", "示例甲")])
    assert states(house.build())["anhua"] == "on_time"


def test_namesakes_are_told_apart_by_county() -> None:
    house = House()
    house.ledger("person", [person("示例同名", "田庄乡")])
    house.ledger("person", [person("示例同名", "修山镇")], county="taojiang")
    house.ledger("patrol", [patrol("1", "修山镇", "2026-10-08", "示例同名")], county="taojiang")
    house.ledger("patrol", [], fields=["grid", "started_at", "inspectors"])
    found = states(house.build())
    assert found["g430922101"] == "on_time"
    assert found[TIANZHUANG] == "overdue"


def test_a_county_that_sent_nothing_is_unreported_not_at_fault() -> None:
    house = small_house()
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-08", "示例甲")])
    found = states(house.build())
    assert found["taojiang"] == "unreported"
    value = house.one(
        "select * from published.metric_value where metric_id = 'patrol_coverage' and grid_id = 'taojiang'"
        " and owner_level = '3' and period_kind = 'month' and period = '2026-10'"
    )
    assert (value["due"], value["unreported"], value["rate"], value["rate_if_unmet"]) == (0, 15, None, 0.0)


def test_an_empty_ledger_is_a_report() -> None:
    house = small_house()
    house.ledger("patrol", [], fields=["patrol_no", "grid", "started_at", "inspectors"])
    house.ledger("patrol", [patrol("1", "修山镇", "2026-10-08", "示例某")], county="taojiang")
    assert states(house.build())["anhua"] == "overdue"


def test_the_running_month_is_pending_and_other_units_owe_nothing() -> None:
    house = small_house()
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-11-03", "示例甲")], received="2026-11-05 09:00")
    house.build()
    found = states(house, "2026-11")
    assert found[TIANZHUANG] == "on_time"
    assert found[NANJIN] == "pending"
    assert "g430902401" not in found, "长春经济开发区 is of kind 其他: no patrol duty until the detachment decides"
    assert len(found) == 92 + 8 + 4


def test_a_patrol_after_the_as_of_moment_has_not_happened() -> None:
    house = House(as_of="2026-10-31 12:00")
    house.ledger("person", [person("示例甲", "田庄乡")], received="2026-10-01 08:00")
    rows = [patrol("1", "田庄乡", "2026-10-31 15:00", "示例甲")]
    house.ledger("patrol", rows, received="2026-10-31 10:00")
    house.build()
    assert states(house)[TIANZHUANG] == "pending"
    assert house.values("select count(*) from published.patrol") == [0]


def test_a_file_received_after_the_known_moment_is_not_read() -> None:
    house = small_house()
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-08", "示例甲")], received="2026-11-06 09:01")
    house.ledger("patrol", [patrol("1", "修山镇", "2026-10-08", "示例某", by_grid="修山镇")], county="taojiang")
    found = states(house.build())
    assert found[TIANZHUANG] == "unreported"


def test_a_ledger_whose_rows_all_went_back_is_not_delivered() -> None:
    house = small_house()
    house.ledger("patrol", [patrol("1", "田庄乡", "上旬", "示例甲")])
    house.ledger("patrol", [patrol("1", "修山镇", "2026-10-08", "示例某", by_grid="修山镇")], county="taojiang")
    found = states(house.build())
    assert found[TIANZHUANG] == "unreported"
    reason = house.one(
        "select reason_zh from published.measurable where metric_id = 'patrol_coverage' and county_id = 'anhua'"
        " and month = '2026-10'"
    )["reason_zh"]
    assert "全部退回" in reason


def test_duties_begin_with_the_first_patrols_or_problems_not_with_an_early_folder() -> None:
    house = House()
    house.ledger("person", [person("示例甲", "田庄乡")], month="2024-03", received="2024-04-02 10:00")
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-08", "示例甲")])
    house.build()
    assert house.values("select distinct period from published.obligation order by 1") == [
        "2026-10", "2026-11", "2026-12",
    ], "December is the end of the running quarter"  # fmt: skip


def test_a_township_renamed_in_mid_month_owes_that_month_as_one_grid() -> None:
    house = small_house()
    row = {"code": "430923209", "name": "田庄镇", "former_name": "田庄乡", "level": "三级", "valid_from": "2026-10-15"}
    house.ledger("grid", [row], county="city")
    house.ledger("patrol", [patrol("1", "田庄镇", "2026-10-20", "示例甲")])
    house.build()
    assert states(house)[TIANZHUANG] == "on_time"
