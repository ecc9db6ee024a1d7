"""Staging: names of grids, codes that collide, keys, versions, and what goes back."""

from __future__ import annotations

import pytest
from house import House, patrol, person, problem


def grid_of(name: str, county: str = "anhua", **more: str) -> tuple[object, list[str]]:
    """The grid a patrol at this place is booked on, and the rules that fired."""
    house = House()
    house.ledger("patrol", [patrol("1", name, "2026-10-08", "示例甲", **more)], county=county)
    house.build()
    found = house.values("select grid_id from staging.patrol")
    return found[0], house.values("select rule from published.quarantine order by 1")


@pytest.mark.parametrize(
    "name", ["田庄乡", " 田 庄 乡 ", "田庄", "安化县田庄乡", "田庄乡人民政府", "田庄乡自然资源和生态环境办公室"]
)
def test_one_township_in_many_spellings(name: str) -> None:
    assert grid_of(name) == ("g430923209", [])


@pytest.mark.parametrize(
    ("name", "county", "rule"),
    [("田庄镇", "anhua", "grid_unknown"), ("修山镇", "anhua", "grid_elsewhere"), ("赫山", "heshan", "grid_ambiguous")],
)
def test_what_is_not_in_the_county_or_not_certain_goes_back(name: str, county: str, rule: str) -> None:
    assert grid_of(name, county) == (None, [rule])


def test_the_detachment_names_grids_of_the_whole_city() -> None:
    assert grid_of("修山镇", "city")[0] == "g430922101"


def test_colliding_codes_are_resolved_by_name_and_only_then_checked() -> None:
    # 430903006 is 会龙山街道 in one list in circulation and 龙光桥街道 in the other: both may write it.
    assert grid_of("会龙山街道", "heshan", grid_code="430903006") == ("g430903006", [])
    assert grid_of("龙光桥街道", "heshan", grid_code="430903006") == ("g430903008", [])
    assert grid_of("兰溪镇", "heshan", grid_code="430903006") == ("g430903111", ["code_mismatch"])
    assert grid_of("朝阳街道", "heshan", grid_code="430903007") == (None, ["grid_elsewhere"]), (
        "朝阳街道 belongs to 高新区"
    )


def test_a_code_alone_is_not_trusted() -> None:
    assert grid_of("", grid_code="430923209") == (None, ["missing"])


def test_a_renamed_grid_answers_to_both_names() -> None:
    house = House()
    house.ledger(
        "grid",
        [{"code": "430923209", "name": "新田庄镇", "level": "三级", "parent": "安化县", "former_name": "田庄公社",
          "valid_from": "2026-10-01"}],
    )  # fmt: skip
    house.ledger(
        "patrol", [patrol(str(i), n, "2026-10-08", "示例甲") for i, n in enumerate(["田庄乡", "新田庄镇", "田庄公社"])]
    )
    house.build()
    assert set(house.values("select grid_id from published.patrol")) == {"g430923209"}
    periods = house.rows(
        "select name, valid_from, valid_to from published.grid where grid_id = 'g430923209' order by 2"
    )
    assert [(row["name"], str(row["valid_to"])) for row in periods] == [("田庄乡", "2026-09-30"), ("新田庄镇", "None")]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"started_at": "2026-02-30"}, "date_impossible"),
        ({"started_at": "未完成"}, "missing"),
        ({"started_at": ""}, "missing"),
        ({"started_at": "1900-01-01"}, "date_placeholder"),
        ({"started_at": "2026-11-03"}, "in_future"),
        ({"inspectors": ""}, "missing"),
        ({"findings": "-2"}, "count_unreadable"),
    ],
)
def test_rows_that_go_back_and_why(change: dict[str, str], rule: str) -> None:
    house = House()
    house.ledger("patrol", [{**patrol("1", "田庄乡", "2026-10-08", "示例甲"), **change}])
    house.build()
    found = house.one("select * from published.quarantine")
    assert (found["rule"], found["severity"], found["column_name"]) == (rule, "reject", next(iter(change)))
    assert found["column_zh"] in found["message_zh"]
    assert found["mend_zh"]
    assert house.values("select rejected from published.submission") == [1]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"kind": "随便看看"}, "word_unknown"),
        ({"ended_at": "2026-10-07"}, "ends_before_start"),
        ({"started_at": "10月8日"}, "year_missing"),
        ({"entered_at": "昨天"}, "date_unreadable"),
    ],
)
def test_values_that_are_kept_with_a_warning(change: dict[str, str], rule: str) -> None:
    house = House()
    house.ledger("patrol", [{**patrol("1", "田庄乡", "2026-10-08", "示例甲"), **change}])
    house.build()
    assert house.rows("select rule, severity from published.quarantine") == [{"rule": rule, "severity": "warn"}]
    assert house.rows("select accepted, warned from published.submission") == [{"accepted": 1, "warned": 1}]


def test_a_missing_header_rejects_nobody() -> None:
    house = House()
    rows = [{"grid": "田庄乡", "started_at": "2026-10-08"}]
    house.ledger("patrol", rows)
    house.build()
    assert house.rows("select accepted, rejected from published.submission") == [{"accepted": 1, "rejected": 0}]


def test_without_numbers_the_natural_key_tells_rows_apart_and_knows_them_again() -> None:
    rows = [
        {k: v for k, v in patrol("", "田庄乡", day, who).items() if k != "patrol_no"}
        for day, who in [("2026-10-08", "示例甲"), ("2026-10-08", "示例甲"), ("2026-10-09", "示例乙")]
    ]
    house = House()
    house.ledger("patrol", rows, received="2026-11-01 08:00")
    house.ledger("patrol", [*reversed(rows)], received="2026-11-02 08:00")
    house.build()
    assert house.rows("select accepted, identical from published.submission order by file_id") == [
        {"accepted": 3, "identical": 0},
        {"accepted": 0, "identical": 3},
    ]
    assert house.values("select patrol_id from published.patrol order by 1") == [
        "anhua/2026-10-08/g430923209/示例甲/#1", "anhua/2026-10-08/g430923209/示例甲/#2",
        "anhua/2026-10-09/g430923209/示例乙/#1",
    ]  # fmt: skip


def test_versions_follow_receipt_not_the_order_of_reading() -> None:
    house = House()
    house.ledger("problem", [problem("A", description="后")], received="2026-11-03 08:00")
    house.ledger("problem", [problem("A", description="先")], received="2026-11-01 08:00")
    house.ledger("problem", [problem("A", description="后", due="2026年10月20日")], received="2026-11-04 08:00")
    house.build()
    assert house.rows("select description, version_no from published.problem") == [
        {"description": "后", "version_no": 2}
    ]
    assert house.values("select identical from published.submission order by file_id")[2] == 1, "only written otherwise"


def test_a_row_absent_from_a_resend_stays_and_is_marked() -> None:
    house = House()
    house.ledger("problem", [problem("A"), problem("B"), problem("C")], received="2026-11-01 08:00")
    house.ledger("problem", [problem("A"), problem("B")], received="2026-11-02 08:00")
    house.build()
    rows = house.rows("select problem_no, absent_in_latest from published.problem order by 1")
    assert [row["absent_in_latest"] for row in rows] == [False, False, True]


def test_another_file_of_the_same_month_is_not_a_resend() -> None:
    house = House()
    house.ledger("problem", [problem("A")], received="2026-11-01 08:00")
    house.ledger("problem", [problem("B")], received="2026-11-02 08:00")
    house.build()
    assert house.values("select absent_in_latest from published.problem") == [False, False]


def test_a_name_padded_or_adorned_is_the_same_person() -> None:
    house = House()
    house.ledger("person", [person("示　甲（网格员）", "田庄乡"), person("示例乙", "田庄乡", deputy="示 丙")])
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-08", "示甲(带队)　示例乙", leader="示 甲")])
    house.build()
    assert house.values("select rule from published.quarantine") == []
    assert house.values("select name from core.person_post order by 1") == ["示例乙", "示甲"]
    assert house.values("select leader from published.patrol") == ["示甲"]
    assert house.values("select deputy from staging.person_now order by row_key") == ["示丙", None]


@pytest.mark.parametrize(("written", "withdrawn"), [("是", True), ("√", True), ("否", False), ("", None)])
def test_a_row_may_say_that_it_is_withdrawn(written: str, withdrawn: bool | None) -> None:
    visit = {"problem_no": "1", "by_grid": "田庄乡", "done_at": "2026-10-20", "kind": "复查", "is_withdrawn": written}
    house = House()
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-08", "示例甲", is_withdrawn=written)])
    house.ledger("person", [person("示例甲", "田庄乡", is_withdrawn=written)])
    house.ledger("follow_up", [visit])
    house.build()
    for table in ("patrol", "person", "follow_up"):
        assert house.values(f"select is_withdrawn from staging.{table}_version") == [withdrawn]


def test_an_unmatched_inspector_is_a_warning_never_a_lost_patrol() -> None:
    house = House()
    house.ledger("person", [person("示例甲", "田庄乡")])
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-08", "示例乙、示例甲")])
    house.build()
    assert house.rows("select rule, value from published.quarantine") == [
        {"rule": "inspector_not_in_post", "value": "示例乙"}
    ]
    assert house.values("select basis from published.patrol_credit") == ["post"]


def test_a_dash_where_findings_are_counted_is_nought_and_is_asked_about() -> None:
    house = House()
    rows = [patrol(str(n), "田庄乡", "2026-10-08", "示例甲") for n in range(4)]
    for row, text in zip(rows, ["—", "/", "无", "两处"], strict=True):
        row["findings"] = text
    house.ledger("patrol", rows)
    house.build()
    assert house.values("select findings from staging.patrol order by patrol_no") == [0, 0, 0, 2]
    assert house.values("select value || ' ' || rule || ' ' || severity from published.quarantine order by 1") == [
        "/ count_dash warn", "— count_dash warn"
    ]  # fmt: skip


def test_what_the_public_reports_is_a_petition() -> None:
    house = House()
    house.ledger("problem", [problem("1", source="群众举报"), problem("2", source="群众反映")])
    house.build()
    assert house.values("select source from staging.problem") == ["petition", "petition"]
    assert house.values("select rule from published.quarantine") == []
