"""The same bytes sent more than once: what counts once, and what is told of the rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from builds import in_memory, rows
from deliveries import deliver

HEADERS = ["问题编号", "所属网格", "问题描述", "发现时间", "整改时限", "整改完成时间"]
PATROLS = ["巡查编号", "所属网格", "实施网格", "巡查人员", "开始时间", "发现问题数"]


def ledger(*towns: str) -> list[list[str]]:
    """Problems 1, 2, … in these towns; the first is rectified in time, the others are not."""
    return [
        HEADERS,
        *(
            [f"WT-{number}", town, "示例问题", "2026-09-08", "2026-10-20", "2026-09-29" if number == 1 else ""]
            for number, town in enumerate(towns, start=1)
        ),
    ]


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Twice in one folder; in two months of one county; in two counties' folders; at a county's and at the city's."""
    root = tmp_path_factory.mktemp("same")
    deliver(root, "2026-10/anhua/一.csv", ledger("田庄乡", "小淹镇"), "2026-11-02 09:00")
    deliver(root, "2026-10/anhua/一（再发）.csv", ledger("田庄乡", "小淹镇"), "2026-11-03 09:00")
    deliver(root, "2026-09/taojiang/一.csv", ledger("桃花江镇", "灰山港镇"), "2026-10-02 09:00")
    deliver(root, "2026-10/taojiang/一.csv", ledger("桃花江镇", "灰山港镇"), "2026-11-02 09:00")
    for county in ("nanxian", "heshan"):
        deliver(root, f"2026-10/{county}/一.csv", ledger("南洲镇", "茅草街镇"), "2026-11-02 09:00")
    patrols = [PATROLS, ["XC-1", "迎风桥镇", "迎风桥镇", "示例甲", "2026-10-08", "0"]]
    for county in ("ziyang", "city"):
        deliver(root, f"2026-10/{county}/巡查.csv", patrols, "2026-11-02 09:00")
    for county in ("yuanjiang", "city"):
        deliver(root, f"2026-10/{county}/空.csv", [PATROLS], "2026-11-02 09:00")
    with in_memory(root) as con:
        yield con


def told(con: duckdb.DuckDBPyConnection, county: str) -> list[tuple[object, ...]]:
    """Per file: rows found, accepted, rejected, identical."""
    return rows(
        con,
        "select file.path, sent.found, sent.accepted, sent.rejected, sent.identical"
        " from published.submission as sent join published.source_file as file on file.file_id = sent.file_id"
        f" where sent.county_id = '{county}' order by file.received_at, file.path",
    )


def duties(con: duckdb.DuckDBPyConnection, county: str) -> list[tuple[object, ...]]:
    return rows(
        con,
        "select subject_id, state from published.obligation"
        f" where metric_id = 'rectification' and subject_kind = 'problem' and county_id = '{county}' order by all",
    )


def test_under_two_names_in_one_folder_it_is_read_once_and_the_copy_says_so(con: duckdb.DuckDBPyConnection) -> None:
    assert told(con, "anhua") == [
        ("2026-10/anhua/一.csv", 2, 2, 0, 0),
        ("2026-10/anhua/一（再发）.csv", 2, 0, 0, 2),
    ]
    first, copy = rows(
        con, "select state, reason_zh from published.source_file where county_id = 'anhua' order by received_at"
    )
    assert first == ("landed", None)
    assert copy[0] == "identical"
    assert "逐字节相同，未重复计入" in copy[1]
    assert duties(con, "anhua") == [("anhua/WT-1", "on_time"), ("anhua/WT-2", "overdue")]


def test_in_two_months_its_rows_count_once_and_the_later_are_repeats(con: duckdb.DuckDBPyConnection) -> None:
    assert told(con, "taojiang") == [
        ("2026-09/taojiang/一.csv", 2, 2, 0, 0),
        ("2026-10/taojiang/一.csv", 2, 0, 0, 2),
    ]
    assert duties(con, "taojiang") == [("taojiang/WT-1", "on_time"), ("taojiang/WT-2", "overdue")]
    cited = rows(con, "select distinct month from published.source_file as f join published.source_row as r on"
                      " f.file_id = r.file_id join published.problem as p on p.row_id = r.row_id"
                      " where f.county_id = 'taojiang'")  # fmt: skip
    assert cited == [("2026-09",)], "evidence is the row that came first"
    assert rows(con, "select count(*) from published.revision") == [(0,)]


def test_in_another_countys_folder_its_rows_go_back_one_by_one(con: duckdb.DuckDBPyConnection) -> None:
    assert told(con, "nanxian") == [("2026-10/nanxian/一.csv", 2, 2, 0, 0)]
    assert told(con, "heshan") == [("2026-10/heshan/一.csv", 2, 0, 2, 0)]
    assert duties(con, "heshan") == []
    returned = rows(
        con, "select value, message_zh from published.quarantine where county_id = 'heshan' order by row_id"
    )
    assert returned == [
        (town, f"“所属网格”写的“{town}”是南县的网格，不在本单位范围内") for town in ("南洲镇", "茅草街镇")
    ]  # fmt: skip


def test_a_countys_ledger_in_the_detachments_folder_is_the_countys(con: duckdb.DuckDBPyConnection) -> None:
    assert told(con, "ziyang") == [("2026-10/ziyang/巡查.csv", 1, 1, 0, 0)]
    assert told(con, "city") == [("2026-10/city/巡查.csv", 1, 0, 0, 1), ("2026-10/city/空.csv", 0, 0, 0, 0)]
    covered = rows(
        con,
        "select grid_id, met_row_id like 'ziyang/%' from published.obligation"
        " where metric_id = 'patrol_coverage' and period = '2026-10' and state = 'on_time'",
    )
    assert [is_own for _, is_own in covered] == [True]
    copy = rows(con, "select reason_zh from published.source_file where path = '2026-10/city/巡查.csv'")
    assert "不作本单位的报送" in str(copy)


@pytest.mark.parametrize("first", ["city", "anhua"])
def test_the_detachments_ledger_in_a_countys_folder_is_the_detachments(tmp_path: Path, first: str) -> None:
    """Whoever filed it first, and whatever moment is asked about between the two receipts."""
    places = ("安化县", "资阳区", "南县", "赫山区")
    units = ("第一网格单元", "第二网格单元", "第三网格单元", "第四网格单元")
    numbered = enumerate(zip(places, units, strict=True), start=1)
    ledger = [PATROLS, *([f"D{n}", place, unit, "示例甲", "2026-10-08", "0"] for n, (place, unit) in numbered)]
    second = "anhua" if first == "city" else "city"
    deliver(tmp_path, f"2026-10/{first}/支队巡查.csv", ledger, "2026-11-02 09:00")
    deliver(tmp_path, f"2026-10/{second}/支队巡查.csv", ledger, "2026-11-03 09:00")
    with in_memory(tmp_path) as con:
        assert told(con, "city") == [("2026-10/city/支队巡查.csv", 4, 4, 0, 0)]
        assert told(con, "anhua") == [("2026-10/anhua/支队巡查.csv", 4, 0, 0, 4)]
        went = (
            "select grid_id, state from published.obligation where metric_id = 'patrol_coverage' and grid_id like 'u_'"
        )
        assert rows(con, f"{went} and period = '2026-10' order by all") == [(f"u{n}", "on_time") for n in range(1, 5)]
        assert rows(con, "select county_id from core.delivered where table_name = 'patrol'") == [("city",)]
    with in_memory(tmp_path, as_of=datetime(2026, 11, 2, 12)) as con:
        assert len(rows(con, "select * from published.source_file")) == 1


def test_whoever_reports_that_there_was_nothing_reports_it_for_himself(con: duckdb.DuckDBPyConnection) -> None:
    """The same header without a row at a county and at the detachment: two reports, not a report and its copy."""
    delivered = "select county_id from core.delivered where month = '2026-10' and table_name = 'patrol' order by all"
    assert rows(con, delivered) == [("city",), ("yuanjiang",), ("ziyang",)]


def test_every_row_is_accounted_for(con: duckdb.DuckDBPyConnection) -> None:
    wrong = "select file_id from published.submission where found <> accepted + rejected + identical"
    assert rows(con, wrong) == []
    assert rows(con, "select sum(found) from published.submission") == [(14,)]
