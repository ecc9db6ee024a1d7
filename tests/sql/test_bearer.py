"""Who answers for a problem, who may give it time, and what is told only after the end: the pen moves none of them.

Many problems share one house, each a case by its name, so that what a case needs stands in one place.
"""

from __future__ import annotations

import pytest
from house import House, patrol, person, problem
from told import CITY, DEC, FULL, NOV, OCT, U1, VISITS, Told, duty

COUNTY, TOWN = {"duty_grid": "安化县"}, {"duty_grid": "田庄乡"}
TOWN_ID = "g430923209"


def given(to: str, by: str = U1, on: str = "2026-10-15", **more: str) -> dict[str, str]:
    return {"extended_due": to, "extension_approved_by": by, "extension_approved_at": on, **more}


REST = {"closure": "缓办", "extension_approved_at": "2026-10-15"}
CASES: dict[str, tuple[list[tuple[tuple[str, str], dict[str, str]]], tuple[str, str], str]] = {
    "moved": ([(OCT, COUNTY), (DEC, TOWN)], ("anhua", "overdue"), "改写责任单位为田庄乡，仍按到期时的责任单位"),
    "assigned": ([(OCT, COUNTY), (("2026-10-19", "2026-10"), TOWN)], (TOWN_ID, "overdue"), ""),
    "unread": ([(OCT, TOWN), (DEC, {"duty_grid": "田庄乡政府办某某"})], (TOWN_ID, "overdue"), ""),
    "blank": ([(OCT, TOWN), (DEC, {})], (TOWN_ID, "overdue"), ""),
    "never": ([(OCT, {})], ("anhua", "overdue"), ""),
    # An empty cell said nothing: filled after the end, it is a first statement.
    "stated late": ([(OCT, {}), (DEC, TOWN)], (TOWN_ID, "overdue"), ""),
    "all late": ([(NOV, COUNTY), (DEC, TOWN)], ("anhua", "overdue"), "仍按首次所写的责任单位"),
    "own extension": (
        [(OCT, COUNTY), (DEC, TOWN | given("2026-12-31", "安化县"))],
        ("anhua", "overdue"), "延期由“安化县”批准，不是责任网格的上级",
    ),
    "own rest": (
        [(OCT, COUNTY), (DEC, TOWN | REST | {"extension_approved_by": "安化县"})],
        ("anhua", "overdue"), "缓办未见上级批准",
    ),
    "county above": ([(OCT, TOWN | given("2026-12-31", "安化县"))], (TOWN_ID, "pending"), "经批准延期"),
    "deputy": ([(OCT, given("2026-12-31", "示例代理"))], ("anhua", "pending"), "经批准延期"),
    "deputy before": ([(OCT, given("2026-12-31", "示例代理", "2026-10-09"))], ("anhua", "overdue"), "认不出"),
    "deputy below": ([(OCT, given("2026-12-31", "示例县代理"))], ("anhua", "overdue"), "认不出"),
    "unapproved": ([(OCT, {"extended_due": "2026-12-31"})], ("anhua", "overdue"), "延期至“2026-12-31”但未写批准单位"),
    "approval late told": (
        [(OCT, {}), (NOV, {}), (DEC, given("2026-12-31"))], ("anhua", "pending"), "批准日期在时限前，台账在时限后才报",
    ),
    "approval first told": ([(NOV, given("2026-12-31"))], ("anhua", "pending"), "经批准延期"),
    "spot late": (
        [(OCT, {"corrected_on_spot": "否"}), (DEC, {"corrected_on_spot": "是"})],
        ("anhua", "on_time"), "时限之后才改写为现场整改",
    ),
    "spot": ([(DEC, {"corrected_on_spot": "是"})], ("anhua", "on_time"), ""),
}  # fmt: skip


@pytest.fixture(scope="module")
def house() -> House:
    told = Told()
    for number, (versions, _, _) in enumerate(CASES.values(), 1):
        told.case(str(number), *((*when, row) for when, row in versions))
    away = {"kind": "请假", "valid_to": "2026-10-25"}
    roster = [person("示例单元长", U1, "网格长"), person("示例县长", "安化县", "网格长")]
    leave = [
        person("示例单元长", U1, "网格长", "2026-10-10", deputy="示例代理", **away),
        person("示例县长", "安化县", "网格长", "2026-10-10", deputy="示例县代理", **away),
    ]
    for place, county in ((U1, "city"), ("安化县", "anhua")):
        told.house.ledger("person", [row for row in (*roster, *leave) if row["grid"] == place], county=county)
    return told.build()


@pytest.mark.parametrize("name", CASES)
def test_the_bearer_when_the_end_passed_answers(house: House, name: str) -> None:
    _, expected, said = CASES[name]
    found = duty(house, str(list(CASES).index(name) + 1))
    assert (found["grid_id"], found["state"]) == expected, found["due_basis"]
    assert said in found["due_basis"]
    is_told_late = "台账在时限后才报" in found["due_basis"] or "才改写为现场整改" in found["due_basis"]
    assert is_told_late == (name in {"approval late told", "spot late"})
    if not said:
        assert "改写" not in found["due_basis"]


def rounds(house: House, number: str = "A") -> list[tuple[str, str, str | None, bool]]:
    """Grid, state, counting end and whether it was extended, round by round."""
    found = house.rows(
        f"select * from published.obligation where obligation_id like 'rectification/anhua/{number}/%' order by round"
    )
    return [
        (one["grid_id"], one["state"], str(one["due_at"])[5:10] if one["due_at"] else None, one["is_extended"])
        for one in found
    ]


def basis(house: House, number: int) -> str:
    query = "select due_basis from published.obligation where obligation_id like 'rectification/anhua/%' order by round"
    return str(house.values(query)[number - 1])


def visited(*told: tuple[str, str, str], ledgers: list[tuple[str, str, dict[str, str]]] | None = None) -> House:
    """Problem A done on 18 October and found wanting on the 25th; `told` is (received, month, new deadline)."""
    house = House(as_of="2026-12-20 09:00")
    done = {"rectified_at": "2026-10-18"}
    for received, month, row in ledgers or [("2026-11-02", "2026-10", {})]:
        cells = {**dict.fromkeys(FULL, ""), **problem("A", **done | row)}
        house.ledger("problem", [cells], received=f"{received} 10:00", month=month, fields=FULL)
    for received, month, new_due in told:
        visit = {"problem_no": "A", "by_grid": "安化县", "done_at": "2026-10-25", "kind": "复查", "result": "不合格"}
        rows = [visit | {"new_due": new_due}]
        house.ledger("follow_up", rows, received=f"{received} 11:00", month=month, fields=VISITS)
    return house.build()


SECOND = [("2026-10-26", "2026-10", "2026-11-05")]


@pytest.mark.parametrize(
    ("on", "state", "end"),
    [("2026-11-03", "on_time", "11-30"), ("2026-11-06", "late", "11-05"), ("2026-10-19", "late", "11-05")],
)
def test_an_extension_belongs_to_the_round_open_when_it_was_approved(on: str, state: str, end: str) -> None:
    later = given("2026-11-30", on=on, rectified_at="2026-11-25")
    house = visited(*SECOND, ledgers=[("2026-11-02", "2026-10", {}), ("2026-12-02", "2026-11", later)])
    assert rounds(house)[1] == ("anhua", state, end, state == "on_time")
    if on > "2026-10-25":
        assert basis(house, 1) == "台账所写整改时限"
    assert ("这次延期不算" in basis(house, 2)) == (on == "2026-11-06")


@pytest.mark.parametrize(
    ("told", "expected", "said"),
    [
        pytest.param([("2026-11-02", "2026-10", "2026-10-30"), ("2026-12-02", "2026-11", "2026-12-31")],
                     ("overdue", "10-30"), "后来所写整改时限为2026-12-31", id="rewritten"),
        pytest.param([("2026-10-26", "2026-10", "2026-10-30"), ("2026-10-29", "2026-10", "2026-12-31")],
                     ("pending", "12-31"), "作过更正", id="corrected"),
        pytest.param([("2026-10-26", "2026-10", "2026-10-30"), ("2026-10-31", "2026-10", "2026-12-31")],
                     ("overdue", "10-30"), "后来所写", id="corrected when it had passed"),
        pytest.param([("2026-10-26", "2026-10", "2026-12-31"), ("2026-12-02", "2026-11", "2026-10-30")],
                     ("bad_dates", "12-31"), "前后两个时限结果不同", id="made earlier when it had passed"),
        pytest.param([("2026-10-26", "2026-10", "2026-10-30"), ("2026-12-02", "2026-11", "")],
                     ("overdue", "10-30"), "现行记录未写重新整改时限", id="wiped"),
        pytest.param([("2026-10-26", "2026-10", ""), ("2026-12-02", "2026-11", "2026-12-31")],
                     ("pending", "12-31"), "", id="told for the first time"),
        pytest.param([("2026-10-26", "2026-10", "2026-10-20"), ("2026-12-02", "2026-11", "2026-12-31")],
                     ("pending", "12-31"), "", id="before the visit, then possible"),
        pytest.param([("2026-10-26", "2026-10", "2026-10-20")], ("bad_dates", "10-20"), "", id="before the visit"),
        pytest.param([("2026-10-26", "2026-10", "")], ("no_deadline", None), "未写重新整改时限", id="none"),
    ],
)  # fmt: skip
def test_the_new_deadline_told_first_binds(
    told: list[tuple[str, str, str]], expected: tuple[str, str | None], said: str
) -> None:
    house = visited(*told)
    assert rounds(house)[1][1:3] == expected, basis(house, 2)
    assert said in basis(house, 2)


def test_a_new_deadline_told_in_the_ledger_first_binds_the_book_of_visits() -> None:
    house = House(as_of="2026-12-20 09:00")
    failed = {"reinspected_at": "2026-10-25", "reinspection_result": "不合格", "new_due": "2026-10-30"}
    house.ledger("problem", [problem("A", rectified_at="2026-10-18", **failed)])
    visit = {"problem_no": "A", "by_grid": "安化县", "done_at": "2026-10-25", "kind": "复查", "result": "不合格"}
    rows = [visit | {"new_due": "2026-12-31"}]
    house.ledger("follow_up", rows, received="2026-12-02 10:00", month="2026-11", fields=VISITS)
    assert [one[1:3] for one in rounds(house.build())] == [("on_time", "10-20"), ("overdue", "10-30")]


def test_each_round_is_answered_for_by_who_bore_it_when_it_ended() -> None:
    ledgers = [("2026-10-16", "2026-10", COUNTY), ("2026-10-28", "2026-11", TOWN)]
    house = visited(*SECOND, ledgers=ledgers)
    assert [one[0] for one in rounds(house)] == ["anhua", TOWN_ID]
    assert "改写责任单位" in basis(house, 1)
    assert "改写责任单位" not in basis(house, 2)
    assert house.values("select duty_grid_id from published.problem") == [TOWN_ID]


@pytest.mark.parametrize("october", ["2026-11-02", "2026-12-03"])
def test_the_order_of_receipt_decides_no_chain(october: str) -> None:
    house = House(as_of="2026-12-20 09:00")
    second = given("2026-12-31", CITY, "2026-11-09", rectified_at="2026-12-01")
    for received, month, row in ((october, "2026-10", given("2026-11-10")), ("2026-12-02", "2026-11", second)):
        house.ledger("problem", [problem("A", **row)], received=f"{received} 10:00", month=month, fields=FULL)
    assert rounds(house.build()) == [("anhua", "on_time", "12-31", True)]


def test_what_is_placed_in_the_whole_city_is_owed_by_nobody_and_told_to_the_sender() -> None:
    house = House()
    rows = [
        problem("A", grid="益阳市", rectified_at="", duty_grid=""),
        problem("B", grid="益阳市", rectified_at="", duty_grid="第一网格单元"),
        problem("C", rectified_at="", duty_grid=""),
    ]
    file_id = house.ledger("problem", rows, county="city")
    went = patrol("1", "益阳市", "2026-10-08 09:00", "示例甲", entered_at="2026-10-09")
    house.ledger("patrol", [went], county="city")
    house.build()
    assert (
        house.values("select obligation_id from published.obligation where owner_level = 0 or grid_id = 'city'") == []
    )
    owners = house.rows(
        "select right(subject_id, 1) as no, grid_id from published.obligation"
        " where metric_id = 'rectification' and subject_kind = 'problem' order by 1"
    )
    assert owners == [{"no": "B", "grid_id": "u1"}, {"no": "C", "grid_id": "anhua"}]
    found = house.rows("select row_id, table_name, severity, message_zh from published.quarantine order by 2, 1")
    told = [row for row in found if "是全市" in row["message_zh"]]
    assert [(row["table_name"], row["severity"]) for row in told] == [
        ("patrol", "warn"), ("problem", "warn"), ("problem", "warn"),
    ]  # fmt: skip
    assert [row["row_id"] for row in told[1:]] == [f"{file_id}#csv!2", f"{file_id}#csv!3"]
    assert "所在网格写的“益阳市”是全市" in told[0]["message_zh"]
