"""What is owed once a year: self-evaluation and its measures, the five fixings, rules, meetings, self-checks."""

from __future__ import annotations

from typing import Any

import pytest
from grid_rows import grid
from house import House, patrol

TOWN = "g430923209"
FIELDS = [
    "grid", "year", "item", "shortfall", "improvement", "owner", "improvement_due", "improvement_done_at",
    "submitted_at",
]  # fmt: skip


def house(as_of: str = "2026-11-06 09:00", since: str = "2025-03") -> House:
    """A house in which everybody owes from `since` on."""
    made = House(as_of)
    made.ledger(
        "patrol",
        [patrol("S", "南洲镇", f"{since}-08", "示例某")],
        county="nanxian",
        month=since,
        received=f"{since}-28 10:00",
    )
    return made


def item(**more: str) -> dict[str, str]:
    given = {
        "grid": "田庄乡", "year": "2025", "item": "日常巡查", "shortfall": "夜间巡查少", "improvement": "每周夜查一次",
        "owner": "示例甲", "improvement_due": "2026-06-30", "improvement_done_at": "",
        "submitted_at": "2026-01-28", **more,
    }  # fmt: skip
    return {name: given[name] for name in FIELDS}


def evaluated(
    *rows: dict[str, str],
    as_of: str = "2026-11-06 09:00",
    received: str = "2026-02-02 08:00",
    county: str = "anhua",
    fields: list[str] | None = None,
) -> House:
    made = house(as_of)
    made.ledger(
        "self_evaluation", list(rows), county=county, month="2026-01", received=received, fields=fields or FIELDS
    )
    return made


def again(made: House, *rows: dict[str, str], received: str) -> House:
    made.ledger("self_evaluation", list(rows), month=received[:7], received=received, fields=FIELDS)
    return made


def duty(made: House, obligation_id: str) -> dict[str, Any]:
    return made.one(f"select * from published.obligation where obligation_id = '{obligation_id}'")


def sent(made: House, where: str = TOWN, year: int = 2025) -> dict[str, Any]:
    return duty(made, f"self_evaluation_submission/{where}/{year}")


def measures(made: House, metric: str) -> dict[str, Any]:
    return made.one(f"select * from published.obligation where metric_id = '{metric}'")


def basis(found: dict[str, Any]) -> str:
    return str(found["due_basis"]).partition("（本系统暂定）")[2]


# Sent in time


@pytest.mark.parametrize(
    ("submitted", "state"),
    [("2026-01-28", "on_time"), ("2026-01-31 23:59:59", "on_time"), ("2026-02-01", "late")],
)
def test_a_self_evaluation_is_due_at_the_end_of_january(submitted: str, state: str) -> None:
    found = sent(evaluated(item(submitted_at=submitted)).build())
    assert (found["state"], str(found["due_at"]), found["period"]) == (state, "2026-01-31 23:59:59", "2026-01")
    assert (str(found["started_at"]), found["about_month"]) == ("2026-01-01 00:00:00", None)
    assert (found["subject_kind"], found["subject_id"], found["owner_level"]) == ("year", "2025", 3)
    assert found["met_row_id"].endswith("#csv!2") and found["duty_row_id"] is None


def test_a_receipt_alone_is_a_submission_and_owes_no_measures() -> None:
    made = evaluated(item(item="", shortfall="", improvement="", owner="", improvement_due="")).build()
    assert sent(made)["state"] == "on_time"
    assert made.values("select count(*) from published.obligation where metric_id like 'improvement%'") == [0]


def test_who_sent_nothing_is_overdue_and_of_a_silent_sender_unreported() -> None:
    made = evaluated(item()).build()
    assert [sent(made, where)["state"] for where in ("anhua", "g430923106", "g430923211")] == ["overdue"] * 3
    silent = sent(made, "nanxian")
    assert (silent["state"], basis(silent)) == ("unreported", "；报送单位该年度自评一行也没有报来")
    assert sent(made, "u1")["state"] == "unreported"
    assert made.values(
        "select count(*) from published.obligation"
        " where metric_id = 'self_evaluation_submission' and period = '2026-01'"
    ) == [110]


def test_what_the_detachment_sends_for_a_county_counts_for_that_county_alone() -> None:
    made = evaluated(item(grid="安化县"), item(grid="第一网格单元"), county="city").build()
    states = {where: sent(made, where)["state"] for where in ("anhua", "u1", "u2", TOWN)}
    assert states == {"anhua": "on_time", "u1": "on_time", "u2": "overdue", TOWN: "unreported"}


def test_the_year_is_owed_once_it_is_over_and_overdue_once_its_day_has_passed() -> None:
    def state(as_of: str, year: int = 2025) -> list[str]:
        whose = f"self_evaluation_submission/{TOWN}/{year}"
        made = house(as_of).build()
        return made.values(f"select state from published.obligation where obligation_id = '{whose}'")

    assert state("2025-12-31 12:00") == []
    assert state("2026-01-01 00:00") == ["pending"]
    assert state("2026-01-31 23:59:59") == ["pending"]
    assert state("2026-02-01 00:00") == ["unreported"]
    assert state("2026-11-06 09:00", 2026) == state("2026-11-06 09:00", 2024) == []


def test_sent_before_the_year_was_over_counts_and_says_so() -> None:
    found = sent(evaluated(item(submitted_at="2025-12-20"), received="2025-12-25 08:00").build())
    assert (found["state"], basis(found)) == ("on_time", "；年度结束之前上报")


def test_a_date_rewritten_to_before_the_due_day_contradicts_the_first() -> None:
    late = item(submitted_at="2026-02-10")
    made = again(evaluated(late, received="2026-02-11 08:00"), item(), received="2026-03-20 08:00").build()
    assert (sent(made)["state"], basis(sent(made))) == (
        "bad_dates",
        "；先报的上报时间在到期之后或早得不可信，后来改写为到期之前，前后矛盾",
    )
    slip = again(evaluated(late, received="2026-02-11 08:00"), item(), received="2026-02-17 08:00").build()
    assert sent(slip)["state"] == "on_time"
    moved = again(evaluated(item()), late, received="2026-03-20 08:00").build()
    assert (sent(moved)["state"], str(sent(moved)["met_at"])) == ("on_time", "2026-01-28 00:00:00")


@pytest.mark.parametrize(
    ("submitted", "state"), [("2025-02-01", "bad_dates"), ("2025-09-30 23:00", "bad_dates"), ("2025-10-01", "on_time")]
)
def test_before_its_last_quarter_nobody_can_have_evaluated_a_year(submitted: str, state: str) -> None:
    made = evaluated(item(submitted_at=submitted)).build()
    words = "；上报时间早于所评年度的第四季度，当时还说不上自评该年"
    assert (sent(made)["state"], words in sent(made)["due_basis"]) == (state, state == "bad_dates")
    defined = measures(made, "improvement_defined")
    assert (defined["state"], words in defined["due_basis"]) == (state, state == "bad_dates")


def test_an_incredible_date_may_be_mended_within_seven_days_and_afterwards_contradicts() -> None:
    wrong = item(submitted_at="2025-01-28")
    slip = again(evaluated(wrong), item(), received="2026-02-09 08:00").build()
    assert (sent(slip)["state"], str(sent(slip)["met_at"])) == ("on_time", "2026-01-28 00:00:00")
    assert sent(again(evaluated(wrong), item(), received="2026-03-20 08:00").build())["state"] == "bad_dates"
    late = again(evaluated(wrong), item(submitted_at="2026-03-01"), received="2026-03-20 08:00").build()
    assert sent(late)["state"] == "late"


def test_a_date_claimed_long_before_it_came_is_said() -> None:
    made = evaluated(item(submitted_at="2026-01-20"), received="2026-06-20 10:00").build()
    words = "；2026-06-20 才首次收到，上报时间以其自述为准，无从核对"
    assert (sent(made)["state"], basis(sent(made))) == ("on_time", words)
    assert basis(measures(made, "improvement_defined")) == words
    near = evaluated(item(submitted_at="2026-01-20"), received="2026-02-07 10:00").build()
    assert basis(sent(near)) == ""


def test_grids_of_the_years_end_owe_and_one_abolished_before_the_due_day_is_void() -> None:
    made = house()
    made.ledger(
        "grid",
        [
            grid("430923250", "示例新镇", "2025-08-01"),
            grid("430923251", "示例晚镇", "2026-02-01"),
            grid("430923211", "南金乡", "2021-05-07", valid_to="2025-12-30"),
            grid("430923106", "小淹镇", "2021-05-07", valid_to="2026-01-10"),
            grid("430923209", "新田庄镇", "2025-12-31", former_name="田庄乡"),
        ],
        county="city",
    )
    made.build()
    owing = made.rows(
        "select grid_id, state, person_at_due, due_basis from published.obligation"
        " where metric_id = 'self_evaluation_submission' and grid_id in"
        " ('g430923250', 'g430923251', 'g430923211', 'g430923106', 'g430923209') order by 1"
    )
    assert [(row["grid_id"], row["state"]) for row in owing] == [
        ("g430923106", "void"), (TOWN, "unreported"), ("g430923250", "unreported"),
    ]  # fmt: skip
    assert basis(owing[0]) == "；该网格 2026-01-10 已撤销，在到期之前"


# Measures of improvement


def test_measure_owner_and_date_together_are_met_when_the_report_was_sent() -> None:
    found = measures(evaluated(item()).build(), "improvement_defined")
    assert (found["state"], str(found["met_at"]), found["period"]) == ("on_time", "2026-01-28 00:00:00", "2026-01")
    assert (found["subject_kind"], found["grid_id"], basis(found)) == ("self_evaluation", TOWN, "")
    assert found["duty_row_id"] == found["met_row_id"]
    late = measures(evaluated(item(submitted_at="2026-02-01")).build(), "improvement_defined")
    assert late["state"] == "late"


@pytest.mark.parametrize(
    ("change", "lacking"),
    [
        ({"improvement": ""}, "；未写改进措施"),
        ({"owner": "/"}, "；未写改进责任人"),
        ({"improvement_due": ""}, "；未写明改进时限"),
        ({"improvement_due": "尽快"}, "；未写明改进时限"),
        ({"owner": "", "improvement_due": ""}, "；未写改进责任人；未写明改进时限"),
    ],
)
def test_half_a_measure_is_none(change: dict[str, str], lacking: str) -> None:
    found = measures(evaluated(item(**change)).build(), "improvement_defined")
    assert (found["state"], found["met_at"], basis(found)) == ("overdue", None, lacking)
    early = evaluated(item(**change), as_of="2026-01-31 09:00", received="2026-01-29 08:00").build()
    assert measures(early, "improvement_defined")["state"] == "pending"


def test_a_long_term_measure_is_defined_and_no_shortfall_owes_none() -> None:
    made = evaluated(item(improvement_due="长期坚持")).build()
    assert measures(made, "improvement_defined")["state"] == "on_time"
    assert measures(made, "improvement_done")["state"] == "no_deadline"
    assert "长期坚持" in measures(made, "improvement_done")["due_basis"]
    none = evaluated(item(shortfall="无")).build()
    assert none.values("select metric_id from published.obligation where metric_id like 'improvement%'") == [
        "improvement_done"
    ]


def test_what_is_filled_in_after_the_day_is_late_and_within_seven_days_of_the_first_report_is_not() -> None:
    half = item(owner="")
    late = again(evaluated(half), item(), received="2026-03-20 08:00").build()
    found = measures(late, "improvement_defined")
    assert (found["state"], str(found["met_at"])) == ("late", "2026-03-20 08:00:00")
    slip = again(evaluated(half), item(), received="2026-02-09 08:00").build()
    assert measures(slip, "improvement_defined")["state"] == "on_time"


def test_a_shortfall_found_later_is_due_when_it_is_told_and_one_struck_out_later_stays() -> None:
    clean = item(shortfall="", improvement="", owner="", improvement_due="")
    added = measures(again(evaluated(clean), item(), received="2026-03-20 08:00").build(), "improvement_defined")
    assert (added["state"], str(added["due_at"]), added["period"]) == ("on_time", "2026-03-20 23:59:59", "2026-03")
    struck = again(
        evaluated(item(improvement="")), item(shortfall="", improvement=""), received="2026-03-20 08:00"
    ).build()
    found = measures(struck, "improvement_defined")
    assert (found["state"], "到期之后才删去所写问题" in found["due_basis"]) == ("overdue", True)
    slip = again(
        evaluated(item(improvement="")), item(shortfall="", improvement=""), received="2026-02-05 08:00"
    ).build()
    assert slip.values("select count(*) from published.obligation where metric_id like 'improvement%'") == [0]


@pytest.mark.parametrize(
    ("done", "due", "state"),
    [
        ("2026-06-30 18:00", "2026-06-30", "on_time"),
        ("2026-07-01", "2026-06-30", "late"),
        ("", "2026-06-30", "overdue"),
        ("", "2026-12-31", "pending"),
        ("2026-05-20", "", "no_deadline"),
        ("2025-12-20", "2026-06-30", "on_time"),
        ("2024-12-20", "2026-06-30", "bad_dates"),
        ("2026-04-20", "3个月内", "on_time"),
    ],
)
def test_a_measure_is_done_by_its_own_date(done: str, due: str, state: str) -> None:
    made = evaluated(item(improvement_done_at=done, improvement_due=due), received="2026-11-02 08:00").build()
    found = measures(made, "improvement_done")
    assert found["state"] == state
    assert found["period"] == (str(found["due_at"])[:7] if due else "2026-01")


def test_a_completion_told_before_it_could_be_is_a_plan() -> None:
    planned = item(improvement_done_at="2026-06-20")
    found = measures(evaluated(planned).build(), "improvement_done")
    assert (found["state"], found["met_at"]) == ("overdue", None)
    assert found["due_basis"].endswith("；所写完成时间晚于收到之日，是打算，不算完成")
    told_again = again(evaluated(planned), planned, received="2026-07-05 08:00").build()
    assert measures(told_again, "improvement_done")["state"] == "on_time"
    other = again(
        evaluated(item(improvement_done_at="2026-07-20")),
        item(improvement_done_at="2026-06-25"),
        received="2026-07-05 08:00",
    )
    assert measures(other.build(), "improvement_done")["state"] == "on_time", "a plan contradicts nothing"


def test_working_days_beyond_the_calendar_are_pending() -> None:
    made = house("2027-03-01 09:00")
    row = item(year="2026", submitted_at="2026-12-28", improvement_due="20个工作日内")
    made.ledger("self_evaluation", [row], month="2026-12", received="2026-12-29 08:00", fields=FIELDS)
    found = measures(made.build(), "improvement_done")
    assert (found["state"], found["due_at"]) == ("pending", None)
    assert "日历未发布" in found["due_basis"]


def test_a_date_moved_in_time_counts_and_one_moved_after_it_had_passed_does_not() -> None:
    moved = item(improvement_due="2026-12-31")
    early = again(evaluated(item()), moved, received="2026-06-30 08:00").build()
    assert measures(early, "improvement_done")["state"] == "pending"
    late = again(evaluated(item()), moved, received="2026-07-20 08:00").build()
    found = measures(late, "improvement_done")
    assert (found["state"], str(found["due_at"])[:10]) == ("overdue", "2026-06-30")
    assert "仍以先前所写为限" in found["due_basis"]
    twice = evaluated(item())
    again(twice, item(improvement_due="2026-09-30"), received="2026-05-20 08:00")
    again(twice, moved, received="2026-10-20 08:00")
    assert str(measures(twice.build(), "improvement_done")["due_at"])[:10] == "2026-09-30"


def test_a_measure_struck_out_after_its_day_stays_and_a_rewritten_end_contradicts() -> None:
    struck = again(evaluated(item()), item(improvement=""), received="2026-08-20 08:00").build()
    assert measures(struck, "improvement_done")["state"] == "overdue"
    made = again(
        evaluated(item(improvement_done_at="2026-07-20"), received="2026-07-25 08:00"),
        item(improvement_done_at="2026-06-20"),
        received="2026-09-20 08:00",
    )
    assert measures(made.build(), "improvement_done")["state"] == "bad_dates"


def test_without_the_columns_nothing_is_owed_and_the_month_says_why() -> None:
    made = evaluated(item(), fields=[name for name in FIELDS if name not in ("owner", "improvement_done_at")]).build()
    assert made.values("select count(*) from published.obligation where metric_id like 'improvement%'") == [0]
    assert sent(made)["state"] == "on_time"
    told = made.rows(
        "select metric_id, county_id, measurable, reason_zh from published.measurable where month = '2026-06'"
        " and metric_id like 'improvement%' and county_id in ('anhua', 'nanxian') order by 1, 2"
    )
    never = "该单位还没有报过年度自评，本指标不可测"
    assert [tuple(row.values()) for row in told] == [
        ("improvement_defined", "anhua", "no", "该单位年度自评无“改进责任人”列，本指标不可测"),
        ("improvement_defined", "nanxian", "no", never),
        ("improvement_done", "anhua", "no", "该单位年度自评无“改进完成时间”列，本指标不可测"),
        ("improvement_done", "nanxian", "no", never),
    ]


# The five fixings


def fixed(made: House, year: int, kind: str = "area", where: str = TOWN) -> dict[str, Any]:
    return duty(made, f"five_fixed/{where}/{year}/{kind}")


def registered(*rows: dict[str, str], as_of: str = "2026-11-06 09:00", received: str = "2026-03-02 10:00") -> House:
    made = house(as_of)
    made.ledger("grid", list(rows), month="2026-02", received=received)
    return made


def kept(**more: str) -> dict[str, str]:
    return grid(name="田庄乡", since="2021-05-07", **more)


def test_a_document_counts_from_its_date_and_holds_for_later_years() -> None:
    made = registered(
        kept(fixed_area="示例一号", fixed_area_on="2025-09-01", fixed_staff="", fixed_staff_on="")
    ).build()
    first, later = fixed(made, 2025), fixed(made, 2026)
    assert (first["state"], str(first["met_at"]), first["period"]) == ("on_time", "2025-09-01 00:00:00", "2025-12")
    assert (later["state"], str(later["met_at"])) == ("on_time", "2026-01-01 00:00:00")
    assert (first["subject_kind"], first["subject_id"]) == ("five_fixed", "area")
    assert first["met_row_id"] == later["met_row_id"] != None  # noqa: E711
    assert (fixed(made, 2025, "staff")["state"], fixed(made, 2026, "staff")["state"]) == ("overdue", "pending")
    unknown = fixed(made, 2025, "reward")
    assert (unknown["state"], basis(unknown)) == ("unreported", "；未报有“定奖惩”列的网格登记表")
    assert fixed(made, 2025, "area", "nanxian")["state"] == "unreported"
    assert fixed(made, 2025, "area", "anhua")["state"] == "overdue"


def test_a_document_of_the_next_year_fixes_nothing_in_this_one() -> None:
    made = registered(kept(fixed_area="示例二号", fixed_area_on="2026-01-15")).build()
    assert [fixed(made, year)["state"] for year in (2025, 2026)] == ["overdue", "on_time"]
    future = registered(kept(fixed_area="示例二号", fixed_area_on="2026-12-15")).build()
    assert fixed(future, 2026)["state"] == "pending"


def test_without_a_date_the_first_day_of_the_row_counts_and_is_said() -> None:
    found = fixed(registered(kept(fixed_area="示例一号")).build(), 2025)
    assert (found["state"], str(found["met_at"])) == ("on_time", "2025-01-01 00:00:00")
    assert basis(found) == "；登记表未写文件日期，以该行设立日期计"


def test_a_new_document_does_not_undo_the_former_and_a_corrected_date_does() -> None:
    made = registered(kept(fixed_area="示例一号", fixed_area_on="2025-09-01"))
    made.ledger("grid", [kept(fixed_area="示例二号", fixed_area_on="2026-04-01")], month="2026-05")
    assert [fixed(made.build(), year)["state"] for year in (2025, 2026)] == ["on_time", "on_time"]
    mended = registered(kept(fixed_area="示例一号", fixed_area_on="2025-09-01"))
    mended.ledger("grid", [kept(fixed_area="示例一号", fixed_area_on="2026-04-01")], month="2026-05")
    assert [fixed(mended.build(), year)["state"] for year in (2025, 2026)] == ["overdue", "on_time"]
    gone = registered(kept(fixed_area="示例一号", fixed_area_on="2025-09-01"))
    gone.ledger("grid", [kept(fixed_area="", fixed_area_on="")], month="2026-05")
    assert fixed(gone.build(), 2025)["state"] == "overdue"


def test_a_renamed_grid_keeps_what_was_fixed_and_one_that_begins_within_the_year_owes_it() -> None:
    made = registered(
        kept(fixed_area="示例一号", fixed_area_on="2025-02-01"),
        grid(since="2025-07-01", former_name="田庄乡", fixed_area=""),
        grid("430923250", "示例新镇", "2025-08-01", fixed_area="示例三号", fixed_area_on="2025-06-01"),
    )
    made.ledger("grid", [grid("430923211", "南金乡", "2021-05-07", valid_to="2025-10-01")], county="city")
    made.build()
    assert fixed(made, 2025)["state"] == "on_time"
    new = fixed(made, 2025, where="g430923250")
    assert (str(new["started_at"]), str(new["met_at"])) == ("2025-08-01 00:00:00", "2025-08-01 00:00:00")
    assert made.values(
        "select count(*) from published.obligation where grid_id = 'g430923211' and period = '2025-12'"
    ) == [0]


# Rules, meetings, self-checks


def record(kind: str, day: str, where: str = "田庄乡") -> dict[str, str]:
    return {"kind": kind, "grid": where, "held_on": day}


def recorded(*rows: dict[str, str], month: str = "2025-06", as_of: str = "2026-11-06 09:00") -> House:
    made = house(as_of)
    made.ledger("grid_record", list(rows), month=month, received=f"{month}-28 10:00")
    return made


def kept_up(made: House, year: int, kind: str, where: str = TOWN) -> dict[str, Any]:
    return duty(made, f"grid_management/{where}/{year}/{kind}")


def test_one_record_a_year_of_each_and_only_of_senders_that_send_records() -> None:
    made = recorded(record("例会", "2025-06-20"), record("会议", "2025-03-02"), record("培训", "2025-04-01")).build()
    meeting = kept_up(made, 2025, "meeting")
    assert (meeting["state"], str(meeting["met_at"])) == ("on_time", "2025-03-02 00:00:00")
    assert (meeting["subject_kind"], meeting["subject_id"], meeting["period"]) == ("grid_record", "meeting", "2025-12")
    assert kept_up(made, 2025, "rule")["state"] == kept_up(made, 2025, "self_check")["state"] == "overdue"
    assert kept_up(made, 2026, "meeting")["state"] == "pending"
    owing = made.values("select distinct county_id from published.obligation where metric_id = 'grid_management'")
    assert owing == ["anhua"]


def test_a_rule_once_made_holds_in_the_years_after_and_not_before() -> None:
    made = recorded(record("制度", "2025-06-20"), record("制度", "2025-09-01"), record("例会", "2025-06-20")).build()
    rule = kept_up(made, 2026, "rule")
    assert (rule["state"], str(rule["met_at"])) == ("on_time", "2025-06-20 00:00:00")
    older = recorded(record("制度", "2022-06-20"), record("例会", "2025-06-20")).build()
    assert kept_up(older, 2025, "rule")["state"] == "on_time"
    newer = recorded(record("例会", "2025-06-20"))
    newer.ledger("grid_record", [record("制度", "2026-03-01")], month="2026-03", received="2026-03-28 10:00")
    newer.build()
    assert (kept_up(newer, 2025, "rule")["state"], kept_up(newer, 2026, "rule")["state"]) == ("overdue", "on_time")


def test_a_year_without_any_record_sent_is_unreported_and_none_is_owed_before_the_first() -> None:
    made = recorded(record("制度", "2025-06-20"), as_of="2027-01-02 09:00").build()
    assert (kept_up(made, 2025, "meeting")["state"], kept_up(made, 2026, "meeting")["state"]) == (
        "overdue",
        "unreported",
    )
    assert basis(kept_up(made, 2026, "meeting")) == "；该年网格管理记录未报送"
    late = recorded(record("制度", "2026-06-20"), month="2026-06", as_of="2027-01-02 09:00")
    years = "select distinct period from published.obligation where metric_id = 'grid_management' order by 1"
    assert late.build().values(years) == ["2026-12", "2027-12"]
