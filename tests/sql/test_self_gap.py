"""What grids say of themselves beside what is computed: which items are compared, and how far all agree."""

from __future__ import annotations

from math import sqrt
from typing import Any

import pytest
from house import House, patrol, person, problem
from indicator_house import value
from naive.compared import given
from naive.evaluated import name_of
from naive.second import Second
from roots import SQL

TOWN, NEXT = "g430923209", "g430923118"  # 田庄乡, 梅城镇
FIELDS = ["grid", "year", "item", "max_score", "self_score", "submitted_at"]
MONTHS = tuple(f"2025-{number:02d}" for number in range(1, 13))


def item(name: str, own: str = "18", most: str = "20", **more: str) -> dict[str, str]:
    given = {"grid": "田庄乡", "year": "2025", "item": name, "max_score": most, "self_score": own}
    return {**given, "submitted_at": "2026-01-20", **more}


def house(
    *items: dict[str, str], as_of: str = "2026-02-10 09:00", months: tuple[str, ...] = MONTHS, idle: int = 3
) -> House:
    """Patrols of 田庄乡 and 梅城镇 in these months of 2025, of 田庄乡 not in the last `idle` of them."""
    made = House(as_of)
    roster = [person("示例甲", "田庄乡", since="2024-01-01"), person("示例乙", "梅城镇", since="2024-01-01")]
    made.ledger("person", roster, month=months[0], received=f"{months[0]}-03 08:00")
    for place, month in enumerate(months):
        rows = [patrol(f"B{month}", "梅城镇", f"{month}-05", "示例乙")]
        rows += [patrol(f"A{month}", "田庄乡", f"{month}-05", "示例甲")] if place < len(months) - idle else []
        made.ledger("patrol", rows, month=month, received=f"{month}-28 09:00")
    made.ledger("self_evaluation", list(items), month="2026-01", received="2026-02-01 08:00", fields=FIELDS)
    return made.build()


def gaps(made: House) -> dict[str, dict[str, Any]]:
    return {row["item"]: row for row in made.rows("select * from published.self_gap order by self_evaluation_id")}


def test_an_item_is_set_against_the_duties_of_its_metrics() -> None:
    """9 of 12 months patrolled, told as 27 of 30: 90 − 75 = 15 points too high."""
    made = house(item("巡查覆盖率", "27", "30"))
    row = gaps(made)["巡查覆盖率"]
    assert (row["state"], row["metrics"], row["reason_zh"]) == ("compared", "patrol_coverage", "")
    assert (row["on_time"], row["due"], row["unreported"]) == (9, 12, 0)
    assert (row["self_share"], row["computed_share"]) == (0.9, 0.75)
    assert (row["gap"], row["gap_per_10000"]) == (pytest.approx(15.0), 1500)
    assert (row["grid_id"], row["owner_level"], row["year"], row["submission"]) == (TOWN, 3, 2025, "on_time")
    assert made.values(f"select row_id from published.source_row where row_id = '{row['row_id']}'") != []


def test_several_metrics_of_an_item_add_up_before_they_are_divided() -> None:
    """日常巡查 is the months and the patrol-days: numerators and denominators are summed, rates never averaged."""
    made = house(item("1、日常巡查（20分）"))
    (row,) = gaps(made).values()
    days = made.one(
        "select sum(on_time) as done, sum(due) as due from published.metric_value where period = '2025'"
        f" and grid_id = '{TOWN}' and owner_level = '3' and metric_id in ('patrol_coverage', 'patrol_frequency')"
    )
    assert row["metrics"] == "patrol_coverage、patrol_frequency"
    assert (row["on_time"], row["due"]) == (days["done"], days["due"]) and days["due"] > 24
    assert row["computed_share"] == days["done"] / days["due"]


def test_what_cannot_be_compared_is_shown_with_its_reason() -> None:
    made = house(
        item("宣传教育"), item("五定机制"), item("突击检查"), item("巡查覆盖", own=""), item("巡查频次", own="21"),
        item("后督察"), item("巡查覆盖面", most="0", own="0"), {**item(""), "max_score": "", "self_score": ""},
    )  # fmt: skip
    # a ledger of problems without 复查时间
    made.ledger("problem", [problem("P1", "2025-03-02", "2025-03-20")], month="2025-03", received="2025-04-02 09:00")
    found = gaps(made.build())
    states = {name: row["state"] for name, row in found.items()}
    assert states == {
        "宣传教育": "no_metric", "五定机制": "small", "突击检查": "not_due", "巡查覆盖": "no_score",
            "后督察": "not_measurable", "巡查频次": "no_score", "巡查覆盖面": "no_score", None: "receipt_only",
    }  # fmt: skip
    assert found["五定机制"]["reason_zh"] == "应办只有 5，少于 10：按期 0/5，不作比较"
    assert (found["五定机制"]["on_time"], found["五定机制"]["unreported"]) == (0, 5)
    assert found["后督察"]["reason_zh"].startswith("复查（后督察）及时率 1 个月不可测（")
    assert found["宣传教育"]["reason_zh"].startswith("无对应指标")
    assert found["巡查频次"]["reason_zh"] == "自评得分不在 0 与分值之间，不能比较"
    assert all(row["gap"] is None and row["computed_share"] is None and row["reason_zh"] for row in found.values())
    assert value(made, "self_gap", "city", "2026", "year") is None


def test_a_year_is_compared_whole_or_not_at_all() -> None:
    row = gaps(house(item("巡查覆盖率"), months=MONTHS[1:], idle=0))["巡查覆盖率"]
    assert (row["state"], row["due"]) == ("year_partial", 11)
    assert row["reason_zh"] == "该年 1 月尚未起报台账，只有部分月份的数，不比较"
    early = item("巡查覆盖率", submitted_at="2025-12-20")
    made = House("2025-12-28 09:00")
    made.ledger("patrol", [patrol("A", "田庄乡", "2025-01-05", "示例甲")], month="2025-01", received="2025-01-28 09:00")
    made.ledger("self_evaluation", [early], month="2025-12", received="2025-12-22 08:00", fields=FIELDS)
    row = gaps(made.build())["巡查覆盖率"]
    assert (row["state"], row["reason_zh"]) == ("year_partial", "该年度尚未结束，年末之后才比较")


def test_silence_counts_against_what_was_said() -> None:
    """Ledgers that never came are unreported duties of the denominator."""
    made = house(item("巡查覆盖率", "20", "20"), months=MONTHS[:8], idle=0)
    row = gaps(made)["巡查覆盖率"]
    assert (row["on_time"], row["due"], row["unreported"], row["state"]) == (8, 8, 4, "compared")
    assert row["gap_per_10000"] == 3333


@pytest.mark.parametrize(("undated", "state"), [(1, "compared"), (2, "undated"), (200, "undated")])
def test_what_has_no_deadline_is_not_hidden_behind_the_rest(undated: int, state: str) -> None:
    """12 done of 12 that had a deadline, and others without one: beyond a tenth nobody compares with the 12."""
    made = house(item("按期整改率", "20", "20", grid="安化县"))
    rows = [problem(f"P{n}", "2025-03-02", "2025-03-20", rectified_at="2025-03-10") for n in range(12)]
    rows += [problem(f"U{n}", "2025-03-02", "") for n in range(undated)]
    made.ledger("problem", rows, month="2025-03", received="2025-04-02 09:00")
    row = gaps(made.build())["按期整改率"]
    assert (row["on_time"], row["due"], row["no_deadline"], row["bad_dates"]) == (12, 12, undated, 0)
    assert (row["state"], row["gap_per_10000"]) == (state, 4783 if state == "compared" else None), "of 12 + 11 silent"
    assert f"未定时限 {undated} 件" in row["reason_zh"]
    assert agreement(made, "all")["undated"] == (state == "undated")


@pytest.mark.parametrize(("seen", "state"), [(9, "compared"), (8, "not_measurable")])
def test_months_that_nobody_can_see_are_not_hidden_behind_the_rest(seen: int, state: str) -> None:
    """Every month ten problems are put right; in the last ones the ledger has no column that would show it."""
    made = house(item("按期整改率", "20", "20", grid="安化县"), idle=0)
    for number, month in enumerate(MONTHS, start=1):
        rows = [problem(f"P{month}{n}", f"{month}-02", f"{month}-20", rectified_at=f"{month}-10") for n in range(10)]
        if number > seen:
            rows = [{k: v for k, v in row.items() if k not in ("rectified_at", "closed_at")} for row in rows]
        made.ledger("problem", rows, month=month, received=f"{month}-27 09:00")
    row = gaps(made.build())["按期整改率"]
    assert (row["state"], row["blind_months"]) == (state, 12 - seen)
    assert f"按期整改率 {12 - seen} 个月" in row["reason_zh"]
    facts = Second(given(made.con, SQL), SQL).facts()
    assert [fact[0] for fact in facts].count("self_gap") == (state == "compared")


def test_the_number_is_the_mean_of_its_items_and_opens_their_rows() -> None:
    made = house(item("巡查覆盖率", "27", "30"), item("巡查覆盖", "15", "20", grid="梅城镇"), item("宣传教育"))
    for grid, total, n in ((TOWN, 1500, 1), (NEXT, -2500, 1), ("anhua", -1000, 2), ("city", -1000, 2)):
        found = value(made, "self_gap", grid, "2026", "year")
        assert found is not None
        assert (found["numerator"], found["denominator"], found["value"]) == (total, n, total / n / 100)
        assert value(made, "self_gap", grid, "2025-12", "month") is None, "nobody had to say anything by then"
    facts = made.rows("select month, subject_kind, row_id from published.indicator_row where indicator_id = 'self_gap'")
    assert {(fact["month"], fact["subject_kind"]) for fact in facts} == {("2026-01", "self_evaluation")}
    assert {fact["row_id"] for fact in facts} == {
        row["row_id"] for row in gaps(made).values() if row["state"] == "compared"
    }


def agreement(made: House, scope: str, kind: str = "grid") -> dict[str, Any]:
    return made.one(f"select * from published.self_agreement where scope = '{scope}' and pair_kind = '{kind}'")


def test_agreement_over_all_grids_is_what_plain_arithmetic_says() -> None:
    """Differences 15 and −25 points: bias −5, sd √800; the items of one grid are one pair of grids."""
    made = house(
        item("巡查覆盖率", "27", "30"), item("巡查覆盖", "18", "20"), item("巡查覆盖", "15", "20", grid="梅城镇"),
        item("宣传教育"),
    )  # fmt: skip
    found = agreement(made, "all")
    assert (found["pairs"], found["bias"], found["sd"]) == (2, pytest.approx(-5), pytest.approx(sqrt(800)))
    assert found["upper"] == pytest.approx(-5 + 1.959964 * sqrt(800), abs=1e-3)
    assert found["lower_low"] < found["lower"] < found["bias"] < found["upper"] < found["upper_high"]
    assert found["bias_low"] < -5 < found["bias_high"]
    # two raters, two subjects: mean squares by hand
    pairs = [(90.0, 75.0), (75.0, 100.0)]
    mean = sum(map(sum, pairs)) / 4
    rows = 2 * sum((sum(pair) / 2 - mean) ** 2 for pair in pairs)
    columns = 2 * sum((sum(pair[k] for pair in pairs) / 2 - mean) ** 2 for k in (0, 1))
    rest = sum((x - mean) ** 2 for pair in pairs for x in pair) - rows - columns
    assert found["icc"] == pytest.approx((rows - rest) / (rows + rest + 2 * (columns - rest) / 2))
    items = agreement(made, "all", "item")
    assert (items["pairs"], items["bias"], items["bias_low"]) == (3, pytest.approx(5 / 3), None)
    assert (found["grids_sent"], found["grids_compared"], found["items"], found["no_metric"]) == (2, 2, 4, 1)
    assert found["grids_owed"] > 100 and "无对应指标 1 项" in found["missing_zh"]
    county = agreement(made, "anhua")
    assert (county["scope_kind"], county["bias"]) == ("county", found["bias"])
    empty = agreement(made, "nanxian")
    assert (empty["pairs"], empty["bias"], empty["grids_sent"]) == (0, None, 0)
    assert agreement(made, "2")["pairs"] == 0 and agreement(made, "3")["pairs"] == 2


def test_one_pair_has_a_difference_and_no_spread() -> None:
    found = agreement(house(item("巡查覆盖率", "27", "30")), "all")
    assert (found["pairs"], found["bias"], found["sd"], found["icc"]) == (1, pytest.approx(15), None, None)


def test_the_second_computation_says_the_same() -> None:
    """From the accepted rows alone, by other code."""
    made = house(
        item("巡查覆盖率", "27", "30"), item("2.日常巡查（30分）"), item("五定机制"), item("宣传教育"),
        item("巡查频次", own="21"), item("巡查 覆盖", "15", "20", grid="梅城镇"), item("问题整改20分", grid="安化县"),
    )  # fmt: skip
    made.ledger("problem", [problem(f"P{n}", "2025-03-02", "2025-03-20") for n in range(11)], month="2025-03",
                received="2025-04-02 09:00")  # fmt: skip
    made.build()
    query = "select grid_id, month, on_day, numerator, denominator from published.indicator_row"
    rows = made.rows(f"{query} where indicator_id = 'self_gap'")
    second = Second(given(made.con, SQL), SQL)
    again = [fact[1:] for fact in second.facts() if fact[0] == "self_gap"]
    assert sorted(tuple(row.values()) for row in rows) == sorted(again)
    assert len(again) == 4


def test_no_name_has_two_meanings_once_it_is_read() -> None:
    made = house(item("巡查"))
    twice = made.rows(
        "select item_text(name) as name, count(distinct item_zh) as n from seed.self_item group by 1 having n > 1"
    )
    assert twice == []
    names = made.values("select distinct name from seed.self_item")
    assert made.values("select distinct item_text(name) from seed.self_item order by 1") == sorted(
        set(map(name_of, names))
    )
