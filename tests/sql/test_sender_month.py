"""From which month a sender owes: its own where it is settled, else the first month anybody delivered; an archive sent
voluntarily is measured and asks nobody for more."""

from __future__ import annotations

from dataclasses import replace

from house import House, patrol, person, problem

from pipelines.senders import Sender


def house(**reports_from: str) -> House:
    """A house as of 2026-11-06 whose senders report from the months named."""
    made = House()
    made.contracts = replace(
        made.contracts, senders=tuple(Sender(county, month) for county, month in reports_from.items())
    )
    return made


def patrols(made: House, county: str, month: str) -> None:
    grid = {"anhua": "田庄乡", "nanxian": "南洲镇"}[county]
    made.ledger("person", [person("张示例", grid)], county=county, month=month)
    rows = [patrol(f"{county}{month}", grid, f"{month}-05", "张示例")]
    made.ledger("patrol", rows, county=county, month=month, received="2026-11-02 10:00")


def months_owed(made: House, county: str, table: str = "patrol") -> list[str]:
    return made.values(
        f"select month from core.sender_month where county_id = '{county}' and table_name = '{table}' order by month"
    )


def silent(made: House, county: str) -> list[str]:
    return made.values(
        "select about_month from published.obligation where metric_id = 'rectification' and subject_kind = 'table'"
        f" and county_id = '{county}' order by about_month"
    )


def test_where_nothing_is_settled_everybody_owes_from_the_first_month_anybody_delivered() -> None:
    made = house()
    patrols(made, "anhua", "2026-09")
    made.build()
    for county in ("anhua", "nanxian", "city"):
        assert months_owed(made, county) == ["2026-09", "2026-10", "2026-11"]
    assert silent(made, "nanxian") == ["2026-09", "2026-10"]


def test_an_archive_from_before_the_settled_month_starts_nobodys_clock() -> None:
    made = house(anhua="2026-10")
    patrols(made, "anhua", "2026-03")
    patrols(made, "anhua", "2026-10")
    made.build()
    assert months_owed(made, "anhua") == ["2026-03", "2026-10", "2026-11"]
    assert months_owed(made, "anhua", "problem") == ["2026-10", "2026-11"]
    assert months_owed(made, "nanxian") == ["2026-10", "2026-11"]
    assert silent(made, "anhua") == ["2026-10"]
    states = made.rows(
        "select period, state, count(*) as n from published.obligation where metric_id = 'patrol_coverage'"
        " and county_id = 'anhua' and period < '2026-10' group by all order by all"
    )
    assert {(row["period"], row["state"]) for row in states} == {("2026-03", "on_time"), ("2026-03", "overdue")}


def test_an_archive_is_measured_and_what_lies_between_is_neither_unreported_nor_missing() -> None:
    made = house(anhua="2026-10")
    patrols(made, "anhua", "2026-03")
    made.build()
    told = made.rows(
        "select metric_id, month, is_delivered from published.measurable where county_id = 'anhua'"
        " and metric_id in ('patrol_coverage', 'rectification') and month < '2026-11' order by all"
    )
    assert [tuple(row.values()) for row in told] == [
        ("patrol_coverage", "2026-03", True),
        ("patrol_coverage", "2026-10", False),
        ("rectification", "2026-10", False),
    ]
    assert made.values(
        "select distinct period from published.obligation where county_id = 'anhua' and state = 'unreported'"
        " and metric_id = 'patrol_coverage'"
    ) == ["2026-10"]


def test_a_settled_month_counts_though_nobody_delivered() -> None:
    made = house(nanxian="2026-08").build()
    assert months_owed(made, "nanxian") == ["2026-08", "2026-09", "2026-10", "2026-11"]
    assert months_owed(made, "anhua") == ["2026-11"]
    assert silent(made, "nanxian") == ["2026-08", "2026-09", "2026-10"]


def test_one_that_begins_later_owes_nothing_before() -> None:
    made = house(nanxian="2026-10", anhua="2027-01")
    made.ledger("problem", [problem("A1", "2026-08-10", grid="资阳区")], county="ziyang", month="2026-08")
    made.build()
    assert months_owed(made, "ziyang")[0] == "2026-08"
    assert months_owed(made, "nanxian")[0] == "2026-10"
    assert months_owed(made, "anhua") == []
    assert made.values("select count(*) from published.obligation where county_id = 'anhua'") == [0]


def test_a_month_of_which_the_ledger_holds_no_row_opens_nobodys_clock() -> None:
    """October's patrols filed under 2021-10, and a header alone under 2022-01."""
    made = house()
    patrols(made, "anhua", "2026-10")
    made.ledger("patrol", [patrol("Q1", "南洲镇", "2026-10-05", "张示例")], county="nanxian", month="2021-10")
    made.ledger("patrol", [], county="nanxian", month="2022-01", fields=["grid", "started_at", "inspectors"])
    made.build()
    for county in ("anhua", "nanxian", "city"):
        assert months_owed(made, county) == ["2026-10", "2026-11"]
    assert made.values("select min(period) from published.obligation where metric_id <> 'export_submission'") == [
        "2026-10"
    ]
    assert made.values("select months_seen from core.other_month") == ["2026-10 1 行"]
    assert made.values("select count(*) from published.patrol where county_id = 'nanxian'") == [1]


def test_an_old_month_with_one_row_of_its_own_still_opens() -> None:
    made = house()
    rows = [problem("A", "2026-07-20"), problem("B", "2026-06-01")]
    made.ledger("problem", rows, month="2026-07")
    made.build()
    assert months_owed(made, "nanxian") == ["2026-07", "2026-08", "2026-09", "2026-10", "2026-11"]


def test_a_patrol_ledger_without_a_row_of_its_month_does_not_deliver_it() -> None:
    house = House("2026-12-10 09:00")
    for month, received in (("2026-10", "2026-11-02 10:00"), ("2026-11", "2026-12-02 10:00")):
        house.ledger("person", [person("张示例", "田庄乡")], month=month, received=received)
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-05", "张示例")])
    house.ledger(
        "patrol", [patrol("2", "田庄乡", "2026-10-06", "张示例")], month="2026-11", received="2026-12-02 10:00"
    )
    house.build()
    sent = "select state from published.obligation where obligation_id = 'export_submission/anhua/{}/patrol'"
    assert house.values(sent.format("2026-11")) == ["overdue"]
    assert house.values(sent.format("2026-10")) == ["on_time"]
    assert house.values(
        "select state from published.obligation where metric_id = 'patrol_coverage' and period = '2026-11'"
        " and grid_id = 'g430923209'"
    ) == ["unreported"]
