"""Odd files that people really send, each landed whole or refused with a reason: what the spoilt ones do not hold."""

from __future__ import annotations

import json

import duckdb
import pytest
from landing_files import PATROL, PROBLEM, csv_bytes, patrol_row, patrol_rows, put, query, take_in, workbook

from pipelines.settings import Settings

Connection = duckdb.DuckDBPyConnection


@pytest.mark.parametrize("as_workbook", [True, False], ids=["workbook", "csv"])
def test_three_hundred_columns_are_kept(con: Connection, settings: Settings, as_workbook: bool) -> None:
    rows = [[*PATROL, *(f"另列{n}" for n in range(300))], [*patrol_row(1), *(f"值{n}" for n in range(300))]]
    if as_workbook:
        workbook(settings.raw / "2026-05/anhua/a.xlsx", {"表": rows})
    else:
        put(settings, "2026-05/anhua/a.csv", csv_bytes(rows))
    take_in(con, settings)
    ((number, extra),) = query(con, "select patrol_no, extra from raw.patrol")
    assert number == "XC-001"
    assert json.loads(extra) == {f"另列{n}": f"值{n}" for n in range(300)}


def test_several_tables_in_one_workbook_each_find_their_place(con: Connection, settings: Settings) -> None:
    problems = [PROBLEM, ["1", "梅城镇", "示例", "2026-05-01", "30日内"]]
    workbook(settings.raw / "2026-05/anhua/a.xlsx", {"巡查": patrol_rows(2), "问题": problems, "说明": [["示例"]]})
    take_in(con, settings)
    assert query(con, "select sheet_name, table_name, found from raw.sheet order by 1") == [
        ("巡查", "patrol", 2),
        ("说明", "", 0),
        ("问题", "problem", 1),
    ]
    assert query(con, "select state from raw.content") == [("landed",)]


def test_sections_are_kept_as_rows_and_cells_and_sent_back_to_nobody(con: Connection, settings: Settings) -> None:
    rows = [PATROL, ["一、田庄乡"], patrol_row(1), ["（二）重点企业"], patrol_row(2), ["三、", "梅城镇", "示例甲一"]]
    put(settings, "2026-05/anhua/a.csv", csv_bytes(rows))
    take_in(con, settings)
    kinds = [kind for (kind,) in query(con, "select kind from raw.source_row order by row_number")]
    assert kinds == ["header", "section", "body", "section", "body", "body"]
    assert query(con, "select found from raw.sheet") == [(3,)]
    (cells,) = settings.row_files.iterdir()
    assert query(con, f"select c1 from '{cells}' where row_number in (2, 4)") == [
        ("一、田庄乡",),
        ("（二）重点企业",),
    ]


def test_a_ledger_of_one_empty_line_and_one_of_spaces_say_so(con: Connection, settings: Settings) -> None:
    put(settings, "2026-05/anhua/a.csv", b"\n")
    put(settings, "2026-05/anhua/b.csv", " ,　,\t\n".encode())
    take_in(con, settings)
    reasons = [reason for (reason,) in query(con, "select reason_zh from raw.content")]
    assert reasons == ["文件里没有任何内容"] * 2
