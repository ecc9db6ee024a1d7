"""Who found the problems, and whether a patrol had just passed them by."""

from __future__ import annotations

import pytest
from house import House, patrol, problem
from indicator_house import TIANZHUANG, facts, number, subjects, value


def test_who_found_it() -> None:
    house = House()
    house.ledger(
        "problem",
        [
            *(problem(f"S{n}", source=source) for n, source in enumerate(("巡查发现", "下级网格报告", "上级抽查"))),
            *(problem(f"O{n}", source=source) for n, source in enumerate(("信访投诉", "12345", "上级交办", "其他"))),
            problem("N", source="媒体", discovered="2026-09-08", due="2026-09-20"),
            problem("V", source="信访投诉", closure="作废"),
            problem("W", source="信访投诉", is_duplicate="是"),
            problem("P", source="信访投诉"),
            problem("P1", source="信访投诉", parent_problem_no="P"),
            problem("P2", source="信访投诉", parent_problem_no="P", grid="梅城镇"),
        ],
    )
    house.build()
    own = ["S0", "S1", "S2"]
    others = ["N", "O0", "O1", "O2", "O3", "P1", "P2"]
    assert subjects(house, "non_self_found_share") == sorted([*own, *others])
    assert subjects(house, "non_self_found_share", counted=True) == others
    october = value(house, "non_self_found_share", "anhua", "2026-10")
    assert october is not None
    assert (october["numerator"], october["denominator"], october["value"]) == (6, 9, pytest.approx(6 / 9))
    assert number(house, "non_self_found_share", TIANZHUANG, "2026-10") == pytest.approx(5 / 8)
    assert number(house, "non_self_found_share", "city", "2026-10", "to_date") == pytest.approx(7 / 10)
    assert value(house, "non_self_found_share", "taojiang", "2026-10") is None


def test_striking_it_off_late_without_approval_does_not_help() -> None:
    house = House()
    house.ledger(
        "problem", [problem("A", source="信访投诉"), problem("B", source="信访投诉")], received="2026-10-15 10:00"
    )
    house.ledger(
        "problem", [problem("A", source="信访投诉", closure="作废"), problem("B", source="信访投诉")],
        received="2026-11-02 10:00",
    )  # fmt: skip
    house.build()
    assert subjects(house, "non_self_found_share") == ["A", "B"]


@pytest.fixture(scope="module")
def complained() -> House:
    house = House("2026-11-20 09:00")
    house.ledger("person", [{"name": "示例甲", "grid": "田庄乡", "post": "网格员", "valid_from": "2026-01-01"}])
    house.ledger(
        "patrol",
        [
            patrol("1", "田庄乡", "2026-10-08 09:00", "示例甲", sites="示例企业、示例砖厂"),
            patrol("2", "梅城镇", "2026-10-10 09:00", "示例甲", sites="示例矿山") | {"findings": "2"},
            patrol("3", "田庄乡", "2026-10-12", "示例甲", sites="示例沙场"),
            patrol("4", "修山镇", "2026-10-08 09:00", "示例甲", sites="示例泵站"),
        ],
    )
    site = {"source": "信访投诉", "site": "示例 企业", "due": "2026-12-20", "category": "水"}
    house.ledger(
        "problem",
        [
            problem("SAME_DAY", "2026-10-08", **site),
            problem("BEFORE", "2026-10-08 08:30", **site),
            problem("MINUTE", "2026-10-08 09:00", **site),
            problem("AFTER", "2026-10-08 09:01", **site),
            problem("DAY30", "2026-11-07", **site),
            problem("DAY31", "2026-11-08", **site),
            problem("OWN", "2026-10-09", **(site | {"source": "巡查发现"})),
            problem("SPOT", "2026-10-09", **(site | {"source": "上级抽查"})),
            problem("TWICE", "2026-10-20", **(site | {"site": ""})),
            problem("FOUND", "2026-10-20", **(site | {"site": "示例矿山"}), grid="梅城镇"),
            problem("FOUND_TOO", "2026-10-20", **(site | {"site": ""}), grid="梅城镇"),
            problem("ELSEWHERE", "2026-10-20", **(site | {"site": "示例泵站"})),
            problem("DAY_AFTER", "2026-10-13", **(site | {"site": "示例沙场"})),
            problem("DAY_SAME", "2026-10-12 23:00", **(site | {"site": "示例沙场"})),
            problem("NOISE", "2026-10-20", **(site | {"category": "噪声"})),
            problem("FUME", "2026-10-20", **(site | {"category": "油烟"})),
            problem("AGAIN", "2026-10-20", **site, is_duplicate="是"),
            problem("EARLIER", "2026-10-20", **site, received_at="2026-10-07"),
        ],
        received="2026-11-12 10:00",
    )
    return house.build()


def test_a_patrol_had_passed_it_strictly_before_and_within_thirty_days(complained: House) -> None:
    expected = {"AFTER", "DAY30", "SPOT", "TWICE", "DAY_AFTER"}
    assert set(subjects(complained, "complained_after_patrol")) == expected
    assert len(facts(complained, "complained_after_patrol")) == len(expected), "each complaint once"


def test_noise_and_fume_stand_apart(complained: House) -> None:
    assert subjects(complained, "complained_after_patrol_night") == ["FUME", "NOISE"]


def test_the_latest_such_patrol_is_named(complained: House) -> None:
    (row,) = complained.rows(
        "select patrol.patrol_id, part.grid_id, part.month from published.indicator_row as part"
        " join published.patrol as patrol on patrol.row_id = part.row_id where part.subject_id = 'anhua/TWICE'"
        " and part.indicator_id like 'complained%'"
    )
    assert tuple(row.values()) == ("anhua/3", TIANZHUANG, "2026-10")


def test_complaints_add_up_over_grids_and_months(complained: House) -> None:
    assert number(complained, "complained_after_patrol", TIANZHUANG, "2026-10") == 4
    assert number(complained, "complained_after_patrol", "anhua", "2026-11", "to_date") == 5
    assert number(complained, "complained_after_patrol", "city", "2026", "year") == 5


def test_sixty_days_over_the_shortest_month() -> None:
    house = House("2026-04-20 09:00")
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-01-30", "示例甲", sites="示例企业")], month="2026-01",
                 received="2026-02-02 10:00")  # fmt: skip
    house.ledger("problem", [problem("A", "2026-03-01", "2026-12-20", source="12345", site="示例企业")],
                 month="2026-03", received="2026-04-02 10:00")  # fmt: skip
    house.build()
    assert subjects(house, "complained_after_patrol") == ["A"]
