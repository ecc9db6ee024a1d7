"""The demo's truth: every planned case as worked out by hand, and a part of the demo as true as the whole."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from pipelines.demo.plan import LAST_SIX
from pipelines.demo.write import write_demo

SQL = Path(__file__).resolve().parents[1] / "sql"
MAY_JUNE, TWO = ("2026-05", "2026-06"), ("anhua", "nanxian")

Truth = dict[str, dict[str, str]]


def truth_of(root: Path) -> Truth:
    """The duties by id, which are all different."""
    with (root / "data" / "raw" / "_truth" / "obligation.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["obligation_id"] for row in rows}) == len(rows)
    return {row["obligation_id"]: row for row in rows}


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    root = tmp_path_factory.mktemp("demo")
    write_demo(root, SQL, months=LAST_SIX)
    return truth_of(root)


# Worked out by hand from the dates of the case: id, state, due_at, met_at.
CASES = [
    ("anhua/AHWT-202606-901/r1", "on_time", "2026-06-20 12:00:00", "2026-06-20 12:00:00"),
    ("anhua/AHWT-202606-902/r1", "late", "2026-06-20 12:00:00", "2026-06-20 12:01:00"),
    ("anhua/AHWT-202606-903/r1", "on_time", "2026-07-15 23:59:59", "2026-07-10 15:00:00"),
    ("anhua/AHWT-202606-904/r1", "late", "2026-06-30 23:59:59", "2026-07-10 15:30:00"),
    ("anhua/AHWT-202606-905/r1", "late", "2026-06-30 23:59:59", "2026-07-10 16:00:00"),
    ("anhua/AHWT-202606-913/r2", "no_deadline", "", ""),
    ("anhua/AHWT-202607-908/r1", "void", "2026-07-26 23:59:59", ""),
    ("anhua/AHWT-202607-911/r1", "void", "2026-07-26 23:59:59", ""),
    ("anhua/AHWT-202607-914/r1", "bad_dates", "2026-07-12 23:59:59", "2026-07-20 09:00:00"),
    ("anhua/AHWT-202607-914/r2", "on_time", "2026-07-25 23:59:59", "2026-07-20 09:00:00"),
    ("anhua/AHWT-202607-915/r2", "on_time", "2026-08-20 23:59:59", "2026-08-19 10:00:00"),
    ("anhua/AHWT-202608-921/r1", "bad_dates", "2026-08-25 23:59:59", "2026-08-03 10:00:00"),
    ("anhua/AHWT-202608-922/r1", "bad_dates", "2026-08-01 23:59:59", "2026-08-16 10:00:00"),
    ("anhua/AHWT-202609-923/r1", "on_time", "2026-09-19 23:59:59", "2026-09-19 10:00:00"),
    ("anhua/AHWT-202609-924/r1", "late", "2026-09-18 23:59:59", "2026-09-19 10:00:00"),
    ("anhua/AHWT-202609-925/r1", "on_time", "2026-09-17 23:59:59", "2026-09-17 10:00:00"),
    ("anhua/AHWT-202609-926/r1", "late", "2026-09-16 23:59:59", "2026-09-17 10:00:00"),
    ("anhua/AHWT-202609-927/r1", "on_time", "2026-10-14 23:59:59", "2026-10-14 10:00:00"),
    ("anhua/AHWT-202609-928/r1", "late", "2026-10-14 23:59:59", "2026-10-15 10:00:00"),
    ("anhua/AHWT-202610-907/r1", "pending", "2026-11-20 23:59:59", ""),
    ("anhua/AHWT-202610-929/r1", "pending", "", ""),
    ("anhua/AHWT-202606-931/r1", "on_time", "2026-06-28 23:59:59", "2026-06-26 10:00:00"),
    ("anhua/AHWT-202606-931/r2", "on_time", "2026-07-20 23:59:59", "2026-07-06 16:00:00"),
    ("anhua/AHWT-202606-933/r1", "late", "2026-07-30 23:59:59", "2026-08-10 10:00:00"),
    ("anhua/AHWT-202606-933/r2", "on_time", "2026-08-15 23:59:59", "2026-08-10 10:00:00"),
    ("anhua/AHWT-202606-934/r1", "on_time", "2026-07-30 23:59:59", "2026-07-20 10:00:00"),
    ("anhua/AHWT-202606-937/r1", "late", "2026-06-28 23:59:59", "2026-09-05 10:30:00"),
    ("anhua/AHWT-202606-937/r2", "on_time", "2026-09-10 23:59:59", "2026-09-05 10:30:00"),
    ("anhua/AHWT-202607-935/r1", "overdue", "2026-07-28 23:59:59", ""),
    ("anhua/AHWT-202607-936/r1", "late", "2026-07-28 23:59:59", "2026-09-05 10:00:00"),
    ("heshan/HSWT-202606-911/r1", "overdue", "2026-06-30 23:59:59", ""),
    ("heshan/HSWT-202606-914/r1", "void", "2026-06-30 23:59:59", ""),
    ("nanxian/NXWT-202606-931/r1", "on_time", "2026-06-28 23:59:59", "2026-06-26 00:00:00"),
    ("nanxian/NXWT-202606-931/r2", "on_time", "2026-07-20 23:59:59", "2026-07-06 00:00:00"),
    ("nanxian/NXWT-202607-932/r1", "on_time", "2026-07-20 23:59:59", "2026-07-15 00:00:00"),
    ("nanxian/NXWT-202607-932/r2", "overdue", "2026-07-30 23:59:59", ""),
    ("nanxian/NXWT-202607-933/r1", "overdue", "2026-07-28 23:59:59", ""),
    ("taojiang/TJWT-202606-932/r1", "late", "2026-06-17 23:59:59", "2026-06-18 00:00:00"),
    ("taojiang/TJWT-202606-933/r1", "on_time", "2026-06-25 23:59:59", "2026-06-25 00:00:00"),
    ("taojiang/TJWT-202606-934/r1", "on_time", "2026-07-10 23:59:59", "2026-07-10 00:00:00"),
    ("taojiang/TJWT-202607-931/r1", "overdue", "2026-07-28 23:59:59", ""),
    ("taojiang/TJWT-202608-935/r1", "late", "2026-09-30 23:59:59", "2026-10-01 00:00:00"),
    ("datonghu/DTHWT-202606-902/r1", "late", "2026-06-20 23:59:59", "2026-06-27 00:00:00"),
    ("heshan/HSWT-202605-901/r2", "on_time", "2026-06-20 23:59:59", "2026-06-18 10:00:00"),
    ("heshan/HSWT-202605-901/r3", "late", "2026-07-20 23:59:59", "2026-07-28 10:00:00"),
    ("heshan/HSWT-202607-907/r1", "void", "2026-07-31 23:59:59", ""),
    ("heshan/HSWT-202607-910/r1", "overdue", "2026-07-31 23:59:59", ""),
    ("heshan/HSWT-202607-917/r1", "overdue", "2026-07-31 23:59:59", ""),
    ("heshan/HSWT-202607-918/r1", "overdue", "2026-07-31 23:59:59", ""),
    ("heshan/HSWT-202607-908/r1", "overdue", "2026-07-31 23:59:59", ""),
    ("heshan/HSWT-202609-909/r2", "overdue", "2026-10-25 23:59:59", ""),
    ("nanxian/NXWT-202605-901/r1", "on_time", "2026-05-20 23:59:59", "2026-05-20 00:00:00"),
    ("nanxian/NXWT-202606-903/r2", "late", "2026-07-15 23:59:59", "2026-07-22 00:00:00"),
    ("nanxian/NXWT-202606-909/r1", "on_time", "2026-07-10 23:59:59", "2026-07-08 00:00:00"),
    ("nanxian/NXWT-202609-906/r2", "pending", "2026-11-16 23:59:59", ""),
    ("taojiang/TJWT-202606-902/r1", "late", "2026-06-03 23:59:59", "2026-06-05 00:00:00"),
    ("taojiang/TJWT-202606-904/r1", "late", "2026-07-31 23:59:59", "2026-08-01 00:00:00"),
    ("taojiang/TJWT-202606-905/r1", "pending", "2026-12-31 23:59:59", ""),
    ("taojiang/TJWT-202606-908/r1", "no_deadline", "", "2026-07-02 00:00:00"),
    ("taojiang/TJWT-202606-909/r1", "on_time", "2026-06-16 23:59:59", "2026-06-16 00:00:00"),
    ("ziyang/ZYWT-202608-901/r1", "on_time", "2026-09-10 23:59:59", "2026-09-08 00:00:00"),
]


@pytest.mark.parametrize(("case_id", "state", "due_at", "met_at"), CASES, ids=[case[0] for case in CASES])
def test_rectification_cases(truth: Truth, case_id: str, state: str, due_at: str, met_at: str) -> None:
    duty = truth[f"rectification/{case_id}"]
    assert (duty["state"], duty["due_at"], duty["met_at"]) == (state, due_at, met_at)


def test_who_owes_a_problem(truth: Truth) -> None:
    owed = {
        "anhua/AHWT-202608-906/r1": ("g430923105", "3", "anhua"),
        "city/ZDWT-202606-901/r1": ("heshan", "2", "city"),
        "city/ZDWT-202606-902/r1": ("g430981105", "3", "city"),
        "city/ZDWT-202607-903/r1": ("u2", "1", "city"),
    }
    found = {i: truth[f"rectification/{i}"] for i in owed}
    assert {i: (d["grid_id"], d["owner_level"], d["county_id"]) for i, d in found.items()} == owed


def test_coverage_cases(truth: Truth) -> None:
    expected = {
        "u3/2026-08": "overdue",  # went outside its own area only
        "datonghu/2026-06": "overdue",
        "g430923212/2026-08": "overdue",  # by a man who had left
        "g430903113/2026-09": "overdue",
        "g430923211/2026-06": "overdue",  # stated, but in another township
        "g430921132/2026-07": "overdue",  # its people went along in another township
        "g430923200/2026-05": "on_time",  # the namesakes
        "g430921201/2026-05": "on_time",
        "g430902203/2026-08": "overdue",  # the one patrol was withdrawn
        "g430923109/2026-09": "overdue",  # no roster names its people, and nobody at all went there
        "yuanjiang/2026-08": "unreported",
        "g430981107/2026-08": "on_time",  # told in September's ledger
        "g430903101/2026-11": "on_time",  # told in October's late ledger
        "g430903103/2026-11": "pending",
    }
    assert {key: truth[f"patrol_coverage/{key}"]["state"] for key in expected} == expected
    # Nobody knows whose people went there: no duty at all.
    assert not {"patrol_coverage/g430923109/2026-10", "patrol_coverage/g430981110/2026-09"} & truth.keys()
    assert truth["patrol_coverage/g430981110/2026-08"]["state"] == "unreported"


def test_people_in_post(truth: Truth) -> None:
    chief = truth["patrol_coverage/nanxian/2026-08"]
    assert (chief["person_at_start"], chief["person_at_due"]) == ("南县示例01", "南县示例大队长")
    assert chief["days_in_post_at_due"] == "17"
    vacant = truth["patrol_coverage/g430981114/2026-08"]
    assert (vacant["person_at_start"], vacant["person_at_due"], vacant["days_in_post_at_due"]) == ("", "", "")
    succeeded = truth["patrol_coverage/g430923121/2026-07"]
    assert succeeded["person_at_start"] != succeeded["person_at_due"] and succeeded["days_in_post_at_due"] == "22"
    assert truth["patrol_coverage/anhua/2026-09"]["deputy_at_due"] == "安化示例02"
    assert truth["patrol_coverage/anhua/2026-08"]["deputy_at_due"] == ""


def test_a_part_is_planned_as_the_whole_and_its_truth_covers_the_city(truth: Truth, tmp_path: Path) -> None:
    begun = time.perf_counter()
    write_demo(tmp_path, SQL, months=MAY_JUNE, counties=TWO)
    assert time.perf_counter() - begun < 2
    raw = tmp_path / "data" / "raw"
    assert {p.name for p in raw.glob("2026-*/*")} == {"anhua", "nanxian"}
    part = truth_of(tmp_path)
    coverage = {i: row for i, row in part.items() if row["metric_id"] == "patrol_coverage"}
    owed = {i for i, row in truth.items() if row["metric_id"] == "patrol_coverage"}
    assert owed < coverage.keys(), "where nothing was sent, nothing shows that a grid could not be measured"
    for row in coverage.values():
        is_sent = row["county_id"] in TWO and row["period"] in MAY_JUNE
        told = {"on_time", "overdue"} if is_sent else {"pending" if row["period"] == "2026-11" else "unreported"}
        assert row["state"] in told or (row["state"] == "on_time" and row["county_id"] in TWO)
    missing = [i for i in part if i.startswith("rectification/table/")]
    assert len(missing) == 6 * (8 + 4) - 4  # six months of eight counties and four units, less what was sent


def test_all_months_of_some_counties_tell_the_same_of_them(truth: Truth, tmp_path: Path) -> None:
    write_demo(tmp_path, SQL, months=LAST_SIX, counties=TWO)
    mine = {i: row for i, row in truth_of(tmp_path).items() if row["county_id"] in TWO}
    assert mine == {i: row for i, row in truth.items() if row["county_id"] in TWO}
