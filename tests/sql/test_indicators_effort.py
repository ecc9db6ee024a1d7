"""What patrols found, who led them, what was put into them, and how key periods compare with other days."""

from __future__ import annotations

import pytest
from house import House, patrol, person
from indicator_house import MEICHENG, TIANZHUANG, facts, number, subjects, value


@pytest.fixture(scope="module")
def house() -> House:
    house = House()
    house.ledger(
        "person",
        [
            person("示例甲", "田庄乡"), person("示例乙", "安化县"), person("示例丙", "田庄乡", "机构负责人"),
            person("示例丁", "安化县", "网格长"),
        ],
    )  # fmt: skip
    timed = {"ended_at": "2026-10-08 11:30", "sites": "示例企业、示例 砖厂"}
    house.ledger(
        "patrol",
        [
            patrol("1", "田庄乡", "2026-10-08 09:00", "示例甲、示例丙", **timed) | {"findings": "3"},
            patrol("2", "田庄乡", "2026-10-08 14:00", "示例甲、示例乙", leader="示例丁", sites="示例砖厂"),
            patrol("3", "田庄乡", "2026-10-20", "示例甲", ended_at="2026-10-20 10:00", leader="示例丙"),
            patrol("4", "梅城镇", "2026-10-21 09:00", "示例戊", by_grid="梅城镇", ended_at="2026-10-21 08:00"),
            patrol("5", "梅城镇", "2026-10-22 09:00", "示例己", by_grid="梅城镇", ended_at="2026-10-25 08:00"),
            patrol("6", "梅城镇", "2026-10-23 09:00", "示例庚"),
        ],
        fields=["patrol_no", "grid", "started_at", "inspectors", "findings", "ended_at", "sites", "leader", "by_grid"],
    )
    house.ledger(
        "patrol", [patrol("7", "田庄乡", "2026-09-08 09:00", "示例甲")], month="2026-09", received="2026-10-02 10:00"
    )
    return house.build()


def test_findings_per_hundred_by_where_the_patrol_was(house: House) -> None:
    assert number(house, "findings_per_100_patrols", TIANZHUANG, "2026-10") == 100
    assert number(house, "findings_per_100_patrols", "anhua", "2026-10") == 50
    october = value(house, "findings_per_100_patrols", "city", "2026-10", "to_date")
    assert october is not None
    assert (october["numerator"], october["denominator"], october["n"]) == (3, 7, 7)


def test_the_chief_led_or_went_along(house: House) -> None:
    found = [(grid, subject) for grid, _, subject, _, _ in facts(house, "chief_led_patrols")]
    assert found == [("anhua", "anhua/2"), (TIANZHUANG, "anhua/1"), (TIANZHUANG, "anhua/3")]


def test_days_and_people_count_once_in_a_grid_and_month(house: House) -> None:
    days = facts(house, "effort_patrol_days")
    assert [(grid, day) for grid, month, day, *_ in days if (grid, month) == (TIANZHUANG, "2026-10")] == [
        (TIANZHUANG, "2026-10-08"),
        (TIANZHUANG, "2026-10-20"),
    ]
    people = {(grid, month): [] for grid, month, *_ in facts(house, "effort_inspectors")}
    for grid, month, subject, *_ in facts(house, "effort_inspectors"):
        people[grid, month].append(subject)
    assert people[TIANZHUANG, "2026-10"] == ["anhua/示例丙", "anhua/示例甲"]
    assert people["anhua", "2026-10"] == ["anhua/示例丁", "anhua/示例乙"], "each in the grid of his own post"
    assert people[MEICHENG, "2026-10"] == ["示例己", "示例戊"], "whoever went for a grid that is stated"
    assert number(house, "effort_inspectors", TIANZHUANG, "2026-10", "to_date") == 3, "person-months"
    assert number(house, "effort_patrol_days", "anhua", "2026-10") == 5, "grid-days: 8 October in two grids"


def test_hours_need_both_ends_to_the_minute(house: House) -> None:
    assert [(grid, n) for grid, _, _, n, _ in facts(house, "effort_hours")] == [(TIANZHUANG, 9000)]
    assert number(house, "effort_hours", "city", "2026-10") == 2.5
    assert house.values("select seconds_between(timestamp '2026-10-08 23:59:58', timestamp '2026-10-09 00:00:01')") == [
        3
    ]


def test_sites_are_told_apart_by_their_text(house: House) -> None:
    assert [(grid, n) for grid, _, _, n, _ in facts(house, "effort_sites")] == [("anhua", 1), (TIANZHUANG, 2)]


def test_the_longest_gap_lies_inside_the_month(house: House) -> None:
    gaps = {(grid, month): n for grid, month, _, n, _ in facts(house, "effort_longest_gap_days")}
    assert gaps[TIANZHUANG, "2026-10"] == 11
    assert gaps[TIANZHUANG, "2026-09"] == 22
    assert gaps["g430923101", "2026-10"] == 31, "nobody went at all"
    assert not {grid for grid, _ in gaps} & {"taojiang", "g430922101"}, "what was not delivered is no gap"
    assert number(house, "effort_longest_gap_days", "anhua", "2026-09") == 30
    assert number(house, "effort_longest_gap_days", TIANZHUANG, "2026", "year") == 22


def test_a_running_month_is_looked_at_up_to_yesterday() -> None:
    running = House("2026-10-20 09:00")
    running.ledger("patrol", [patrol("1", "田庄乡", "2026-10-08 09:00", "示例甲", by_grid="田庄乡", findings="0"),
                              patrol("2", "田庄乡", "2026-10-21 09:00", "示例甲", by_grid="田庄乡")],
                   received="2026-10-19 10:00")  # fmt: skip
    running.build()
    gaps = {grid: n for grid, _, _, n, _ in facts(running, "effort_longest_gap_days")}
    assert (gaps[TIANZHUANG], gaps[MEICHENG]) == (11, 19)
    assert subjects(running, "findings_per_100_patrols") == ["1"], "tomorrow's patrol has not been"


PLAN = ["grid", "whole_county", "plan_month", "required_patrols", "special_name", "special_from", "special_to",
        "notice_no", "notice_on"]  # fmt: skip


def special(**more: str) -> dict[str, str]:
    given = {
        "grid": "田庄乡", "plan_month": "2026-10", "required_patrols": "2", "special_name": "示例时段",
        "special_from": "2026-10-01", "special_to": "2026-10-10", "notice_no": "示例〔2026〕1号",
        "notice_on": "2026-09-20",
    }  # fmt: skip
    return {**given, **more}


def key_period(plans: list[dict[str, str]]) -> House:
    house = House()
    days = ("02", "05", "05", "20")
    rows = [patrol(f"{n}", "田庄乡", f"2026-10-{day}", "示例甲", by_grid="田庄乡") for n, day in enumerate(days)]
    house.ledger("patrol", rows)
    house.ledger("patrol_plan", plans, received="2026-10-02 08:00", fields=PLAN)
    return house.build()


def test_key_periods_against_other_days() -> None:
    house = key_period([special(), special(special_name="示例另一时段", special_from="2026-10-09")])
    assert facts(house, "key_period_ratio") == [(TIANZHUANG, "2026-10", TIANZHUANG, 2 * 21, 1 * 10)]
    assert number(house, "key_period_ratio", "anhua", "2026-10") == pytest.approx((2 / 10) / (1 / 21))


def test_a_county_s_key_period_holds_for_its_townships_and_grids_add_up() -> None:
    house = key_period([special(grid="", whole_county="安化县")])
    assert len(facts(house, "key_period_ratio")) == 23
    assert number(house, "key_period_ratio", "anhua", "2026-10") == pytest.approx((2 / 10) / (1 / 21))
    silent = value(house, "key_period_ratio", MEICHENG, "2026-10")
    assert silent is not None
    assert (silent["denominator"], silent["value"]) == (0, None), "nothing to set it against"


def test_without_notice_or_other_days_there_is_no_ratio() -> None:
    assert facts(key_period([special(notice_no="")]), "key_period_ratio") == []
    assert facts(key_period([special(special_to="2026-10-31")]), "key_period_ratio") == []


def test_the_ratio_counts_the_days_that_frequency_counts() -> None:
    assert facts(key_period([special(notice_on="2026-10-30")]), "key_period_ratio") == [], "a notice after the period"
    noticed = key_period([special(notice_on="2026-10-05")])
    assert facts(noticed, "key_period_ratio") == [(TIANZHUANG, "2026-10", TIANZHUANG, 1 * 25, 2 * 6)]
    late = House()
    late.ledger("patrol", [patrol("1", "田庄乡", "2026-10-02", "示例甲", by_grid="田庄乡")])
    late.ledger("patrol_plan", [special()], received="2026-11-03 08:00", fields=PLAN)
    assert facts(late.build(), "key_period_ratio") == []
