"""The seeds are facts: 4 + 8 + 98 grids, and working days that an independent calendar confirms."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date

import chinese_calendar
from roots import SQL


def seed(name: str) -> list[dict[str, str]]:
    with (SQL / "seeds" / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_day_of_six_years_agrees_with_an_independent_calendar() -> None:
    days = seed("calendar")
    assert len(days) == 2191
    differing = [
        row["day"]
        for row in days
        if (row["is_workday"] == "true") != chinese_calendar.is_workday(date.fromisoformat(row["day"]))
    ]
    assert differing == []


def test_the_grids_of_the_scheme() -> None:
    grids = seed("grid")
    assert Counter(row["level"] for row in grids) == {"0": 1, "1": 4, "2": 8, "3": 98}
    assert len({row["grid_id"] for row in grids}) == 111
    units = {row["name"]: row["parent_id"] for row in grids if row["level"] == "2"}
    assert units == {
        "安化县": "u1", "桃江县": "u1", "资阳区": "u2", "沅江市": "u2",
        "大通湖区": "u2", "南县": "u3", "高新区": "u4", "赫山区": "u4",
    }  # fmt: skip


def test_the_six_other_units_owe_no_patrols_until_that_is_decided() -> None:
    others = [row for row in seed("grid") if row["kind"] == "其他"]
    assert len(others) == 6
    assert {row["is_patrol_grid"] for row in others} == {"false"}


def test_every_township_lies_in_its_county_and_has_a_tile_of_its_own() -> None:
    townships = [row for row in seed("grid") if row["level"] == "3"]
    counties = {row["county_id"]: row["code"] for row in seed("grid") if row["level"] == "2"}
    assert all(row["code"].startswith(counties[row["county_id"]]) for row in townships)
    assert len({(row["tile_x"], row["tile_y"]) for row in townships}) == 98


def test_every_rule_has_words() -> None:
    """What is wrong and how to mend it; a row that only advises better in one case speaks of a rule with words."""
    rules = {row["rule"] for row in seed("rule") if row["message_zh"]}
    macro = (SQL / "engines/periods.sql").read_text("utf-8").partition("advice_for")[2]
    advice = set(re.findall(r"then '(\w+)'", macro))
    for row in seed("rule"):
        assert row["mend_zh"], row["rule"]
        assert row["rule"] in rules or (row["rule"] in advice and row["rule"].rpartition("_")[0] in rules), row["rule"]
    assert advice <= {row["rule"] for row in seed("rule")}
