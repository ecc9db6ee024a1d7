"""What the level above owes: surprise inspections, following up what is listed, guidance of each grid below."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from grid_rows import grid as register
from house import House, patrol, person, problem

from pipelines.senders import Sender

TIANZHUANG, NANJIN, MALU = "g430923209", "g430923211", "g430923120"
FIELDS = ["patrol_no", "grid", "started_at", "inspectors", "findings", "sites", "kind", "by_grid"]


def went(
    day: str, kind: str = "突击检查", who: str = "示例单", sites: str = "示例化工厂", **more: str
) -> dict[str, str]:
    return patrol(f"{day}{who}{kind}", more.pop("grid", "田庄乡"), day, who, kind=kind, sites=sites, **more)


def key_site(**more: str) -> dict[str, str]:
    given = {
        "site_no": "S-01", "name": "示例化工厂", "kind": "工矿企业", "grid": "田庄乡", "is_key": "是",
        "valid_from": "2026-01-01",
    }  # fmt: skip
    return {**given, **more}


def house(
    *city: dict[str, str],
    own: tuple[dict[str, str], ...] = (),
    months: tuple[str, ...] = ("2026-10",),
    as_of: str = "2026-11-06 09:00",
    fields: list[str] = FIELDS,
    county_people: str = "示例乙",
) -> House:
    """Patrol ledgers of the detachment and of 安化县 for the months; people of unit 1, the county and two townships."""
    made = House(as_of)
    made.contracts = replace(made.contracts, senders=(Sender("anhua", "2026-10"), Sender("city", "2026-10")))
    roster = [person("示例甲", "田庄乡"), person("示例丙", "南金乡")]
    roster += [person(county_people, "安化县")] if county_people else []
    made.ledger("person", roster, received="2026-10-01 08:00")
    made.ledger("person", [person("示例单", "第一网格单元")], county="city", received="2026-10-01 08:00")
    for month in months:
        for county, rows in (("city", city), ("anhua", own)):
            of_month = [row for row in rows if row["started_at"].startswith(month)]
            received = "2027-01-04 10:00" if month == "2026-12" else f"2026-{int(month[5:]) + 1}-02 10:00"
            made.ledger("patrol", of_month, county=county, month=month, received=received, fields=fields)
    return made


def states(made: House, metric: str, period: str = "2026-10") -> dict[str, str]:
    rows = made.rows(
        f"select obligation_id, state from published.obligation where metric_id = '{metric}' and period = '{period}'"
        " order by obligation_id"
    )
    return {row["obligation_id"].removeprefix(f"{metric}/"): row["state"] for row in rows}


def measurable(made: House, metric: str, county: str = "city", month: str = "2026-10") -> tuple[str, str]:
    row = made.one(
        "select measurable, coalesce(reason_zh, '') as reason_zh from published.measurable"
        f" where metric_id = '{metric}' and county_id = '{county}' and month = '{month}'"
    )
    return row["measurable"], row["reason_zh"]


# --- 突击检查


def test_a_surprise_inspection_of_a_key_enterprise_by_the_units_own_people() -> None:
    made = house(went("2026-10-20"), went("2026-10-12"))
    made.ledger("site", [key_site()], received="2026-10-01 08:00")
    made.build()
    assert states(made, "surprise_inspection") == {
        "u1/2026-10": "on_time", "u2/2026-10": "overdue", "u3/2026-10": "overdue", "u4/2026-10": "overdue",
    }  # fmt: skip
    duty = made.one("select * from published.obligation where obligation_id = 'surprise_inspection/u1/2026-10'")
    assert (str(duty["met_at"]), str(duty["due_at"]), duty["owner_level"]) == (
        "2026-10-12 00:00:00", "2026-10-31 23:59:59", 1,
    )  # fmt: skip
    assert duty["due_basis"] == "每月至少一次，月末为限（方案二（一）2）" and duty["met_row_id"].endswith("#csv!3")
    assert set(states(made, "surprise_inspection", "2026-11").values()) == {"pending"}


@pytest.mark.parametrize(
    ("row", "site"),
    [
        (went("2026-10-12", "督查"), key_site()),
        (went("2026-10-12", who="示例乙"), key_site()),
        (went("2026-10-12", sites="别的厂"), key_site()),
        (went("2026-10-12", sites=""), key_site()),
        (went("2026-10-12"), key_site(is_key="否")),
        (went("2026-10-12"), key_site(kind="饮用水水源地")),
        (went("2026-10-12"), key_site(valid_from="2026-10-13")),
        (went("2026-10-12", grid="大码头街道"), key_site()),
    ],
    ids=["another kind", "the county's people", "another site", "no site", "not key", "no enterprise", "not yet listed",
         "not their ground"],
)  # fmt: skip
def test_anything_less_is_not_one(row: dict[str, str], site: dict[str, str]) -> None:
    made = house(row)
    made.ledger("site", [site], received="2026-10-01 08:00")
    made.ledger("site", [key_site(grid="大码头街道", name="别处")], county="ziyang", received="2026-10-01 08:00")
    assert states(made.build(), "surprise_inspection")["u1/2026-10"] == "overdue"


def test_where_no_list_says_which_are_key_any_named_site_counts() -> None:
    made = house(went("2026-10-12", sites="某厂")).build()
    duty = made.one("select * from published.obligation where obligation_id = 'surprise_inspection/u1/2026-10'")
    assert duty["state"] == "on_time" and "没有写明重点的点位清单" in duty["due_basis"]
    unnamed = house(went("2026-10-12", sites="")).build()
    assert states(unnamed, "surprise_inspection")["u1/2026-10"] == "overdue"


def test_surprise_without_ledger_without_column_and_by_nobody_known() -> None:
    silent = house(months=())
    silent.ledger("patrol", [patrol("1", "田庄乡", "2026-10-08", "示例甲")])
    assert set(states(silent.build(), "surprise_inspection").values()) == {"unreported"}
    without = house(went("2026-10-12"), fields=[name for name in FIELDS if name != "kind"]).build()
    assert states(without, "surprise_inspection") == {}
    assert measurable(without, "surprise_inspection") == (
        "no", "该月支队巡查记录无“巡查类型”列，看不出是否突击检查，本指标不可测",
    )  # fmt: skip
    unknown = house(went("2026-10-12", who="示例某"), went("2026-10-13", who="示例某", grid="大码头街道"))
    assert states(unknown.build(), "surprise_inspection") == {"u3/2026-10": "overdue", "u4/2026-10": "overdue"} | {
        key: state for key, state in states(unknown, "surprise_inspection").items() if key[1] in "12"
    }
    assert "u2/2026-10" not in states(unknown, "surprise_inspection")
    told, reason = measurable(unknown, "surprise_inspection")
    assert told == "partial" and reason.endswith("#csv!3）")


# --- 挂牌督办


def visit(day: str, number: str = "A1", by: str = "第一网格单元", site: str = "", kind: str = "督办") -> dict[str, str]:
    return {"problem_no": number, "site": site, "by_grid": by, "done_at": day, "kind": kind, "result": ""}


def listed(*visits: dict[str, str], rows: list[dict[str, str]] | None = None, **more: Any) -> House:
    made = house(**more)
    given = rows if rows is not None else [problem("A1", "2026-09-02", listing="挂牌督办")]
    made.ledger("problem", given, received="2026-10-10 08:00")
    fields = ["problem_no", "site", "by_grid", "done_at", "kind", "result"]
    made.ledger("follow_up", list(visits), county="city", received="2026-11-02 10:00", fields=fields)
    return made


A1 = "problem/anhua/A1/2026-10"


def test_a_listed_problem_is_followed_up_each_month_by_the_unit_above() -> None:
    made = listed(visit("2026-10-20"), visit("2026-10-11 08:00", kind="复查")).build()
    assert states(made, "listed_followup") == {A1: "on_time"}
    duty = made.one(f"select * from published.obligation where obligation_id = 'listed_followup/{A1}'")
    assert (duty["grid_id"], duty["subject_kind"], duty["subject_id"]) == ("u1", "problem", "anhua/A1")
    assert str(duty["met_at"]) == "2026-10-11 08:00:00" and duty["met_row_id"] and duty["duty_row_id"]
    assert set(states(made, "listed_followup", "2026-11").values()) == {"pending"}


@pytest.mark.parametrize(
    ("seen", "state"),
    [
        (visit("2026-10-20", by="安化县"), "overdue"),
        (visit("2026-10-20", by="第二网格单元"), "overdue"),
        (visit("2026-10-20", by="支队"), "on_time"),
        (visit("2026-09-20"), "overdue"),
        (visit("2026-11-02"), "overdue"),
        (visit("2026-10-20", "", site="示例化工厂"), "on_time"),
        (visit("2026-10-20", "", site="别的厂"), "overdue"),
    ],
    ids=["the county", "another unit", "the detachment", "before", "after", "by its site", "another site"],
)
def test_whose_visit_and_when_decides(seen: dict[str, str], state: str) -> None:
    rows = [problem("A1", "2026-09-02", listing="限期治理", site="示例化工厂")]
    assert states(listed(seen, rows=rows).build(), "listed_followup")[A1] == state


@pytest.mark.parametrize(
    "row",
    [
        problem("A1", "2026-10-01", listing="挂牌督办"),
        problem("A1", "2026-09-02"),
        problem("A1", "2026-09-02", listing="挂牌督办", rectified_at="2026-09-30"),
        problem("A1", "2026-09-02", listing="挂牌督办", closed_at="2026-09-30"),
        problem("A1", "2026-09-02", listing="挂牌督办", cleared_at="2026-09-30"),
        problem("A1", "2026-09-02", listing="挂牌督办", closure="作废"),
        problem("A1", "2026-09-02", listing="挂牌督办", is_duplicate="是"),
    ],
    ids=["found within the month", "not listed", "rectified", "closed", "cleared", "void", "duplicate"],
)
def test_what_was_not_open_at_the_start_owes_nothing(row: dict[str, str]) -> None:
    assert states(listed(rows=[row]).build(), "listed_followup") == {}


def test_done_within_the_month_it_was_still_open_and_a_failed_visit_opens_it_again() -> None:
    done = [problem("A1", "2026-09-02", listing="重大问题", rectified_at="2026-10-02")]
    assert states(listed(rows=done).build(), "listed_followup") == {A1: "overdue"}
    again = listed(rows=[problem("A1", "2026-08-02", listing="挂牌督办", rectified_at="2026-08-20")])
    failed = {**visit("2026-09-10", by="安化县", kind="复查"), "result": "不合格"}
    again.ledger("follow_up", [failed], month="2026-09", received="2026-10-02 08:00")
    assert states(again.build(), "listed_followup") == {A1: "overdue"}


def test_without_the_detachments_follow_ups_the_unmet_is_unreported() -> None:
    made = house()
    made.ledger("problem", [problem("A1", "2026-09-02", listing="挂牌督办")], received="2026-10-10 08:00")
    assert states(made.build(), "listed_followup") == {A1: "unreported"}


def test_listed_from_the_ledger_that_first_says_so_until_one_no_longer_does() -> None:
    made = house(as_of="2027-01-06 09:00", months=("2026-10", "2026-11", "2026-12"))
    for month, words in (("2026-10", ""), ("2026-11", "挂牌督办"), ("2026-12", "")):
        rows = [problem("A1", "2026-09-02", listing=words)]
        made.ledger("problem", rows, month=month, received=f"{month}-28 10:00")
        made.ledger("follow_up", [visit("2026-09-05", "B9")], county="city", month=month, received=f"{month}-28 11:00")
    made.build()
    found = made.rows("select period, state from published.obligation where metric_id = 'listed_followup'")
    assert found == [{"period": "2026-11", "state": "overdue"}]


def relisted(*books: tuple[str, str, str]) -> dict[str, str]:
    """Which months are owed after these books: month, receipt, listing."""
    made = house(as_of="2026-12-20 09:00", months=("2026-10", "2026-11"))
    for month, received, words in books:
        rows = [problem("A1", "2026-09-02", listing=words)]
        made.ledger("problem", rows, month=month, received=received)
    made.build()
    rows = made.rows(
        "select period, due_basis from published.obligation where metric_id = 'listed_followup' order by period"
    )
    return {row["period"]: row["due_basis"].partition("月末为限")[2] for row in rows}


def test_a_listing_taken_back_or_added_by_an_old_book_holds_from_its_receipt() -> None:
    first = ("2026-09", "2026-10-02 10:00", "挂牌督办")
    told = relisted(first, ("2026-09", "2026-12-05 10:00", ""))
    assert list(told) == ["2026-10", "2026-11"]
    assert all("；该月结束之后台账改报为不再挂牌，不及于该月" in words for words in told.values())
    assert list(relisted(("2026-09", "2026-10-02 10:00", ""), ("2026-09", "2026-12-05 10:00", "挂牌督办"))) == [
        "2026-12"
    ]
    assert relisted(first, ("2026-09", "2026-10-09 23:00", "")) == {}, "a slip of the pen"
    in_time = relisted(first, ("2026-11", "2026-12-03 10:00", ""))
    assert list(in_time) == ["2026-10"], "the book of November, in time"


def test_a_listing_taken_back_and_given_again_leaves_the_months_between() -> None:
    books = [("2026-09", "挂牌督办"), ("2026-10", ""), ("2026-11", "挂牌督办")]
    told = relisted(*((month, f"2026-{int(month[5:]) + 1:02}-03 10:00", words) for month, words in books))
    assert list(told) == ["2026-11", "2026-12"]


def test_what_is_struck_off_within_the_month_is_void_and_afterwards_it_is_not() -> None:
    row = problem("A1", "2026-09-02", listing="挂牌督办")
    for received, state in (("2026-10-20 08:00", "void"), ("2026-11-03 08:00", "overdue")):
        made = listed(rows=[row])
        made.ledger("problem", [{**row, "closure": "作废"}], received=received)
        assert states(made.build(), "listed_followup") == {A1: state}


def test_a_listed_site_is_followed_up_by_a_visit_or_a_patrol_of_the_unit() -> None:
    site = key_site(listing="挂牌督办")
    unmet = listed(rows=[])
    unmet.ledger("site", [site, key_site(site_no="S-02", name="月中", listing="挂牌", valid_from="2026-10-02")])
    assert states(unmet.build(), "listed_followup") == {"site/anhua/S-01/2026-10": "overdue"}
    for made in (
        listed(visit("2026-10-20", "", site="示例化工厂"), rows=[]),
        listed(visit("2026-10-20", "A7"), rows=[problem("A7", "2026-10-02", site="示例化工厂")]),
    ):
        made.ledger("site", [site])
        assert states(made.build(), "listed_followup") == {"site/anhua/S-01/2026-10": "on_time"}
    patrolled = house(went("2026-10-12", "日常巡查"))
    patrolled.ledger("site", [site])
    assert states(patrolled.build(), "listed_followup") == {"site/anhua/S-01/2026-10": "on_time"}
    others = house(went("2026-10-12", who="示例甲"))
    others.ledger("site", [site])
    assert states(others.build(), "listed_followup") == {"site/anhua/S-01/2026-10": "unreported"}


def test_a_county_whose_ledger_cannot_say_is_partly_measurable() -> None:
    made = listed(rows=[problem("A1", "2026-09-02")])
    assert measurable(made.build(), "listed_followup", "anhua")[0] == "partial"
    assert measurable(listed().build(), "listed_followup", "anhua")[0] == "yes"


# --- 上级督导

QUARTER = ("2026-10", "2026-11", "2026-12")
LATER = "2027-01-20 09:00"


def guided(made: House) -> dict[str, str]:
    return states(made.build(), "upper_guidance", "2026-12")


@pytest.mark.parametrize("kind", ["抽查", "督查", "指导帮扶"])
def test_the_grid_above_owes_one_visit_a_quarter_to_each_grid_below(kind: str) -> None:
    made = house(went("2026-10-12", kind), own=(went("2026-12-30", kind, "示例乙"),), months=QUARTER, as_of=LATER)
    found = guided(made)
    assert (found["anhua/2026-Q4"], found[f"{TIANZHUANG}/2026-Q4"], found[f"{NANJIN}/2026-Q4"]) == (
        "on_time", "on_time", "overdue",
    )  # fmt: skip
    assert (found["ziyang/2026-Q4"], found["g430902005/2026-Q4"]) == ("overdue", "unreported")
    duty = made.one(f"select * from published.obligation where obligation_id = 'upper_guidance/{NANJIN}/2026-Q4'")
    assert (duty["grid_id"], duty["owner_level"], duty["subject_id"], str(duty["due_at"])) == (
        "anhua", 2, NANJIN, "2026-12-31 23:59:59",
    )  # fmt: skip
    assert "南金乡" in duty["due_basis"]
    county = made.one("select * from published.obligation where obligation_id = 'upper_guidance/anhua/2026-Q4'")
    assert (county["grid_id"], county["owner_level"], county["county_id"]) == ("u1", 1, "city")


@pytest.mark.parametrize(
    ("city", "own"),
    [
        ((), (went("2026-10-12", "日常巡查", "示例乙"),)),
        ((), (went("2026-10-12", "督查", "示例甲"),)),
        ((), (went("2026-10-12", "督查", "示例乙", grid="南金乡"),)),
        ((), (went("2026-10-12", "督查", "示例乙", grid="安化县"),)),
        ((went("2026-10-12", "督查"),), ()),
    ],
    ids=["another kind", "its own people", "another township", "no closer than the county", "the unit, two above"],
)
def test_another_visit_does_not_do(city: tuple[dict[str, str], ...], own: tuple[dict[str, str], ...]) -> None:
    found = guided(house(*city, own=own, months=QUARTER, as_of=LATER))
    assert found[f"{TIANZHUANG}/2026-Q4"] == "overdue"


def test_a_quarter_that_runs_is_pending_and_one_with_a_missing_month_unreported() -> None:
    running = house().build()
    assert set(states(running, "upper_guidance", "2026-12").values()) == {"pending"}
    gap = guided(house(months=("2026-10", "2026-12"), as_of=LATER))
    assert (gap[f"{TIANZHUANG}/2026-Q4"], gap["anhua/2026-Q4"]) == ("unreported", "unreported")


def test_guidance_without_the_column_or_by_nobody_known_is_open() -> None:
    without = house(months=QUARTER, as_of=LATER, fields=[name for name in FIELDS if name != "kind"])
    assert f"{TIANZHUANG}/2026-Q4" not in guided(without)
    assert measurable(without, "upper_guidance", "anhua", "2026-12")[0] == "no"
    unknown = house(
        own=(went("2026-10-12", "督查", "示例某", grid="马路镇"),), months=QUARTER, as_of=LATER, county_people=""
    )
    found = guided(unknown)
    assert f"{MALU}/2026-Q4" not in found and found[f"{NANJIN}/2026-Q4"] == "overdue"
    told, reason = measurable(unknown, "upper_guidance", "anhua", "2026-12")
    assert told == "partial" and "马路镇" in reason
    assert reason.endswith("#csv!2）") and reason.count("行编号") == 1


def test_a_grid_must_stand_throughout_and_a_renamed_one_does() -> None:
    made = house(months=QUARTER, as_of=LATER)
    made.ledger(
        "grid",
        [
            register("430923211", "南金乡", "2021-05-07", valid_to="2026-12-30"),
            register("430923209", "田庄镇", "2026-11-15"),
        ],
        received="2026-12-20 08:00",
    )
    found = guided(made)
    assert f"{NANJIN}/2026-Q4" not in found and found[f"{TIANZHUANG}/2026-Q4"] == "overdue"
