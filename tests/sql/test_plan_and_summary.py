"""Plans and special periods; monthly totals and how they differ from the ledgers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from house import House, patrol, person, problem

PLAN_FIELDS = [
    "grid", "whole_county", "plan_month", "required_patrols", "special_name", "special_from", "special_to", "notice_no",
    "notice_on", "note",
]  # fmt: skip
SPECIAL = {
    "special_name": "国庆", "special_from": "2026-10-01", "special_to": "2026-10-07", "notice_no": "益环网〔2026〕5号",
    "notice_on": "2026-09-25",
}  # fmt: skip


def plan(**more: str) -> dict[str, str]:
    given = {"grid": "田庄乡", "plan_month": "2026年10月", "required_patrols": "6", **more}
    return {name: given.get(name, "") for name in PLAN_FIELDS}


def test_plans_of_a_grid_of_a_county_and_of_a_special_period() -> None:
    house = House()
    file_id = house.ledger(
        "patrol_plan",
        [plan(), plan(grid="", whole_county="安化县"), plan(whole_county="安化县", **SPECIAL)],
        received="2026-10-02 08:00",
    )
    house.build()
    rows = house.rows("select * from published.patrol_plan order by row_id")
    assert [(r["grid_id"], r["is_whole_county"], r["month"], r["is_special"], r["is_binding"]) for r in rows] == [
        ("g430923209", False, "2026-10", False, True),
        ("anhua", True, "2026-10", False, True),
        ("g430923209", False, "2026-10", True, True),
    ]
    assert (rows[2]["special_from"], rows[2]["special_to"], rows[2]["notice_on"], rows[2]["required_patrols"]) == (
        date(2026, 10, 1), date(2026, 10, 7), date(2026, 9, 25), 6,
    )  # fmt: skip
    assert [r["row_id"] for r in rows] == [f"{file_id}#csv!{n}" for n in (2, 3, 4)]
    assert house.values("select count(*) from published.quarantine") == [0]


def test_plans_that_go_back_and_plans_kept_with_a_warning() -> None:
    changes = [
        ({"grid": ""}, "plan_for_nobody", "grid", "reject"),
        ({"grid": "无此乡", "whole_county": "安化县"}, "grid_unknown", "grid", "reject"),
        ({"grid": "", "whole_county": "无此县"}, "grid_unknown", "whole_county", "reject"),
        ({"plan_month": "2026.1"}, "month_unreadable", "plan_month", "reject"),
        ({"plan_month": ""}, "missing", "plan_month", "reject"),
        ({"required_patrols": "若干"}, "count_unreadable", "required_patrols", "reject"),
        ({**SPECIAL, "special_to": "2026-09-30"}, "ends_before_start", "special_to", "reject"),
        ({"plan_month": "9月"}, "year_missing", "plan_month", "warn"),
        ({**SPECIAL, "special_name": "旱期", "plan_month": "2026-12"}, "outside_month", "special_from", "warn"),
        (
            {"special_name": "汛期", "notice_no": "1", "notice_on": "2026-09-01"},
            "special_undated",
            "special_name",
            "warn",
        ),
        ({**SPECIAL, "special_name": "夜查", "notice_no": ""}, "notice_missing", "notice_no", "warn"),
        ({**SPECIAL, "special_name": "暗访", "notice_on": ""}, "notice_missing", "notice_no", "warn"),
    ]
    house = House()
    house.ledger("patrol_plan", [plan(**change) for change, *_ in changes], received="2026-09-29 08:00")
    house.build()
    found = house.rows("select * from published.quarantine order by length(row_id), row_id")
    assert [(row["rule"], row["column_name"], row["severity"]) for row in found] == [tuple(t) for _, *t in changes]
    assert all(row["message_zh"] and row["mend_zh"] for row in found)
    assert house.rows("select found, accepted, rejected, warned from published.submission") == [
        {"found": 12, "accepted": 5, "rejected": 7, "warned": 5}
    ]
    binding = house.rows("select special_name, is_binding from published.patrol_plan order by length(row_id), row_id")
    assert [(row["special_name"], row["is_binding"]) for row in binding] == [
        (None, True), ("旱期", True), ("汛期", False), ("夜查", False), ("暗访", False),
    ]  # fmt: skip


def test_two_numbers_for_one_grid_and_month_go_back_and_another_file_revises() -> None:
    house = House()
    house.ledger("patrol_plan", [plan(), plan(required_patrols="8"), plan(grid="梅城镇")], received="2026-10-01 08:00")
    house.ledger("patrol_plan", [plan(grid="梅城镇", required_patrols="7")], received="2026-10-02 08:00")
    house.build()
    assert (
        house.rows("select rule, severity from published.quarantine")
        == [{"rule": "stated_twice", "severity": "reject"}] * 2
    )
    assert house.rows("select field, old, new from published.revision") == [
        {"field": "required_patrols", "old": "6", "new": "7"}
    ]
    assert house.rows("select required_patrols, version_no from published.patrol_plan") == [
        {"required_patrols": 7, "version_no": 2}
    ]


def summary(grid: str = "田庄乡", **more: str) -> dict[str, str]:
    given = {
        "grid": grid,
        "about_month": "2026-10",
        "person_times": "4",
        "site_times": "3",
        "problems": "2",
        "closed": "1",
    }
    return {**given, **more}


def test_monthly_totals_that_go_back_and_those_that_revise() -> None:
    changes = [
        ({"grid": "无此乡"}, "grid_unknown", "grid", "reject"),
        ({"grid": "小淹镇", "about_month": "本月"}, "month_unreadable", "about_month", "reject"),
        ({"grid": "小淹镇", "about_month": "2026-12"}, "in_future", "about_month", "reject"),
        ({"grid": "小淹镇", "person_times": "很多"}, "count_unreadable", "person_times", "reject"),
        ({"grid": "安化县"}, "stated_twice", "grid", "reject"),
        ({"grid": "安化县", "problems": "9"}, "stated_twice", "grid", "reject"),
        ({"closed": "若干"}, "count_unreadable", "closed", "warn"),
    ]
    house = House()
    house.ledger("monthly_summary", [summary(**change) for change, *_ in changes], received="2026-11-01 08:00")
    house.ledger("monthly_summary", [summary(site_times="5")], received="2026-11-02 08:00")
    house.build()
    found = house.rows("select * from published.quarantine order by length(row_id), row_id")
    assert [(row["rule"], row["column_name"], row["severity"]) for row in found] == [tuple(t) for _, *t in changes]
    row = house.one("select * from published.monthly_summary")
    assert (row["grid_id"], row["month"], row["person_times"], row["site_times"], row["version_no"]) == (
        "g430923209", "2026-10", 4, 5, 2,
    )  # fmt: skip
    assert row["row_id"] is not None
    changed = house.values("select field from published.revision where old is not null order by 1")
    assert changed == ["site_times"]


def test_without_a_column_of_months_the_folder_says_the_month() -> None:
    house = House()
    for month in ("2026-09", "2026-10"):
        rows = [{name: text for name, text in summary().items() if name != "about_month"}]
        house.ledger("monthly_summary", rows, month=month)
    house.build()
    assert house.values("select month from published.monthly_summary order by 1") == ["2026-09", "2026-10"]


@pytest.fixture(scope="module")
def reconciled() -> House:
    house = House()
    house.ledger(
        "person", [person("示例甲", "田庄乡"), person("示例乙", "田庄乡"), person("示例丙", "安化县")], month="2026-09"
    )
    house.ledger(
        "patrol",
        [
            patrol("1", "田庄乡", "2026-10-08", "示例甲、示例乙", sites="示例厂、示例场"),
            patrol("2", "田庄乡", "2026-10-09", "示例甲、示例丙", sites="示例厂"),
            patrol("3", "梅城镇", "2026-10-10", "示例丙", sites=""),
        ],
    )
    house.ledger(
        "problem",
        [problem("A", closed_at="2026-10-20"), problem("B"), problem("C", "2026-09-08", closed_at="2026-10-21")],
    )
    house.ledger("monthly_summary", [summary(), summary("安化县", problems="9"), summary("小淹镇")])
    house.ledger("monthly_summary", [summary("修山镇")], county="taojiang")
    return house.build()


def totals(house: House, grid: str, month: str = "2026-10") -> dict[str, tuple[Any, Any, Any]]:
    row = house.one(f"select * from published.reconciliation where grid_id = '{grid}' and month = '{month}'")
    names = ("person_times", "site_times", "problems", "closed")
    return {name: (row[f"reported_{name}"], row[f"counted_{name}"], row[f"difference_{name}"]) for name in names}


def test_reported_less_counted(reconciled: House) -> None:
    assert totals(reconciled, "g430923209") == {
        "person_times": (4, 4, 0), "site_times": (3, 3, 0), "problems": (2, 2, 0), "closed": (1, 2, -1),
    }  # fmt: skip


def test_a_county_counts_what_lies_below_it_once(reconciled: House) -> None:
    """Patrol 2 is the township's and the county's: one patrol of two people."""
    assert totals(reconciled, "anhua") == {
        "person_times": (4, 5, -1), "site_times": (3, 3, 0), "problems": (9, 2, 7), "closed": (1, 2, -1),
    }  # fmt: skip


def test_what_was_not_reported_or_not_delivered_is_not_zero(reconciled: House) -> None:
    assert totals(reconciled, "g430923209", "2026-09")["problems"] == (None, 1, None)
    assert totals(reconciled, "u1")["person_times"] == (None, 5, None)
    nothing = totals(reconciled, "g430922101")
    assert nothing["person_times"] == (4, None, None), "taojiang sent no patrol ledger"
    assert nothing["problems"] == (2, None, None)
    empty = reconciled.values("select grid_id from staging.grid_name where county_id = 'anhua' and name = '小淹镇'")[0]
    assert totals(reconciled, empty)["person_times"] == (4, 0, 4), "a delivered ledger without a row of it says none"


def test_reconciliation_feeds_no_metric() -> None:
    from house import RULES

    readers = [model.name for model in RULES.models if "core.monthly_summary" in model.inputs]
    assert sorted(readers) == ["published.monthly_summary", "published.reconciliation"]
    assert [model.name for model in RULES.tables if "published.reconciliation" in model.inputs] == []


@pytest.mark.parametrize(
    ("table", "row", "column", "mend"),
    [
        ("patrol_plan", {"required_patrols": "每天1次"}, "required_patrols", "请填时段内共几次，如 7 天每天 1 次填 7"),
        ("patrol_plan", {"whole_county": "全县各乡镇"}, "whole_county", "写县名即每个乡镇，如 安化县"),
        ("monthly_summary", {"person_times": "约8"}, "person_times", "请填准确的数，不写“约”“多”“左右”，如 8"),
        ("problem", {"rectified_at": "√"}, "rectified_at", "这一格要写日期"),
        ("problem", {"rectified_at": "同左"}, "rectified_at", "不要写“同左”“同上”"),
        ("problem", {"rectified_at": "2024年3月"}, "rectified_at", "请写明到哪一天，如 2024-03-15"),
        ("patrol_plan", {"required_patrols": "若干"}, "required_patrols", "请填 0、1、2"),
    ],
)
def test_the_advice_fits_what_was_written(table: str, row: dict[str, str], column: str, mend: str) -> None:
    rows = {
        "patrol_plan": {"whole_county": "安化县", "plan_month": "2026-10", "required_patrols": "4"},
        "monthly_summary": {"grid": "小淹镇", "about_month": "2026-10", "person_times": "8"},
        "problem": problem("1"),
    }
    house = House()
    house.ledger(table, [{**rows[table], **row}])
    told = house.build().one(f"select mend_zh from published.quarantine where column_name = '{column}'")["mend_zh"]
    assert mend in told and len(told) < 60


def test_words_of_counties_are_known() -> None:
    house = House()
    sites = [
        {
            "name": f"示例点位{n}",
            "grid": "小淹镇",
            "kind": kind,
            "is_key": key,
            "valid_from": "2024年3月",
            "valid_to": "",
        }
        for n, (kind, key) in enumerate([("饮用水水源保护区", "★"), ("造纸", "重点"), ("砖瓦窑", "非重点")])
    ]
    house.ledger("site", sites)
    house.ledger("problem", [problem("1", progress="已完成整改", duty_grid="县分局")])
    item = {"grid": "安化县", "year": "2025", "item": "示例项", "max_score": "40分", "submitted_at": "2026-01-25"}
    house.ledger("self_evaluation", [item])
    visit = {"problem_no": "1", "by_grid": "分局", "done_at": "2026-10-25", "kind": "现场督查", "result": ""}
    house.ledger("follow_up", [visit])
    house.build()
    found = house.rows(
        "select kind, is_key, cast(valid_from as varchar) as since from staging.site order by row_number"
    )
    assert [tuple(row.values()) for row in found] == [
        ("water_source", True, "2024-03-01"), ("enterprise", True, "2024-03-01"), ("enterprise", False, "2024-03-01")
    ]  # fmt: skip
    assert house.one("select progress, duty_grid_id from staging.problem") == {
        "progress": "done",
        "duty_grid_id": "anhua",
    }
    assert house.values("select max_score from staging.self_evaluation") == [40]
    assert house.one("select by_grid_id, kind from staging.follow_up") == {"by_grid_id": "anhua", "kind": "supervise"}
    assert house.values("select distinct rule from published.quarantine") == ["month_only"]
