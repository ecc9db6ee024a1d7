"""Key sites in each cycle window, and every site once a year: whose duty, which visit counts, what cannot be told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from house import House, patrol, person

from pipelines.senders import Sender

TIANZHUANG = "g430923209"
MONTHS = ("2026-10", "2026-11", "2026-12", "2027-01")


def site(name: str = "示例化工厂", number: str = "S-01", **more: str) -> dict[str, str]:
    given = {
        "site_no": number, "name": name, "kind": "工矿企业", "grid": "田庄乡", "is_key": "是", "cycle": "每季度1次",
        "valid_from": "2026-01-01", "valid_to": "",
    }  # fmt: skip
    return {**given, **more}


def went(day: str, sites: str = "示例化工厂", who: str = "示例甲", grid: str = "田庄乡", **more: str) -> dict[str, str]:
    return patrol(f"{day}{who}{sites}", grid, day, who, sites=sites, **more)


def house(
    *patrols: dict[str, str],
    sites: list[dict[str, str]] | None = None,
    months: tuple[str, ...] = MONTHS,
    as_of: str = "2027-02-06 09:00",
) -> House:
    """安化县 with its list and a patrol ledger for each of the months."""
    made = House(as_of)
    made.contracts = replace(made.contracts, senders=(Sender("anhua", "2026-10"),))
    roster = [person("示例甲", "田庄乡"), person("示例乙", "安化县"), person("示例丙", "南金乡")]
    made.ledger("person", roster, received="2026-10-01 08:00")
    if sites != []:
        made.ledger("site", sites or [site()], received="2026-10-01 08:00")
    for month in months:
        rows = [row for row in patrols if row["started_at"].startswith(month)]
        fields = ["patrol_no", "grid", "started_at", "inspectors", "findings", "sites", "by_grid"]
        received = min(f"{month}-28 10:00", as_of)
        made.ledger("patrol", rows, month=month, received=received, fields=fields)
    return made


def states(made: House, metric: str = "key_site_visit", county: str = "anhua") -> dict[str, str]:
    rows = made.rows(
        f"select obligation_id, state from published.obligation where metric_id = '{metric}'"
        f" and county_id = '{county}' order by obligation_id"
    )
    return {row["obligation_id"].removeprefix(f"{metric}/"): row["state"] for row in rows}


def duty(made: House, key: str) -> dict[str, Any]:
    return made.one(f"select * from published.obligation where obligation_id = '{key}'")


def test_each_visit_of_a_window_is_a_duty_of_the_county_met_by_its_day() -> None:
    made = house(
        went("2026-10-08 15:00"), went("2026-10-08 09:00"), went("2027-01-05"), sites=[site(cycle="每季度2次")]
    ).build()
    assert states(made) == {
        "anhua/S-01/2026-Q4/1": "on_time", "anhua/S-01/2026-Q4/2": "overdue",
        "anhua/S-01/2027-Q1/1": "on_time", "anhua/S-01/2027-Q1/2": "pending",
    }  # fmt: skip
    first = duty(made, "key_site_visit/anhua/S-01/2026-Q4/1")
    assert (first["grid_id"], first["owner_level"], first["subject_kind"], first["subject_id"]) == (
        "anhua", 2, "site", "anhua/S-01",
    )  # fmt: skip
    assert (str(first["met_at"]), str(first["due_at"]), first["period"]) == (
        "2026-10-08 09:00:00", "2026-12-31 23:59:59", "2026-12",
    )  # fmt: skip
    assert first["met_row_id"] and first["duty_row_id"].endswith("#csv!2")


@pytest.mark.parametrize(
    ("row", "state"),
    [
        (went("2026-10-08", "示例乙厂、 示例化工厂"), "on_time"),
        (went("2026-10-08", who="示例乙"), "on_time"),
        (went("2026-10-08", "别的厂"), "overdue"),
        (went("2026-10-08", who="示例丙"), "overdue"),
    ],
    ids=["one of several", "people of the county", "another site", "people of a grid elsewhere"],
)
def test_who_went_and_where_decides(row: dict[str, str], state: str) -> None:
    assert states(house(row).build())["anhua/S-01/2026-Q4/1"] == state


def test_people_nobody_knows_leave_the_visit_open_and_no_more() -> None:
    made = house(
        went("2026-10-08", who="示例某", grid="马路镇"), sites=[site(grid="马路镇", cycle="每季度2次")]
    ).build()
    assert "anhua/S-01/2026-Q4/1" not in states(made)
    assert states(made)["anhua/S-01/2026-Q4/2"] == "overdue", "whoever it was, it was one day"
    told = made.one(
        "select measurable, reason_zh from published.measurable where metric_id = 'key_site_visit'"
        " and county_id = 'anhua' and month = '2026-12'"
    )
    assert told["measurable"] == "partial" and "1 个重点点位" in told["reason_zh"]
    assert told["reason_zh"].endswith("#csv!2）") and told["reason_zh"].count("行编号") == 1


def test_the_detachments_ledger_shows_visits_too_but_not_another_countys() -> None:
    city = house()
    city.ledger("patrol", [went("2026-10-09", who="示例乙")], county="city", received="2026-11-02 10:00")
    assert states(city.build())["anhua/S-01/2026-Q4/1"] == "on_time"
    other = house()
    row = went("2026-10-09", who="示例丁", grid="修山镇")
    other.ledger("patrol", [row], county="taojiang", received="2026-11-02 10:00")
    assert states(other.build())["anhua/S-01/2026-Q4/1"] == "overdue"


def test_namesakes_are_told_apart_by_the_place() -> None:
    two = [site("污水厂"), site("污水厂", "S-02", grid="南金乡")]
    made = house(went("2026-10-08", "污水厂"), sites=two).build()
    found = states(made)
    assert (found["anhua/S-01/2026-Q4/1"], found["anhua/S-02/2026-Q4/1"]) == ("on_time", "overdue")


def test_a_site_is_owed_for_windows_in_which_it_stands_throughout() -> None:
    rows = [
        site("中途列入", "S-01", cycle="每月1次", valid_from="2026-11-02"),
        site("中途退出", "S-02", cycle="每月1次", valid_to="2026-12-30"),
        site("一直在列", "S-03", cycle="每月1次", valid_from=""),
        site("不是重点", "S-04", is_key="否"),
        site("没有写", "S-05", is_key=""),
    ]
    found = states(house(sites=rows).build())
    assert [key for key in found if "S-01" in key] == [f"anhua/S-01/{m}/1" for m in ("2026-12", "2027-01", "2027-02")]
    assert [key for key in found if "S-02" in key] == [f"anhua/S-02/{m}/1" for m in ("2026-10", "2026-11")]
    assert len([key for key in found if "S-03" in key]) == 5
    assert not [key for key in found if "S-04" in key or "S-05" in key]


def test_a_changed_cycle_holds_for_the_windows_that_begin_under_it_and_no_window_is_escaped() -> None:
    rows = [site(), site(cycle="每月1次", valid_from="2026-11-15"), site(cycle="每月1次", valid_from="2026-12-20")]
    assert list(states(house(sites=rows).build())) == [
        "anhua/S-01/2026-12/1", "anhua/S-01/2026-Q4/1", "anhua/S-01/2027-01/1", "anhua/S-01/2027-02/1",
    ]  # fmt: skip


def test_a_week_over_the_year_end_is_one_window() -> None:
    made = house(went("2027-01-02"), sites=[site(cycle="每周1次")]).build()
    found = states(made)
    assert found["anhua/S-01/2026-W53/1"] == "on_time" and found["anhua/S-01/2026-W52/1"] == "overdue"
    week = duty(made, "key_site_visit/anhua/S-01/2026-W53/1")
    assert (str(week["started_at"]), str(week["due_at"]), week["period"]) == (
        "2026-12-28 00:00:00", "2027-01-03 23:59:59", "2027-01",
    )  # fmt: skip
    assert "anhua/S-01/2026-W40/1" not in found, "begun before anybody had to report"
    assert found["anhua/S-01/2027-W05/1"] == "pending"


@pytest.mark.parametrize(
    ("cycle", "windows"),
    [
        ("每半月1次", ["2026-10-上半月", "2026-10-下半月", "2026-11-上半月"]),
        ("每两周1次", ["2026-W41-两周", "2026-W43-两周", "2026-W45-两周"]),
        ("每两月1次", ["2026-11-双月"]),
        ("每年1次", []),
        ("每半年1次", []),
        ("经常", ["2026-Q4"]),
        ("", ["2026-Q4"]),
    ],
)
def test_every_cycle_has_its_windows_and_none_stated_is_a_quarter(cycle: str, windows: list[str]) -> None:
    made = house(sites=[site(cycle=cycle)], months=("2026-10",), as_of="2026-11-06 09:00").build()
    assert list(states(made)) == [f"anhua/S-01/{window}/1" for window in windows]


def test_more_visits_than_days_are_as_many_as_there_are_days() -> None:
    made = house(sites=[site(cycle="每周10次")], months=("2026-10",), as_of="2026-11-06 09:00").build()
    assert len([key for key in states(made) if "W42" in key]) == 7


def test_a_month_without_ledger_makes_the_unmet_unreported() -> None:
    made = house(went("2026-10-08"), sites=[site(cycle="每季度2次")], months=("2026-10", "2026-11", "2027-01")).build()
    found = states(made)
    assert (found["anhua/S-01/2026-Q4/1"], found["anhua/S-01/2026-Q4/2"]) == ("on_time", "unreported")


def test_a_month_that_is_not_over_leaves_a_week_that_is_pending() -> None:
    as_of = "2026-10-28 09:00"
    made = house(sites=[site(cycle="每周1次")], months=("2026-10",), as_of=as_of).build()
    assert set(states(made).values()) == {"pending"}


def test_a_ledger_without_the_column_accuses_nobody() -> None:
    made = house(months=("2026-10", "2026-12", "2027-01"))
    plain = [patrol("9", "田庄乡", "2026-11-03", "示例甲")]
    made.ledger("patrol", plain, month="2026-11", received="2026-12-02 10:00")
    made.build()
    assert list(states(made)) == ["anhua/S-01/2027-Q1/1"]
    told = made.one(
        "select measurable, reason_zh from published.measurable where metric_id = 'key_site_visit'"
        " and county_id = 'anhua' and month = '2026-11'"
    )
    assert told["measurable"] == "no" and "巡查点位" in told["reason_zh"]


def test_a_list_that_never_came_is_one_unreported_duty_a_quarter_and_a_year() -> None:
    made = house(sites=[], months=("2026-10", "2026-11", "2026-12", "2027-01")).build()
    assert states(made) == {"table/anhua/2026-Q4": "unreported"}
    missing = duty(made, "key_site_visit/table/anhua/2026-Q4")
    assert (missing["subject_kind"], missing["subject_id"], missing["grid_id"]) == ("table", "site", "anhua")
    assert states(made, "site_sweep") == {}, "the year 2026 was not reported from its beginning"


def test_the_detachments_list_speaks_for_a_county_and_does_not_count_twice() -> None:
    made = house(went("2026-10-08"), sites=[])
    made.ledger("site", [site()], county="city", received="2026-10-01 08:00")
    assert states(made.build()) == {"city/S-01/2026-Q4/1": "on_time", "city/S-01/2027-Q1/1": "pending"}
    both = house(went("2026-10-08"))
    both.ledger("site", [site(number="Z-9")], county="city", received="2026-10-01 08:00")
    assert list(states(both.build())) == ["anhua/S-01/2026-Q4/1", "anhua/S-01/2027-Q1/1"]


def test_a_list_that_does_not_say_which_are_key_is_not_measurable() -> None:
    plain = {name: text for name, text in site().items() if name != "is_key"}
    made = house(went("2026-10-08"), sites=[plain]).build()
    assert states(made) == {}
    told = made.one(
        "select measurable, reason_zh from published.measurable where metric_id = 'key_site_visit'"
        " and county_id = 'anhua' and month = '2026-10'"
    )
    assert told["measurable"] == "no" and "是否重点" in told["reason_zh"]
    assert "行编号" not in told["reason_zh"], "no patrol is to blame"


def sweep(*patrols: dict[str, str], **more: Any) -> House:
    """A year of ledgers, 2027."""
    months = tuple(f"2027-{month:02}" for month in range(1, 13))
    return house(
        *patrols, **{"months": ("2026-10", "2026-11", "2026-12", *months), "as_of": "2028-01-06 09:00", **more}
    )


def test_every_site_of_the_whole_year_is_swept_once_by_anybody() -> None:
    rows = [
        site(), site("未去", "S-02", is_key="否"), site("年中列入", "S-03", valid_from="2027-03-01"),
        site("年中退出", "S-04", valid_to="2027-11-30"),
        site("分期", "S-05", valid_to="2027-05-31"), site("分期", "S-05", valid_from="2027-06-01", is_key="否"),
    ]  # fmt: skip
    made = sweep(went("2027-06-08 10:00", who="示例某"), went("2027-08-08", "分期"), sites=rows).build()
    assert {key: state for key, state in states(made, "site_sweep").items() if "/2027" in key} == {
        "anhua/S-01/2027": "on_time", "anhua/S-02/2027": "overdue", "anhua/S-05/2027": "on_time",
    }  # fmt: skip
    swept = duty(made, "site_sweep/anhua/S-01/2027")
    assert (str(swept["met_at"]), str(swept["due_at"])) == ("2027-06-08 10:00:00", "2027-12-31 23:59:59")
    assert (swept["grid_id"], swept["subject_kind"], swept["period"]) == ("anhua", "site", "2027-12")
    assert states(made, "site_sweep")["anhua/S-01/2028"] == "pending"


def test_a_sweep_of_a_year_with_a_missing_ledger_or_list_is_unreported() -> None:
    gap = tuple(f"2027-{month:02}" for month in range(1, 12))
    assert states(sweep(months=gap).build(), "site_sweep")["anhua/S-01/2027"] == "unreported"
    assert states(sweep(sites=[]).build(), "site_sweep") == {"table/anhua/2027": "unreported"}


# What is told once a window is over


@pytest.mark.parametrize(
    "change",
    [
        {"is_key": "否"},
        {"valid_to": "2026-10-15"},
        {"cycle": "每年1次"},
        {"valid_from": "2026-10-10", "is_key": "否"},
    ],
    ids=["no longer key", "an end in the past", "a longer cycle", "another period"],
)
def test_a_list_rewritten_after_a_window_holds_from_the_next_one(change: dict[str, str]) -> None:
    made = house(sites=[site(cycle="每月1次")])
    made.ledger("site", [site(**{"cycle": "每月1次", **change})], month="2026-12", received="2026-12-05 10:00")
    made.build()
    monthly = [key for key in states(made) if key.count("-") == 2]
    assert monthly == ["anhua/S-01/2026-10/1", "anhua/S-01/2026-11/1"]
    assert duty(made, "key_site_visit/anhua/S-01/2026-11/1")["due_basis"].endswith(
        "；2026-11 第 1 次；点位清单在该期之后又有改报，不及于该期"
    )


def test_a_list_rewritten_within_a_window_or_within_seven_days_of_the_first_holds_for_it() -> None:
    made = house(sites=[site(cycle="每月1次")])
    made.ledger("site", [site(cycle="每月1次", is_key="否")], received="2026-10-08 23:00")
    assert states(made.build()) == {}
    later = house(sites=[site(cycle="每月1次")])
    later.ledger("site", [site(cycle="每月1次", is_key="否")], month="2026-11", received="2026-11-30 10:00")
    assert list(states(later.build())) == ["anhua/S-01/2026-10/1"]


def test_what_is_listed_only_after_a_window_accuses_nobody_of_it() -> None:
    made = house(sites=[site(cycle="每月1次")])
    late = site("后列的厂", "S-02", cycle="每月1次")
    made.ledger("site", [late], month="2026-12", received="2026-12-08 10:00")
    assert [key for key in states(made.build()) if "S-02" in key] == [
        "anhua/S-02/2026-12/1", "anhua/S-02/2027-01/1", "anhua/S-02/2027-02/1",
    ]  # fmt: skip
    grace = house(sites=[site(cycle="每月1次")])
    grace.ledger("site", [late], month="2026-11", received="2026-12-07 10:00")
    assert "anhua/S-02/2026-11/1" in states(grace.build()), "the list of a month comes with its ledgers"


def test_a_list_sent_after_the_quarter_does_not_undo_that_there_was_none() -> None:
    made = house(sites=[])
    made.ledger("site", [site(is_key="否")], month="2027-01", received="2027-01-20 08:00")
    made.build()
    assert states(made) == {"table/anhua/2026-Q4": "unreported"}
    told = duty(made, "key_site_visit/table/anhua/2026-Q4")
    assert told["due_basis"] == "到期末没有报过重点点位清单，其后补报的不及于该期"


def test_a_sweep_follows_the_list_of_the_years_end() -> None:
    made = house(months=(*MONTHS[:3], *(f"2027-{n:02}" for n in range(1, 13))), as_of="2028-02-06 09:00")
    made.ledger("site", [site(valid_to="2027-06-30")], month="2028-01", received="2028-01-20 10:00")
    made.build()
    assert states(made, "site_sweep")["anhua/S-01/2027"] == "overdue"
    assert "点位清单在该年之后又有改报" in duty(made, "site_sweep/anhua/S-01/2027")["due_basis"]
