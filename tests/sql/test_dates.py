"""Dates of a whole row: the year nobody wrote, day and clock in two columns, placeholders, limits."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from house import House, patrol, person, problem

ANCHORS = [
    ("2027-01", "12月28日", datetime(2026, 12, 28)),
    ("2026-12", "12月28日", datetime(2026, 12, 28)),
    ("2026-12", "1月31日", datetime(2027, 1, 31)),
    ("2026-12", "2月1日", datetime(2026, 2, 1)),
    ("2026-10", "12月1日", datetime(2026, 12, 1)),
    ("2026-10", "12月2日 8时30分", datetime(2025, 12, 2, 8, 30)),
    ("2028-02", "2月29日", datetime(2028, 2, 29)),
    ("2026-02", "2月29日", None),
]


def test_the_year_of_the_date_a_row_hangs_on() -> None:
    house = House(as_of="2029-01-01 09:00")
    for number, (month, written, _) in enumerate(ANCHORS):
        rows = [patrol(str(number), "田庄乡", written, "示例甲")]
        house.ledger("patrol", rows, month=month, received="2028-12-31 10:00")
        rows = [person(f"示例{number}", "田庄乡", since=written)]
        house.ledger("person", rows, month=month, received="2028-12-31 10:00")
    house.build()
    meant = [moment for _, _, moment in ANCHORS]
    assert house.values("select started_at from staging.patrol order by patrol_no") == meant
    days = [moment.date() if moment else None for moment in meant]
    assert house.values("select valid_from from staging.person order by name") == days
    found = house.values("select distinct value || ' ' || rule from published.quarantine where severity = 'reject'")
    assert found == ["2月29日 date_impossible"]


def test_other_dates_follow_the_date_the_row_hangs_on() -> None:
    cases = [
        ("12月28日", "1月15日", datetime(2027, 1, 15)),
        ("2026-12-28", "1月15日前", datetime(2027, 1, 15)),
        ("2026-12-28", "11月26日", datetime(2027, 11, 26)),
        ("2026-12-28", "11月27日", datetime(2026, 11, 27)),
        ("2026-12-28", "12月1日", datetime(2026, 12, 1)),
        ("2026-12-28", "1月底前", datetime(2027, 1, 31)),
        ("2026-12-28", "2月底", datetime(2027, 2, 28)),
        ("2026-12-28", "12月底", datetime(2026, 12, 31)),
        ("2026-07-05", "6月底前", datetime(2026, 6, 30)),
        ("2026-12-28", "2027年1月底前", datetime(2027, 1, 31)),
        ("1900-01-01", "12月10日", datetime(2026, 12, 10)),
    ]
    rows = [
        problem(f"{number:02}", discovered, due, rectified_at=due if due.endswith("日") else "")
        for number, (discovered, due, _) in enumerate(cases)
    ]
    house = House(as_of="2029-01-01 09:00")
    house.ledger("problem", rows, month="2027-01", received="2028-12-31 10:00")
    house.build()
    found = house.rows("select rectify_due_at, rectified_at from staging.problem order by problem_no")
    assert [row["rectify_due_at"] for row in found] == [meant for _, _, meant in cases]
    assert all(row["rectified_at"] in (None, row["rectify_due_at"]) for row in found)


def test_rows_written_without_years_are_read_back() -> None:
    """Patrols of fourteen months, delivered up to two months late, entered from a month before to 300 days after."""
    first, offsets = date(2026, 11, 1), [-31, -1, 0, 30, 299]
    days = [first + timedelta(days=n) for n in range(0, 425, 6)]
    rows: dict[str, list[dict[str, str]]] = {}
    meant: dict[str, tuple[date, date]] = {}
    for number, started in enumerate(days):
        entered = started + timedelta(days=offsets[number % len(offsets)])
        months = started.year * 12 + started.month - 1 + number % 3
        texts = [f"{day.month}月{day.day}日" for day in (started, entered)]
        row = patrol(f"{number:03}", "田庄乡", texts[0], "示例甲", entered_at=texts[1])
        rows.setdefault(f"{months // 12}-{months % 12 + 1:02}", []).append(row)
        meant[row["patrol_no"]] = (started, entered)
    house = House(as_of="2029-01-01 09:00")
    for month, ledger in rows.items():
        house.ledger("patrol", ledger, month=month, received="2028-12-31 10:00")
    house.build()
    found = house.rows("select patrol_no, started_at, entered_at from staging.patrol")
    assert {row["patrol_no"]: (row["started_at"].date(), row["entered_at"].date()) for row in found} == meant


def test_a_year_nobody_wrote_is_asked_for() -> None:
    house = House()
    house.ledger("problem", [problem("1", "10月8日", "12月底前", rectified_at="10月20日")])
    house.build()
    found = house.rows("select column_name, rule, severity from published.quarantine order by 1")
    assert [tuple(row.values()) for row in found] == [
        (name, "year_missing", "warn") for name in ("discovered_at", "rectified_at", "rectify_due")
    ]


def apart(number: int, change: dict[str, str]) -> dict[str, str]:
    """A patrol whose day stands apart from its clocks."""
    row = patrol(str(number), "田庄乡", "8:30", "示例甲", started_on="2026-10-08", ended_at="11:30")
    return {**row, **change}


def test_day_and_clock_in_two_columns() -> None:
    morning, noon = "2026-10-08 08:30:00 minute", "2026-10-08 11:30:00 minute"
    cases: list[tuple[dict[str, str], str, str | None]] = [
        ({}, morning, noon),
        ({"started_at": "8时30分", "ended_at": "11点"}, morning, "2026-10-08 11:00:00 minute"),
        ({"started_at": "08:30:00", "ended_at": ""}, morning, None),
        (
            {"started_at": "下午2:30", "ended_at": "下午４时"},
            "2026-10-08 14:30:00 minute",
            "2026-10-08 16:00:00 minute",
        ),
        ({"started_on": "10月8日"}, morning, noon),
        ({"started_on": "46303"}, morning, noon),
        ({"started_at": "上午"}, "2026-10-08 00:00:00 half_day", noon),
        ({"started_at": ""}, "2026-10-08 00:00:00 day", noon),
        ({"started_on": "", "started_at": "2026-10-08 8:30"}, morning, noon),
    ]
    house = House()
    house.ledger("patrol", [apart(n, change) for n, (change, *_) in enumerate(cases)])
    house.build()
    found = house.rows(
        "select started_at || ' ' || started_at_precision as started, ended_at || ' ' || ended_at_precision as ended"
        " from staging.patrol_now order by patrol_no"
    )
    assert [(row["started"], row["ended"]) for row in found] == [(started, ended) for _, started, ended in cases]
    assert house.values("select value || ' ' || rule from published.quarantine") == ["10月8日 year_missing"]


def test_day_and_clock_that_do_not_go_together() -> None:
    cases = [
        ({"started_on": ""}, [("ended_at", "date_unreadable", "warn"), ("started_at", "date_unreadable", "reject")]),
        ({"started_on": "", "started_at": "", "ended_at": ""}, [("started_at", "missing", "reject")]),
        ({"started_at": "夜间"}, [("started_at", "date_unreadable", "reject")]),
        ({"started_at": "2026-10-09 8:30"}, [("started_at", "day_mismatch", "warn")]),
        ({"ended_at": "1:30"}, [("ended_at", "ends_before_start", "warn")]),
        ({"entered_at": "9:00"}, [("entered_at", "date_unreadable", "warn")]),
    ]
    house = House()
    house.ledger("patrol", [apart(n, change) for n, (change, _) in enumerate(cases)])
    house.build()
    found = house.rows(
        "select row_number - 2 as n, column_name, rule, severity from staging.finding"
        " join raw.source_row using (row_id) order by all"
    )
    expected = [(n, *finding) for n, (_, findings) in enumerate(cases) for finding in findings]
    assert [tuple(row.values()) for row in found] == expected


def test_beginning_and_end_in_one_cell() -> None:
    start, end = "2026-10-23 14:30:00", "2026-10-23 16:00:00"
    cases: list[tuple[dict[str, str], str, str | None]] = [
        ({"started_at": "2026-10-23 14:30-16:00"}, start, end),
        ({"started_at": "2026年10月23日14时30分至16时"}, start, end),
        ({"started_at": "2026/10/23 下午2:30～4:00"}, start, end),
        ({"started_at": "2026.10.23 上午9点—下午3点半"}, "2026-10-23 09:00:00", "2026-10-23 15:30:00"),
        ({"started_at": "14:30-16:00", "started_on": "2026-10-23"}, start, end),
        ({"started_at": "2026-10-23 14:30-16:00", "ended_at": "15:10"}, start, "2026-10-23 15:10:00"),
        ({"started_at": "2026-10-23 22:00-1:00"}, "2026-10-23 22:00:00", None),
        ({"started_at": "2026-10-23 14:30"}, start, None),
    ]
    house = House()
    rows = [
        {**apart(number, {"started_on": "", "ended_at": ""}), **change} for number, (change, *_) in enumerate(cases)
    ]
    house.ledger("patrol", rows)
    house.build()
    read = house.rows("select started_at, ended_at from staging.patrol order by patrol_no")
    told = [tuple(None if moment is None else str(moment) for moment in row.values()) for row in read]
    assert told == [(first, last) for _, first, last in cases]
    found = house.rows("select value, column_name, rule, severity from published.quarantine order by row_id")
    assert [tuple(row.values()) for row in found] == [
        (change["started_at"], "started_at", "time_range", "warn") for change, *_ in cases[:-1]
    ]
    (message, mend) = house.one("select distinct message_zh, mend_zh from published.quarantine limit 1").values()
    assert "起止两个时刻" in message and "分别填进" in mend


def test_a_range_moved_into_two_columns_is_the_same_record() -> None:
    house = House()
    both = patrol("1", "田庄乡", "2026-10-23 14:30-16:00", "示例甲")
    house.ledger("patrol", [both])
    house.ledger(
        "patrol",
        [{**both, "started_at": "2026-10-23 14:30", "ended_at": "2026-10-23 16:00"}],
        received="2026-11-03 10:00",
    )
    house.build()
    assert house.values("select disposition from staging.patrol_version order by file_received_at") == [
        "accepted", "identical"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["2026-10-23 22:00-次日1:00", "2026-10-23 8-10点", "2026-10-23T14:30-05:00", "10.1-10.3"]
)
def test_a_range_that_is_not_of_one_day_s_clocks_goes_back(text: str) -> None:
    house = House()
    house.ledger("patrol", [patrol("1", "田庄乡", text, "示例甲")])
    house.build()
    assert house.values("select rule from published.quarantine") == ["date_unreadable"]
    assert "分填开始、结束两列" in house.values("select mend_zh from published.quarantine")[0]


def test_problems_and_visits_have_their_day_apart_too() -> None:
    house = House()
    house.ledger("problem", [problem("1", "9:05", discovered_on="2026-10-08")])
    visit = {"problem_no": "1", "by_grid": "田庄乡", "done_on": "10.20", "done_at": "2026-10-20 15:00", "kind": "复查"}
    house.ledger("follow_up", [visit, {**visit, "done_on": "2026.10.21", "done_at": "15时"}])
    house.build()
    assert house.values("select discovered_at from staging.problem_now") == [datetime(2026, 10, 8, 9, 5)]
    assert house.values("select done_at from staging.follow_up order by 1") == [
        datetime(2026, 10, 20, 15), datetime(2026, 10, 21, 15)
    ]  # fmt: skip
    assert house.values("select column_name || ' ' || rule from published.quarantine") == ["done_on date_unreadable"]


def test_a_day_moved_into_the_clock_is_the_same_record() -> None:
    house = House()
    house.ledger("patrol", [apart(1, {})])
    whole = patrol("1", "田庄乡", "2026-10-08 08:30", "示例甲", ended_at="2026-10-08 11:30")
    house.ledger("patrol", [whole], received="2026-11-03 10:00")
    house.build()
    assert house.rows("select accepted, identical from published.submission order by file_id") == [
        {"accepted": 1, "identical": 0}, {"accepted": 0, "identical": 1}
    ]  # fmt: skip


def test_placeholders_are_no_dates() -> None:
    texts = ["2100-01-01", "2999-12-31", "9999-12-31", "1900-01-01"]
    house = House()
    house.ledger("person", [person(f"示例{n}", "田庄乡", valid_to=text) for n, text in enumerate(texts)])
    house.ledger("problem", [problem(str(n), due=text) for n, text in enumerate(texts)])
    house.build()
    assert house.values("select valid_to from staging.person_now") == [None] * 4
    assert house.values("select rectify_due_at from staging.problem_now") == [None] * 4
    assert house.values("select rule || ' ' || severity from published.quarantine") == ["date_placeholder warn"] * 8


def test_a_date_far_ahead_is_kept_and_asked_about() -> None:
    house = House()
    rows = [problem("1", due="2031-11-02"), problem("2", due="2062-10-20"), problem("3", closed_at="2031-11-03")]
    house.ledger("problem", rows, received="2026-11-02 10:00")
    house.build()
    found = house.rows("select value, rule from published.quarantine order by 1")
    assert [tuple(row.values()) for row in found] == [("2031-11-03", "date_far"), ("2062-10-20", "date_far")]
    assert house.values("select rectify_due_at from staging.problem_now where problem_no = '2'") == [
        datetime(2062, 10, 20)
    ]


def test_a_limit_at_midnight_is_the_whole_day() -> None:
    end = datetime(2026, 10, 20, 23, 59, 59)
    cases = [
        ("2026-10-20", end),
        ("2026-10-20 0:00", end),
        ("2026-10-20 00:00:00", end),
        ("2026年10月20日0时", end),
        ("2026年10月20日24时", end),
        ("10月20日24:00", end),
        ("2026-10-20 0:30", datetime(2026, 10, 20, 0, 30)),
        ("2026年10月20日18时", datetime(2026, 10, 20, 18)),
    ]
    house = House()
    ledger: list[dict[str, str]] = []
    visits: list[dict[str, str]] = []
    visit = {"by_grid": "田庄乡", "done_at": "2026-10-12", "kind": "复查", "result": "不合格"}
    for number, (text, _) in enumerate(cases):
        ledger.append(problem(str(number), due=f"{text}前", extended_due=text))
        visits.append({"problem_no": str(number), "new_due": text, **visit})
    house.ledger("problem", ledger)
    house.ledger("follow_up", visits)
    house.build()
    for column, table in (("rectify_due_at", "problem"), ("extended_due_at", "problem"), ("new_due_at", "follow_up")):
        order = "problem_no" if table == "problem" else "problem_id"
        found = house.values(f"select {column} from published.{table} order by {order}")
        assert found == [due for _, due in cases], column


def test_spans_count_from_the_service_of_the_document() -> None:
    cases = [
        ("一个月内", datetime(2026, 2, 28, 23, 59, 59), "1个月内，自送达次日起算"),
        ("半年内", datetime(2026, 7, 31, 23, 59, 59), "6个月内，自送达次日起算"),
        ("两周内", datetime(2026, 2, 14, 23, 59, 59), "14日内，自送达次日起算"),
        ("限期十五天", datetime(2026, 2, 15, 23, 59, 59), "15日内，自送达次日起算"),
        ("尽快", None, "台账所写时限无法识别，按未定时限计"),
    ]
    rows = [problem(str(n), "2026-01-20", text, served_at="2026-01-31 10:00") for n, (text, *_) in enumerate(cases)]
    house = House()
    house.ledger("problem", rows, month="2026-01")
    house.build()
    found = house.rows("select rectify_due_at, rectify_due_basis from published.problem order by problem_no")
    assert [tuple(row.values()) for row in found] == [(due, basis) for _, due, basis in cases]
    (message,) = house.values("select message_zh from published.quarantine where rule = 'deadline_unreadable'")
    assert "不进入按期整改率" in message


def test_a_shape_without_such_a_day_says_so() -> None:
    texts = ["2026年10月32日", "2026年2月30日", "2026-13-11", "25:00", "10.25"]
    house = House()
    house.ledger("problem", [problem(str(n), registered_at=text) for n, text in enumerate(texts)])
    house.ledger("patrol", [apart(1, {"started_at": "25:00"})])
    house.build()
    found = house.rows(
        "select value, rule, severity from published.quarantine where table_name = 'problem' order by row_id"
    )
    assert [tuple(row.values()) for row in found] == [
        *((text, "date_impossible", "warn") for text in texts[:4]), ("10.25", "date_unreadable", "warn")
    ]  # fmt: skip
    (one,) = house.rows("select rule, severity, message_zh from published.quarantine where table_name = 'patrol'")
    assert (one["rule"], one["severity"]) == ("date_impossible", "reject")
    assert "没有这一天" in one["message_zh"]
    (mend,) = house.values("select mend_zh from published.quarantine where rule = 'date_unreadable'")
    assert "10.25、10/25 请写成 2026-10-25" in mend


def test_a_deadline_of_hours_and_of_no_day() -> None:
    texts = ["24小时内", "即知即改", "持续整改", "36小时内", "2026年10月25日（已延期）"]
    house = House()
    house.ledger("problem", [problem(str(n), "2026-10-08 09:00", text) for n, text in enumerate(texts)])
    house.build()
    end = datetime(2026, 10, 8, 23, 59, 59)
    found = house.values("select rectify_due_at from published.problem order by problem_no")
    assert found == [end + timedelta(days=1), end, None, None, end + timedelta(days=17)]
    assert house.values("select value || ' ' || rule from published.quarantine order by row_id") == [
        "36小时内 deadline_unreadable", "2026年10月25日（已延期） date_remark"
    ]  # fmt: skip


DONE = datetime(2026, 10, 18)


@pytest.mark.parametrize(
    ("text", "meant", "rules"),
    [
        *((text, None, ["date_undone"]) for text in (
            "2026-10-18（停产整治中）", "2026-10-18（尚有尾工）", "2026-10-18（基本完成）",
            "2026-10-18（已移交住建局）",
            "2026-10-18(整改中)", "2026年10月18日已移送县自然资源局",
        )),
        *((text, None, ["date_unreadable"]) for text in ("2026-10-18（整改率60%）", "2026-10-18（未完成，已停产）")),
        *((text, DONE, []) for text in (
            "2026-10-18", "2026-10-18（星期日）", "2026-10-18（已完成）", "2026-10-18（已整改到位）",
            "2026-10-18（待复查）",
            "2026年10月18日已完成整改",
        )),
        *((text, DONE, ["date_remark"]) for text in (
            "2026-10-18已关停", "2026-10-18（停产）", "2026-10-18（示例说明）",
        )),
    ],
)  # fmt: skip
def test_words_behind_a_completion_that_say_it_is_not_done_make_it_none(
    text: str, meant: datetime | None, rules: list[str]
) -> None:
    house = House()
    house.ledger("problem", [problem("1", rectified_at=text)])
    house.build()
    assert house.values("select rectified_at from staging.problem") == [meant]
    assert house.values("select rule from published.quarantine where severity = 'warn'") == rules
    if rules == ["date_undone"]:
        found = house.one("select state from published.obligation where obligation_id = 'rectification/anhua/1/r1'")
        assert found["state"] == "overdue"


def test_words_behind_another_date_cost_it_nothing_and_are_asked_about() -> None:
    house = House()
    row = problem(
        "1", "2026-10-08（群众反映）", registered_at="2026-10-09（已移交示例局）", closed_at="2026-10-20（基本完成）"
    )
    house.ledger("problem", [row])
    house.ledger("person", [person("示例甲", "田庄乡", since="2026-01-01（补登）")])
    house.build()
    (found,) = house.rows("select discovered_at, registered_at, closed_at from staging.problem_now")
    assert list(found.values()) == [datetime(2026, 10, 8), datetime(2026, 10, 9), datetime(2026, 10, 20)]
    asked = house.rows("select column_name, rule from published.quarantine order by column_name")
    assert [tuple(row.values()) for row in asked] == [
        (name, "date_remark") for name in ("closed_at", "discovered_at", "registered_at")
    ]


@pytest.mark.parametrize(
    ("progress", "rules"), [("未完成", ["done_but_unfinished"]), ("整改中", ["done_but_unfinished"]), ("已完成", [])]
)
def test_a_completion_beside_unfinished_progress_is_asked_about(progress: str, rules: list[str]) -> None:
    house = House()
    house.ledger("problem", [problem("1", rectified_at="2026-10-18", progress=progress)])
    house.build()
    assert house.values("select rule from published.quarantine") == rules
    found = house.one("select state from published.obligation where obligation_id = 'rectification/anhua/1/r1'")
    assert found["state"] == "on_time"
