"""The readers behind 数据报送 over literal ledgers: what arrived, what changed, what is odd, what does not add up."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from house import House, patrol, person, problem

from pipelines.snapshot import Pointer, Scope, Snapshot
from pipelines.snapshot.alarms import causes, file_findings, odd_sheets, unread
from pipelines.snapshot.changes import Revised, changes, revised
from pipelines.snapshot.delivered import absent, returned
from pipelines.snapshot.reconciled import Compared, reconciled
from pipelines.snapshot.submissions import SentFile, needed_tables, sent_files, standings

CITY, ANHUA, HESHAN, MONTH = Scope(), Scope("anhua"), Scope("heshan"), "2026-10"


@pytest.fixture(scope="module")
def read() -> Snapshot:
    house = House()
    house.ledger("person", [person("示例甲", "田庄乡")], received="2026-11-01 09:00")
    house.ledger(
        "patrol", [patrol("1", "田庄乡", "2026-10-08", "示例甲"), patrol("2", "田庄乡", "2026-10-09", "示例甲")]
    )
    again = [patrol("1", "田庄乡", "2026-10-08", "示例甲", findings="2"), patrol("3", "田庄乡", "2026-10-32", "示例甲")]
    house.ledger("patrol", again, received="2026-11-04 10:00")
    words = {"status": "已办结", "closed_at": "2026-10-20"}
    ten = [problem(f"P{n}", **words) for n in range(10)]
    house.ledger("problem", ten)
    house.ledger("problem", [{**row, "status": "已销号"} for row in ten], received="2026-11-03 10:00")
    house.ledger("patrol", [patrol("1", "修山镇", "2026-10-32", "示例乙")], county="taojiang")
    given = {"grid": "田庄乡", "person_times": "5", "site_times": "0", "problems": "10", "closed": "10"}
    september = [patrol("8", "田庄乡", "2026-09-12", "示例乙"), patrol("9", "田庄乡", "2026-08-30", "示例乙")]
    house.ledger("patrol", september, month="2026-09", received="2026-10-03 10:00")
    house.ledger("monthly_summary", [given], received="2026-11-03 09:00")
    for sheet in house.raw["sheet"]:
        if sheet[2] == "person":
            sheet[6:8] = True, ["序号"]
    unread = ("2026-10/未知县/x.csv", "文件夹名认不出"), ("x.csv", "放错了"), ("2026-09/未知县/y.csv", "文件夹名认不出")
    for path, reason in unread:
        house.insert("misplaced", [path, reason])
    house.build()
    # People name files and sheets after themselves.
    house.con.execute("update published.source_file set path = path || '（示例乙）'")
    house.con.execute("update published.source_sheet set sheet_name = sheet_name || '示例乙'")
    house.con.execute("update published.source_row set sheet_name = sheet_name || '示例乙'")
    house.con.execute("update published.misplaced_file set path = path || '示例乙'")
    moment = datetime(2026, 11, 6, 9)
    return Snapshot(Pointer("house", Path("house"), moment, moment, False), Path("rows"), house.con)


def test_what_came_and_what_became_of_it(read: Snapshot) -> None:
    found = {(one.county_id, one.table_name): one for one in standings(read, CITY, (MONTH,))}
    patrols = found["anhua", "patrol"]
    assert (patrols.standing, patrols.files, patrols.first_received_at) == ("received", 2, datetime(2026, 11, 2, 10))
    assert (patrols.found, patrols.accepted, patrols.rejected, patrols.identical) == (4, 3, 1, 0)
    assert (patrols.revised, patrols.absent) == (1, 1)
    assert found["anhua", "problem"].relabelled == 10
    assert found["taojiang", "patrol"].standing == "unusable", "a ledger whose rows all went back delivers nothing"
    assert found["anhua", "monthly_summary"].standing == "received"
    assert set(needed_tables(read)) >= {"patrol", "problem"}


def test_what_is_odd_about_a_whole_file(read: Snapshot) -> None:
    (found,) = file_findings(read, CITY, "2026-09")
    assert (found.table_name, found.path.split("/")[:2]) == ("patrol", ["2026-09", "anhua"])
    assert "2026-08 1 行" in found.message_zh
    assert found.mend_zh
    assert file_findings(read, HESHAN, "2026-09") == []
    assert file_findings(read, ANHUA, "2026-09", "heshan") == []


def test_a_month_that_runs_owes_nothing_yet(read: Snapshot) -> None:
    states = {(one.county_id, one.table_name): one.standing for one in standings(read, CITY, ("2026-11",))}
    assert states["heshan", "patrol"] == "pending"
    assert "missing" not in states.values()


def test_files_by_table_and_version(read: Snapshot) -> None:
    lines = [(one.table_name, one.version, one.standing) for one in sent_files(read, CITY, MONTH, "anhua")]
    assert lines == [
        ("monthly_summary", 1, "landed"),
        ("patrol", 1, "landed"),
        ("patrol", 2, "some_back"),
        ("person", 1, "landed"),
        ("problem", 1, "landed"),
        ("problem", 2, "landed"),
    ]
    (bad,) = sent_files(read, CITY, MONTH, "taojiang")
    assert bad.standing == "all_back"
    assert sent_files(read, HESHAN, MONTH, "anhua") == []


def test_corrections_stand_apart_from_mere_words(read: Snapshot) -> None:
    found = changes(read, CITY, MONTH, "anhua")
    real = [(one.table_name, one.field_zh, one.n, one.old) for one in found if not one.is_relabel]
    words = [(one.field_zh, one.old, one.new, one.n, len(one.rows)) for one in found if one.is_relabel]
    assert real == [("patrol", "发现问题数", 1, "")]
    assert words == [("状态", "已办结", "已销号", 10, 3)]
    assert revised(read, CITY, MONTH) == [Revised("patrol", 1)]
    assert (changes(read, HESHAN, MONTH), revised(read, HESHAN, MONTH)) == ([], [])


def test_causes_in_their_own_words(read: Snapshot) -> None:
    (cause,) = [one for one in causes(read, CITY, MONTH) if one.rule == "date_impossible"]
    assert (cause.severity, cause.n, cause.mended, cause.counties) == ("reject", 2, 0, ("anhua", "taojiang"))
    assert cause.message_zh == "“开始时间”写的“2026-10-32”：没有这一天或这一时刻"
    assert [row.row_number for row in cause.rows] == [3, 2]
    assert {one.counties for one in causes(read, ANHUA, MONTH)} == {("anhua",)}


def test_names_are_covered_for_those_who_may_not_see_them(read: Snapshot) -> None:
    veiled = Scope("city", see_names=False)
    for month in ("2026-09", MONTH):
        for question in (causes, odd_sheets, file_findings, changes, unread, reconciled, returned, absent, _all_files):
            told, covered = (question(read, scope, month) for scope in (CITY, veiled))
            assert len(told) == len(covered)
            assert ("示例乙" in str(told)) == bool(told), question
            assert "示例乙" not in re.sub("row_id='.*?'", "", str(covered)), question


def _all_files(snapshot: Snapshot, scope: Scope, month: str) -> list[SentFile]:
    return [file for county in ("anhua", "taojiang") for file in sent_files(snapshot, scope, month, county)]


def test_odd_sheets_and_what_was_not_read(read: Snapshot) -> None:
    (sheet,) = odd_sheets(read, CITY, MONTH)
    assert (sheet.table_name, sheet.is_hidden, sheet.unused_columns) == ("person", True, ("序号",))
    assert [one.path for one in unread(read, CITY, MONTH)] == ["2026-10/未知县/x.csv示例乙", "x.csv示例乙"]
    assert unread(read, ANHUA, MONTH) == [], "nobody knows whose it is"


def test_reported_less_counted(read: Snapshot) -> None:
    (one,) = reconciled(read, CITY, MONTH)
    assert (one.county_name, one.grid_name, one.row_number, one.differs) == ("安化县", "田庄乡", 2, True)
    assert one.measures == (Compared(5, 2, 3), Compared(0, 0, 0), Compared(10, 10, 0), Compared(10, 10, 0))
    assert reconciled(read, HESHAN, MONTH) == []
    assert reconciled(read, CITY, MONTH, "taojiang") == []
