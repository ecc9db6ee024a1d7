"""Whether what was put right stayed so, how it was closed, what was enforced, and what random back-checks found."""

from __future__ import annotations

import pytest
from house import House, patrol, problem
from indicator_house import TIANZHUANG, facts, number, subjects, value


@pytest.fixture(scope="module")
def recurred() -> House:
    """As of 2026-11-06 09:00: ninety whole days have passed since 2026-08-07, not since 2026-08-08."""
    house = House()

    def cleared(number: str, day: str, **more: str) -> dict[str, str]:
        given = {"site": f"示例企业{number}", "rectified_at": day, "cleared_at": day, **more}
        return problem(number, "2026-05-01", "2026-12-20", **given)

    def new(number: str, day: str, of: str, **more: str) -> dict[str, str]:
        return problem(number, day, "2026-12-20", **{"site": f"示例企业{of}", "cleared_at": "", **more})

    house.ledger(
        "problem",
        [
            cleared("A", "2026-06-01"), new("A2", "2026-08-30", "A"),
            cleared("B", "2026-06-01"), new("B2", "2026-08-31", "B"),
            cleared("C", "2026-06-01"), new("C2", "2026-06-01", "C"),
            cleared("D", "2026-06-01"), new("D2", "2026-06-20", "D", category="大气"),
            cleared("E", "2026-08-07"), cleared("F", "2026-08-08"),
            cleared("G", "2026-06-01", site=""),
            cleared("H", "2026-06-01", cleared_at=""), new("H2", "2026-06-20", "H"),
            cleared("I", "2026-06-01", closure="作废"),
            cleared("J", "2026-06-01"), new("J2", "2026-06-20", "J", is_duplicate="是"),
        ],
    )  # fmt: skip
    house.ledger("problem", [new("B3", "2026-06-20", "B", grid="修山镇")], county="taojiang")
    return house.build()


def test_the_same_site_and_kind_within_ninety_days_of_clearing(recurred: House) -> None:
    assert subjects(recurred, "recurrence_rate") == ["A", "B", "C", "D", "E", "H", "J"]
    assert subjects(recurred, "recurrence_rate", counted=True) == ["A", "H"]


def test_recurrence_stands_in_the_month_of_clearing(recurred: House) -> None:
    june = value(recurred, "recurrence_rate", TIANZHUANG, "2026-06")
    assert june is not None
    assert (june["numerator"], june["denominator"], june["n"]) == (2, 6, 6)
    assert number(recurred, "recurrence_rate", "city", "2026", "year") == pytest.approx(2 / 7)


def test_the_row_behind_it_is_the_new_problem(recurred: House) -> None:
    (told,) = recurred.values(
        "select problem.problem_id from published.indicator_row as part"
        " join published.problem as problem on problem.row_id = part.row_id"
        " where part.indicator_id = 'recurrence_rate' and part.subject_id = 'anhua/A'"
    )
    assert told == "anhua/A2"


def test_failed_reinspections_by_who_handles_it() -> None:
    house = House()
    house.ledger("problem", [problem("A", duty_grid="田庄乡", rectified_at="2026-10-10"), problem("B")])
    fields = ["problem_no", "by_grid", "done_at", "kind", "result"]
    visits = [
        ("A", "2026-10-15", "复查", "不合格"), ("A", "2026-10-25", "回头看", "合格"),
        ("B", "2026-10-20", "验收", "部分"), ("B", "2026-10-21", "督办", "不合格"), ("B", "2026-10-28", "复查", ""),
        ("Z", "2026-10-28", "复查", "合格"), ("B", "2026-10-20", "复查", "不合格"), ("A", "2026-10-15", "复查", "合格"),
    ]  # fmt: skip
    house.ledger(
        "follow_up",
        [dict(zip(fields, (n, "安化县", day, kind, result), strict=True)) for n, day, kind, result in visits],
        fields=fields,
    )
    house.build()
    assert [(grid, n, d) for grid, _, _, n, d in facts(house, "rework_rate")] == [
        ("anhua", 1, 1), (TIANZHUANG, 1, 1), (TIANZHUANG, 0, 1), (TIANZHUANG, 0, 1),
    ]  # fmt: skip
    assert number(house, "rework_rate", "anhua", "2026-10") == 0.5


def test_random_backchecks_that_could_be_told() -> None:
    house = House()
    house.ledger("patrol", [patrol("7", "田庄乡", "2026-10-08", "示例甲")])
    house.ledger("problem", [problem("A", grid="梅城镇")])
    words = ("查实", "部分查实", "查否", "无法查证")
    checks = [
        *({"patrol_no": "7", "result": word, "sampled_by": "随机", "checker": f"示例{word}"} for word in words),
        {"problem_no": "A", "result": "查实", "sampled_by": "随机", "checker": "示例丙"},
        {"patrol_no": "7", "result": "查否", "sampled_by": "定向", "checker": "示例丁"},
    ]
    fields = ["patrol_no", "problem_no", "grid", "sampled_by", "checked_at", "checker", "result"]
    house.ledger("backcheck", [{"checked_at": "2026-10-20 10:00", **check} for check in checks], fields=fields)
    house.build()
    found = value(house, "backcheck_agreement", TIANZHUANG, "2026-10")
    assert found is not None
    assert (found["numerator"], found["denominator"]) == (1, 3)
    assert number(house, "backcheck_agreement", "anhua", "2026-10") == 0.5


def test_how_problems_were_closed() -> None:
    house = House()
    minute = {"discovered": "2026-10-08 09:30", "due": "2026-12-20"}
    house.ledger(
        "problem",
        [
            problem("A", **minute, closed_at="2026-10-08 09:30", closure="强制办结"),
            problem("B", **minute, closed_at="2026-10-08 09:31", closure="正常办结"),
            problem("C", **minute, closed_at="2026-10-09 11:15", registered_at="2026-10-09 11:15"),
            problem("D", **minute, closed_at="2026-10-08", closure="强制办结"),
            problem("E", "2026-10-08", "2026-12-20", closed_at="2026-10-08 09:30"),
            problem("F", **minute, closed_at="2026-10-08 09:30", closure="作废"),
            problem("G", **minute, closed_at="2026-10-08 09:30", closure="缓办"),
            problem("H", **minute, closed_at="2026-12-01 09:30"),
        ],
        fields=[*problem("A"), "registered_at"],
    )
    lacking = [name for name in problem("A") if name != "closure"]
    house.ledger("problem", [problem("X", **minute, closed_at="2026-10-08 09:30", grid="修山镇")], county="taojiang",
                 fields=lacking)  # fmt: skip
    house.build()
    assert subjects(house, "forced_closure_rate") == ["A", "B", "C", "D", "E"], "nobody knows how X was closed"
    assert subjects(house, "forced_closure_rate", counted=True) == ["A", "D"]
    assert subjects(house, "closed_in_the_minute_rate") == ["A", "B", "C", "X"]
    assert subjects(house, "closed_in_the_minute_rate", counted=True) == ["A", "C", "X"]
    assert house.one(
        "select measurable, reason_zh from published.measurable where metric_id = 'forced_closure_rate'"
        " and county_id = 'taojiang' and month = '2026-10'"
    ) == {"measurable": "no", "reason_zh": "该县台账无“办结方式”列，本数值不可测"}


def test_enforcement_belongs_to_who_may_enforce() -> None:
    house = House()
    case = {"duty_grid": "田庄乡", "due": "2026-12-20"}
    house.ledger(
        "problem",
        [
            problem(
                "A", **case, filed_at="2026-10-10", decided_at="2026-11-01", fine_amount="1000.25", measures="查封设备"
            ),
            problem("B", **case, fine_amount="500", closed_at="2026-10-30", measures="责令改正"),
            problem("C", **case, fine_amount="700", measures="拟查封"),
            problem("D", **case, filed_at="2026-12-10", measures="不予移送；责令停产"),
            problem("F", **case, measures="查封；移送公安拘留"),
            problem("H", **case, measures="未移送检察；已移送公安"),
            problem("I", **case, measures="解除查封，建议移送，不再扣押，无需限产"),
            problem("G", **case, measures="拟移送涉罪", referred_at="2026-10-11", referred_to="示例大队"),
            problem("E", **case, filed_at="2026-10-12", fine_amount="900", decided_at="2026-10-12", is_duplicate="是"),
        ],
        fields=[*problem("A"), "filed_at", "decided_at", "fine_amount", "measures", "referred_at", "referred_to"],
    )
    house.build()
    names = ("filed", "fine", "measures", "transfers")
    assert {grid for name in names for grid, *_ in facts(house, f"enforcement_{name}")} == {"anhua"}
    assert subjects(house, "enforcement_filed") == ["A"], "what is filed after the moment is not filed"
    assert number(house, "enforcement_fine", "anhua", "2026-10") == 500
    assert number(house, "enforcement_fine", "city", "2026", "year") == 1500.25
    assert subjects(house, "enforcement_measures") == ["A", "D", "F", "H"], "one that names two measures is one"
    assert subjects(house, "enforcement_transfers") == ["F", "H"], "a referral for want of authority is none"
