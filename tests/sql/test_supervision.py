"""Back-checks matched to what they checked; records of running a grid; decisions on people."""

from __future__ import annotations

from datetime import date, datetime

from house import House, patrol, person, problem


def check(**more: str) -> dict[str, str]:
    given = {
        "patrol_no": "", "problem_no": "", "grid": "", "sampled_by": "随机", "checked_at": "2026-10-20 10:00",
        "checker": "示例丙、示例丁", "result": "查实", "note": "",
    }  # fmt: skip
    return {**given, **more}


def test_a_backcheck_finds_its_patrol_and_its_problem() -> None:
    house = House()
    house.ledger("patrol", [patrol("7", "田庄乡", "2026-10-08", "示例甲")])
    house.ledger("problem", [problem("A")])
    house.ledger("backcheck", [check(patrol_no="7"), check(problem_no="A", result="部分查实"), check(patrol_no="99"),
                               check(patrol_no="7", problem_no="B")])  # fmt: skip
    house.build()
    rows = house.rows("select * from published.backcheck order by length(row_id), row_id")
    assert [(row["patrol_id"], row["problem_id"], row["match_state"], row["result"]) for row in rows] == [
        ("anhua/7", None, "found", "confirmed"),
        (None, "anhua/A", "found", "partly"),
        (None, None, "none", "confirmed"),
        ("anhua/7", None, "partly", "confirmed"),
    ]
    first = rows[0]
    assert (first["sampled_by"], first["checker"], first["checked_at"]) == (
        "random", "示例丙、示例丁", datetime(2026, 10, 20, 10),
    )  # fmt: skip
    assert house.values(f"select table_name from published.source_row where row_id = '{first['row_id']}'") == [
        "backcheck"
    ]


def test_the_detachment_checks_any_county_and_a_number_met_twice_is_certain_only_with_its_grid() -> None:
    house = House()
    house.ledger(
        "patrol", [patrol("7", "田庄乡", "2026-10-08", "示例甲"), patrol("8", "田庄乡", "2026-10-09", "示例甲")]
    )
    house.ledger("patrol", [patrol("7", "修山镇", "2026-10-08", "示例乙")], county="taojiang")
    checks = [
        check(patrol_no="8"),
        check(patrol_no="7"),
        check(patrol_no="7", grid="修山镇"),
        check(patrol_no="8", grid="修山镇"),
    ]
    house.ledger("backcheck", checks, county="city")
    house.ledger("backcheck", [check(patrol_no="7", checker="示例戊")], county="anhua")
    house.build()
    rows = house.rows(
        "select patrol_id, match_state from published.backcheck order by county_id, length(row_id), row_id"
    )
    assert [(row["patrol_id"], row["match_state"]) for row in rows] == [
        ("anhua/7", "found"), ("anhua/8", "found"), (None, "several"), ("taojiang/7", "found"), (None, "none"),
    ]  # fmt: skip


def test_backchecks_that_go_back_are_kept_with_a_warning_or_have_not_happened() -> None:
    changes = [
        ({"patrol_no": ""}, "backcheck_of_nothing", "patrol_no", "reject"),
        ({"result": "还行"}, "word_unknown", "result", "reject"),
        ({"result": ""}, "missing", "result", "reject"),
        ({"checker": ""}, "missing", "checker", "reject"),
        ({"checked_at": "2026-11-03"}, "in_future", "checked_at", "reject"),
        ({"sampled_by": ""}, "missing", "sampled_by", "reject"),
        ({"sampled_by": "抓阄"}, "word_unknown", "sampled_by", "warn"),
        ({"grid": "无此乡"}, "grid_unknown", "grid", "warn"),
    ]
    house = House(as_of="2026-10-25 09:00")
    rows = [{**check(patrol_no=str(i)), **change} for i, (change, *_) in enumerate(changes)]
    house.ledger("backcheck", [*rows, check(patrol_no="later", checked_at="2026-10-26")], received="2026-10-25 08:00")
    house.build()
    found = house.rows("select * from published.quarantine order by length(row_id), row_id")
    expected = [tuple(told) for _, *told in changes] + [("in_future", "checked_at", "reject")]
    assert [(row["rule"], row["column_name"], row["severity"]) for row in found] == expected
    assert house.values("select count(*) from published.backcheck") == [2]
    assert house.rows("select found, accepted, rejected from published.submission") == [
        {"found": 9, "accepted": 2, "rejected": 7}
    ]


def test_a_changed_result_is_a_revision() -> None:
    house = House()
    house.ledger("backcheck", [check(patrol_no="7")], received="2026-11-01 08:00")
    house.ledger("backcheck", [check(patrol_no="7", result="查否")], received="2026-11-02 08:00")
    house.build()
    assert house.rows("select table_name, field, old, new from published.revision") == [
        {"table_name": "backcheck", "field": "result", "old": "confirmed", "new": "refuted"}
    ]
    assert house.rows("select result, version_no from published.backcheck") == [{"result": "refuted", "version_no": 2}]


def record(**more: str) -> dict[str, str]:
    return {"kind": "例会", "grid": "安化县", "held_on": "2026-10-09", "subject": "示例例会", "document_no": "", **more}


def test_records_of_running_a_grid() -> None:
    changes = [
        ({}, None, None, None),
        ({"kind": "实施方案", "document_no": "安环〔2026〕1号"}, None, None, None),
        ({"kind": "茶话会"}, "word_unknown", "kind", "reject"),
        ({"grid": ""}, "missing", "grid", "reject"),
        ({"held_on": "2026-13-01"}, "date_impossible", "held_on", "reject"),
        ({"held_on": "2026-12-01"}, "in_future", "held_on", "reject"),
        ({"kind": "制度"}, "document_unnumbered", "document_no", "warn"),
    ]
    house = House()
    house.ledger("grid_record", [record(**change) for change, *_ in changes], received="2026-11-01 08:00")
    house.ledger("grid_record", [record(subject="改名")], received="2026-11-02 08:00", month="2026-11")
    house.build()
    found = house.rows("select * from published.quarantine order by length(row_id), row_id")
    expected = [tuple(told) for _, *told in changes if told[0]]
    assert [(row["rule"], row["column_name"], row["severity"]) for row in found] == expected
    rows = house.rows("select kind, grid_id, held_on, subject, version_no from published.grid_record order by kind")
    assert [tuple(row.values()) for row in rows] == [
        ("meeting", "anhua", date(2026, 10, 9), "改名", 2),
        ("rule", "anhua", date(2026, 10, 9), "示例例会", 1),
        ("scheme", "anhua", date(2026, 10, 9), "示例例会", 1),
    ]
    assert house.values("select field from published.revision") == ["subject"]
    assert house.values("select count(*) from published.grid_record where row_id is null") == [0]


def decision(**more: str) -> dict[str, str]:
    given = {
        "person": "示例甲、示例乙", "grid": "田庄乡", "post": "网格员", "matter": "未按要求巡查",
        "decided_on": "2026-10-15", "measure": "约谈", "document_no": "",
    }  # fmt: skip
    return {**given, **more}


def test_decisions_on_people() -> None:
    changes = [
        ({}, None, None, None),
        ({"person": ""}, "missing", "person", "reject"),
        ({"matter": "", "person": "示例戊"}, "missing", "matter", "reject"),
        ({"grid": "无此乡", "person": "示例戊"}, "grid_unknown", "grid", "reject"),
        ({"decided_on": "2026-12-15", "person": "示例戊"}, "in_future", "decided_on", "reject"),
        ({"measure": "", "person": "示例戊"}, "missing", "measure", "reject"),
        ({"measure": "罚站", "person": "示例丙"}, "word_unknown", "measure", "warn"),
        ({"measure": "通报批评", "person": "示例丁"}, "document_unnumbered", "document_no", "warn"),
    ]
    house = House()
    house.ledger("accountability", [decision(**change) for change, *_ in changes], received="2026-11-01 08:00")
    house.ledger("accountability", [decision(measure="诫勉谈话")], received="2026-11-02 08:00", month="2026-11")
    house.build()
    found = house.rows("select * from published.quarantine order by length(row_id), row_id")
    expected = [tuple(told) for _, *told in changes if told[0]]
    assert [(row["rule"], row["column_name"], row["severity"]) for row in found] == expected
    rows = house.rows(
        "select person, grid_id, decided_on, measure, version_no from published.accountability order by 1"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("示例丁", "g430923209", date(2026, 10, 15), "criticism", 1),
        ("示例丙", "g430923209", date(2026, 10, 15), None, 1),
        ("示例甲、示例乙", "g430923209", date(2026, 10, 15), "admonition", 2),
    ]
    assert house.rows("select field, old, new from published.revision") == [
        {"field": "measure", "old": "talk", "new": "admonition"}
    ]
    assert house.values("select count(*) from published.accountability where row_id is null") == [0]


def test_a_decision_is_linked_to_its_problem_and_its_grid() -> None:
    """By the number as written, in its own ledger; without a grid by the post of everybody named; else by neither."""
    house = House()
    posts = [("示例甲", "田庄乡"), ("示例乙", "梅城镇")]
    house.ledger("person", [person(name, grid) for name, grid in posts], received="2026-10-01 08:00")
    house.ledger("problem", [problem("007"), problem("8", discovered="2026-10-20", due="2026-10-30")])
    house.ledger("accountability", [
        decision(problem_no="7"), decision(person="示例乙", problem_no="8", measure="通报批评", document_no="示例1号"),
    ])  # fmt: skip
    without_grid = [
        decision(person="示例甲", problem_no="99"), decision(person="示例甲、示例乙"), decision(person="示例戊"),
    ]  # fmt: skip
    house.ledger("accountability", without_grid, fields=["person", "matter", "decided_on", "measure", "problem_no"])
    house.build()
    rows = house.rows("select * from published.accountability order by length(row_id), row_id")
    assert [(row["grid_id"], row["grid_basis"], row["problem_id"]) for row in rows] == [
        ("g430923209", "told", "anhua/007"),
        ("g430923209", "told", None),  # decided before that problem was found
        ("g430923209", "post", None),
        (None, "none", None),
        (None, "none", None),
    ]
    counts = house.rows(
        "select grid_id, year, measure, acts, of_problems from published.accountability_count order by 1, 3"
    )
    assert [tuple(row.values()) for row in counts] == [
        ("g430923209", 2026, "criticism", 1, 0),
        ("g430923209", 2026, "talk", 2, 1),
        ("unknown", 2026, "talk", 2, 0),
    ]
